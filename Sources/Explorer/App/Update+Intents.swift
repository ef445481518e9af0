import QueryLanguage

extension AppState {
  /// Turns what a component intends into effects and moves between screens.
  mutating func carryOut(_ intents: [Intent]) -> [Effect] {
    intents.flatMap { carryOut($0) }
  }

  private mutating func carryOut(_ intent: Intent) -> [Effect] {
    switch intent {
    case .ask(let slot, let request):
      if slot.screen == screen, slot != .catalog {
        freshness.askPart(isEmpty: context.feed.spans == 0, now: context.now)
      }
      return [.ask(requests.issue(slot), request)]
    case .cancel(let slot):
      requests.cancel(slot)
      if slot.screen == screen { freshness.decline(context.generation) }
      return [.cancel(slot)]
    case .open(let destination): return open(destination)
    case .perform(let command): return perform(command)
    case .press(let key): return press(key)
    case .back: return goBack()
    case .leave: return leave()
    case .quit: return [.quit]
    case .setTime(let clause, let isRestored): return setTime(clause, isRestored: isRestored)
    case .setService(let name): return setService(name)
    case .zoom(let zoom): return self.zoom(zoom)
    case .zoomOut: return zoomOut()
    case .undoTime: return undoTime()
    case .toggleStrays: return toggleStrays()
    case .set(let setting): return set(setting)
    case .writeTo(let path): return write(to: path)
    case .openFile(let path): return [.openFile(path)]
    case .listFiles(let typed): return [.listFiles(typed)]
    case .copy(let text, let what): return copy(text, what)
    case .write(let job): return [.write(job)]
    case .remember(let entry): return [.remember(entry)]
    case .keepColumns(let columns): return [.keepColumns(columns)]
    case .setTheme(let name):
      context.themeName = name
      return [.useTheme(name)]
    case .notice(let news): notice = news
    case .show(let overlay): self.overlay = overlay
    case .close: overlay = nil
    }
    return []
  }

  private mutating func copy(_ text: String, _ what: String) -> [Effect] {
    // A clipboard that is emptied by mistake is a loss.
    guard !text.isEmpty else {
      notice = Notice("nothing to copy: \(what) has no value here")
      return []
    }
    notice = Notice("copied \(what)")
    return [.copy(text)]
  }

  private mutating func set(_ setting: RunningSetting) -> [Effect] {
    switch setting {
    case .clock(let mode): context.clock.mode = mode
    case .confirmQuit(let isOn): context.confirmsQuit = isOn
    case .mouse(let isOn):
      context.hasMouse = isOn
      return [.useMouse(isOn)]
    }
    return []
  }

  /// `:write FILE`: what the screen has in that form, else the screen itself, or all spans.
  private mutating func write(to path: String) -> [Effect] {
    let ending = path.split(separator: ".").last.map { $0.lowercased() } ?? ""
    var everything = Query()
    everything.time = .all
    let content: WriteJob.Content?
    if path.contains("."), let own = screens[screen].content(named: ending) {
      content = own
    } else {
      switch ending {
      case "svg": content = .screenSVG
      case "txt": content = .screenText
      case "jsonl": content = .spans(everything)
      default: content = nil
      }
    }
    guard path.contains("."), let content else {
      notice = Notice(
        "this screen is written as .svg, .txt or .jsonl; a query's table as .csv or .json", .warning
      )
      return []
    }
    return [.write(WriteJob(content, path: path))]
  }
}
