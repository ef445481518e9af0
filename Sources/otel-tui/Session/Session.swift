import CursesTerminal
import Explorer
import Logging
import QueryLanguage
import Screen
import Telemetry
import Themes
import Views
import Workspace

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The program on the screen: one loop on the main thread, everything slow elsewhere.
@MainActor
final class Session {
  private let options: SessionOptions
  private let terminal: CursesTerminal
  private let workspace: Workspace
  private let queue: ActionQueue
  private var state = AppState()
  private var theme: Theme
  /// As the person chose it: a theme, or the one that suits the background.
  private var themeName: String
  private var background: TerminalBackground?
  private var grid = Grid(width: 0, height: 0)
  private var isEnding = false
  private var isInterrupted = false
  private let log = ProgramLog.logger("session")

  init(_ options: SessionOptions) throws(Failure) {
    self.options = options
    (theme, themeName) = (options.theme, options.themeName)
    do {
      terminal = try CursesTerminal(
        theme: options.theme, ascii: options.isASCII, mouse: options.hasMouse,
        crashLog: ProgramLog.path)
    } catch {
      throw Failure(.usage, what: "terminal", why: error.message, hint: error.hint)
    }
    if !options.workspace.command.isEmpty { terminal.passSignals { RunningGroup.pass($0) } }
    let waker = terminal.waker
    let queue = ActionQueue { waker.wake() }
    self.queue = queue
    workspace = Workspace(options.workspace, log: ProgramLog.logger("intake")) { queue.send($0) }
  }

  /// Runs until the person quits.
  func run() async throws {
    log.info(
      "started",
      metadata: ["version": "\(Version.number)", "memory": "\(options.workspace.memory)"])
    workspace.start()
    let (history, problem) = workspace.savedQueries.read()
    perform(state.update(.start(setup(history))))
    if let problem { perform(state.update(.notice(Notice(problem.line, .warning)))) }
    openFirstQuery()
    show()
    // Asked for behind the first picture, which does not wait for an answer.
    if themeName == Theme.automaticName { terminal.askBackground() }
    loop()
    terminal.restore()
    log.info("ended", metadata: ["spans": "\(workspace.spanCount)"])
    if isInterrupted { await workspace.command?.stop(with: SIGINT) }
    await workspace.stop()
    if isInterrupted { Failure.exit(with: Failure.Status.interrupted.rawValue) }
  }

  private func setup(_ history: [HistoryEntry]) -> AppSetup {
    var setup = AppSetup(
      width: terminal.width, height: terminal.height, isUnicode: terminal.glyphs.isUnicode,
      now: workspace.now)
    setup.clock = ClockStyle(local: LocalTime.zone)
    setup.clock.mode = options.clock
    setup.themeName = themeName
    setup.themeNames = [Theme.automaticName] + Theme.builtinNames + Settings.ownThemes
    setup.keymap = options.keymap
    (setup.hasMouse, setup.confirmsQuit) = (options.hasMouse, options.confirmsQuit)
    setup.byteLimit = options.workspace.memory
    setup.isLive = options.workspace.isLive
    setup.history = history
    setup.traceColumns = workspace.savedColumns.read()
    return setup
  }

  private func openFirstQuery() {
    guard let text = options.query else { return }
    do {
      perform(
        state.update(
          .open(.query(try QueryText.read(text, zone: state.context.clock.textZone).query))))
    } catch {
      perform(state.update(.notice(Notice(error.headline(in: text), .failure))))
    }
  }

  /// Takes everything that has happened before it paints once: a burst is one frame.
  private func loop() {
    while !isEnding {
      guard let event = terminal.next(timeout: -1) else { continue }
      perform(state.update(.tick(workspace.now)))
      take(event)
      var more = 0
      while !isEnding, more < 64, let next = terminal.next(timeout: 0) {
        take(next)
        more += 1
      }
      let actions = queue.take()
      perform(state.update(.tick(workspace.now)))
      for action in actions { perform(state.update(action)) }
      show()
    }
  }

  private func take(_ event: InputEvent) {
    switch event {
    case .key(.control("c")):
      isInterrupted = true
      isEnding = true
    case .key(let key): perform(state.update(.key(key)))
    case .paste(let text): perform(state.update(.paste(text)))
    case .mouse(let event):
      // What is pointed at is what is seen, keys of the same burst included.
      if event.kind != .drag { grid = AppView.draw(state) }
      perform(state.update(.mouse(event, over: grid.region(x: event.x, y: event.y))))
    case .resize(let width, let height):
      perform(state.update(.resize(width: width, height: height)))
    case .background(let found):
      background = found
      if themeName == Theme.automaticName { load(theme: Theme.automatic(found)) }
    case .wake: break
    case .end: isEnding = true
    }
  }

  private func show() {
    guard !isEnding else { return }
    grid = AppView.draw(state)
    terminal.show(grid)
  }

  private func perform(_ effects: [Effect]) {
    for effect in effects { perform(effect) }
  }

  private func perform(_ effect: Effect) {
    switch effect {
    case .ask(let requestID, let request): workspace.ask(requestID, request)
    case .cancel(let slot): workspace.cancel(slot)
    case .wake(let length): workspace.wake(after: length)
    case .copy(let text): terminal.copy(text)
    case .write(let job): write(job)
    case .remember(let entry): workspace.remember(entry)
    case .keepColumns(let columns): workspace.keep(columns)
    case .useTheme(let name): use(theme: name)
    case .useMouse(let isOn): terminal.hasMouse = isOn
    case .openFile(let path): workspace.open(path)
    case .listFiles(let typed): workspace.listFiles(typed)
    case .suspend: terminal.suspend()
    case .redraw: terminal.redraw()
    case .quit: isEnding = true
    }
  }

  private func use(theme name: String) {
    let isAutomatic = name == Theme.automaticName
    guard load(theme: isAutomatic ? Theme.automatic(background) : name) else { return }
    themeName = name
    if isAutomatic, background == nil { terminal.askBackground() }
    workspace.keep(SavedTheme.Choice(name: name, configured: options.configuredTheme))
  }

  /// - Returns: false when it cannot be used, which is said.
  @discardableResult
  private func load(theme name: String) -> Bool {
    do {
      theme = try Theme.load(name, folder: Settings.themeFolder)
      terminal.theme = theme
      return true
    } catch {
      log.warning("theme \(name): \(error.why)")
      perform(state.update(.notice(Notice(error.why, .failure))))
      return false
    }
  }

  private func write(_ job: WriteJob) {
    let (grid, theme) = (AppView.draw(state), theme)
    workspace.write(
      job,
      WriteRendering(
        screenSVG: { GridPicture.svg(grid, theme) }, screenText: { grid.text },
        traceText: { TraceOutput.text($0, width: 160, isUnicode: true) }))
  }
}
