import Telemetry

/// What fingers know: the words that `:` takes beside everything that can be found by typing.
struct CommandWords: Sendable {
  /// Of every theme.
  let themes: [String]
  let settings: [Setting]

  /// Something that `:set` changes while the program runs.
  struct Setting: Sendable {
    var name: String
    var value: String
    var choices: [(value: String, intent: Intent)]
  }

  /// A word with its other spellings, what follows it, and what it does.
  private struct Word {
    var names: [String]
    var argument: String
    var help: String
  }

  private static let words: [Word] = [
    Word(names: ["quit", "q", "q!", "exit"], argument: "", help: "end the program"),
    Word(names: ["help", "h"], argument: "", help: "the keys of this screen"),
    Word(names: ["theme", "colorscheme"], argument: "NAME", help: "use a theme"),
    Word(names: ["set"], argument: "NAME VALUE", help: "show or change a setting"),
    Word(
      names: ["write", "w"], argument: "FILE",
      help: "write what is shown: .svg .txt .csv .json .jsonl"),
    Word(names: ["open", "o", "e", "edit"], argument: "FILE", help: "load a file too"),
  ]

  /// The path that a text has behind `:write` or `:open`; nil for other words.
  func path(in text: String) -> String? {
    let (word, argument) = Self.parts(text)
    guard let name = Self.words.first(where: { $0.names.contains(word) })?.names[0],
      name == "write" || name == "open"
    else { return nil }
    return argument
  }

  /// What a text could become, the nearest first.
  ///
  /// - Parameter files: paths that could continue one that is typed.
  func items(_ text: String, files: [String]) -> [Palette.Item] {
    let (word, argument) = Self.parts(text)
    guard let argument else {
      return word.isEmpty
        ? []
        : Self.words.filter { $0.names.contains { $0.hasPrefix(word) } }.map { known in
          let name = known.names[0]
          let shown = known.argument.isEmpty ? name : "\(name) \(known.argument)"
          return Palette.Item(
            text: "\(shown)  \(known.help)", keys: ":\(known.names.dropFirst().first ?? name)",
            intent: .notice(Notice("")), completion: known.argument.isEmpty ? name : name + " ")
        }
    }
    switch Self.words.first(where: { $0.names.contains(word) })?.names[0] {
    case "theme":
      return themes.filter { $0.hasPrefix(argument) }.map { name in
        Palette.Item(
          text: "theme \(name)", keys: "", intent: .setTheme(name), completion: "theme \(name)")
      }
    case "set": return settingItems(argument)
    case "write", "open":
      return files.filter { $0.hasPrefix(argument) }.map { path in
        Palette.Item(
          text: "\(word) \(path)", keys: "", intent: .notice(Notice("")),
          completion: "\(word) \(path)")
      }
    default: return []
    }
  }

  private func settingItems(_ argument: String) -> [Palette.Item] {
    let parts = argument.split(maxSplits: 1) { $0 == " " || $0 == "=" }.map(String.init)
    if let setting = settings.first(where: { $0.name == parts.first }) {
      return setting.choices.filter { $0.value.hasPrefix(parts.count > 1 ? parts[1] : "") }.map {
        let text = "set \(setting.name) \($0.value)"
        return Palette.Item(text: text, keys: "", intent: $0.intent, completion: text)
      }
    }
    return settings.filter { $0.name.hasPrefix(argument) }.map {
      Palette.Item(
        text: "set \($0.name)", keys: $0.value, intent: .notice(Notice("")),
        completion: "set \($0.name) ")
    }
  }

  /// What a text does when it is entered; nil where its first word is none of the known ones.
  func intents(_ text: String) -> [Intent]? {
    let (word, argument) = Self.parts(text)
    switch Self.words.first(where: { $0.names.contains(word) })?.names[0] {
    case "quit": return [word == "q!" ? .quit : .leave]
    case "help": return [.perform(AnyCommand(.help))]
    case "theme": return theme(argument ?? "")
    case "set": return set(argument ?? "")
    case "write":
      guard let path = argument, !path.isEmpty else { return [.perform(AnyCommand(.writeScreen))] }
      return [.writeTo(path)]
    case "open":
      guard let path = argument, !path.isEmpty else {
        return [.notice(Notice("open what? :open FILE", .warning))]
      }
      return [.openFile(path)]
    default: return nil
    }
  }

  private func theme(_ name: String) -> [Intent] {
    if themes.contains(name) { return [.setTheme(name)] }
    if name.isEmpty {
      let items = themes.map { Palette.Item(text: $0, keys: "", intent: .setTheme($0)) }
      return [.show(Palette(title: "Themes", items: items))]
    }
    let near = Self.nearest(name, themes)
    return [.notice(Notice("no theme '\(name)'; nearest: \(near)", .warning))]
  }

  private func set(_ argument: String) -> [Intent] {
    let parts = argument.split(maxSplits: 1) { $0 == " " || $0 == "=" }.map(String.init)
    guard let name = parts.first else {
      let width = settings.map(\.name.count).max() ?? 0
      let lines = settings.map { setting in
        let pad = String(repeating: " ", count: width - setting.name.count)
        let choices = setting.choices.map(\.value).joined(separator: ", ")
        return "\(setting.name)\(pad)  \(setting.value)  (\(choices))"
      }
      return [.show(ScrollText(title: "Settings", lines: lines))]
    }
    guard let setting = settings.first(where: { $0.name == name }) else {
      let near = Self.nearest(name, settings.map(\.name))
      return [.notice(Notice("no setting '\(name)'; nearest: \(near)", .warning))]
    }
    guard parts.count > 1 else {
      return [.notice(Notice("\(setting.name) is \(setting.value)"))]
    }
    guard let choice = setting.choices.first(where: { $0.value == parts[1] }) else {
      let choices = setting.choices.map(\.value).joined(separator: ", ")
      return [.notice(Notice("\(setting.name) is one of: \(choices)", .warning))]
    }
    return [choice.intent, .notice(Notice("\(setting.name) is \(choice.value)"))]
  }

  /// Said of a text that is neither a known word nor found.
  static func unknown(_ text: String) -> Intent {
    let word = parts(text).word
    let near = nearest(word, words.flatMap(\.names).filter { $0.count > 1 })
    return .notice(Notice("no command '\(word)'; nearest: \(near)", .warning))
  }

  /// The first word, and what follows its blank; nil while there is none.
  private static func parts(_ text: String) -> (word: String, argument: String?) {
    let typed = text.drop { $0 == " " || $0 == ":" }
    guard let blank = typed.firstIndex(of: " ") else { return (String(typed), nil) }
    let argument = typed[blank...].drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
    return (String(typed[..<blank]), String(argument))
  }

  private static func nearest(_ name: String, _ known: [String]) -> String {
    known.min { EditDistance.between($0, name) < EditDistance.between($1, name) } ?? ""
  }
}

extension AppState {
  /// The words of `:` as settings are now.
  var commandWords: CommandWords {
    let clocks: [(String, ClockStyle.Mode)] = [
      ("local", .local), ("utc", .utc), ("relative", .relative),
    ]
    let onOff = { (name: String, isOn: Bool, intent: (Bool) -> Intent) in
      CommandWords.Setting(
        name: name, value: isOn ? "on" : "off",
        choices: [("on", intent(true)), ("off", intent(false))])
    }
    return CommandWords(
      themes: context.themeNames,
      settings: [
        .init(
          name: "theme", value: context.themeName,
          choices: context.themeNames.map { ($0, .setTheme($0)) }),
        .init(
          name: "clock", value: clocks.first { $0.1 == context.clock.mode }?.0 ?? "",
          choices: clocks.map { ($0.0, .set(.clock($0.1))) }),
        onOff("mouse", context.hasMouse) { .set(.mouse($0)) },
        onOff("confirm_quit", context.confirmsQuit) { .set(.confirmQuit($0)) },
      ])
  }
}

/// A setting that is changed for as long as the program runs.
package enum RunningSetting: Equatable, Sendable {
  case clock(ClockStyle.Mode)
  case mouse(Bool)
  case confirmQuit(Bool)
}
