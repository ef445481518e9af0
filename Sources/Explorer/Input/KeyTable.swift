package import Screen

/// Every key of every screen, as text: for `otel-tui keys` and the README.
package enum KeyTable {
  /// The keys of a screen, or of all of them.
  package struct Section: Sendable {
    package var title: String
    package var lines: [Line]

    /// Some keys do different things in different parts of the screen.
    fileprivate var hasModes: Bool { lines.contains { !$0.modes.isEmpty } }
  }

  /// A row of the table.
  package struct Line: Sendable {
    /// The standard ones, whatever a person chose.
    package var keys: [Key]
    /// The ids of its commands, as `[keys]` of the settings names them.
    package var ids: [CommandID]
    /// The parts of the screen where they work; empty: on all of it.
    package var modes: String
    /// A sentence without a final stop.
    package var help: String
  }

  /// What works everywhere, then the screens in their order, then what is the same in every text.
  package static func sections(_ keymap: Keymap = Keymap()) -> [Section] {
    [section("Everywhere", GlobalCommand.name, GlobalCommand.rows, keymap)]
      + ScreenTable.types.map { section($0, keymap) }
      + [section("While typing", TextEdit.name, TextEdit.rows, keymap)]
  }

  private static func section<Model: ScreenComponent>(
    _ type: Model.Type, _ keymap: Keymap
  ) -> Section {
    section(type.title, type.name, type.rows, keymap)
  }

  /// What lies over a screen.
  private static func section<Model: Overlay>(
    _ type: Model.Type, _ keymap: Keymap
  ) -> Section {
    section("Over a screen: \(type.name)", type.name, type.rows, keymap)
  }

  private static func section<Command, Mode>(
    _ title: String, _ component: String, _ rows: [KeyRow<Command, Mode>], _ keymap: Keymap
  ) -> Section {
    Section(
      title: title,
      lines: rows.filter { !$0.help.isEmpty }.map { row in
        let modes = Mode.allCases.filter(row.modes.contains).map(\.title)
        return Line(
          keys: row.keys(component, keymap),
          ids: row.bindings.map { CommandID(component, $0.name) },
          modes: modes.joined(separator: ", "), help: row.help)
      })
  }

  /// Every command that a key can be given to.
  package static let commands: Set<CommandID> = Set(
    ids(GlobalCommand.name, GlobalCommand.rows) + ids(TextEdit.name, TextEdit.rows)
      + ScreenTable.types.flatMap { ids($0) } + OverlayTable.types.flatMap { ids($0) })

  private static func ids<Model: Component>(_ type: Model.Type) -> [CommandID] {
    ids(type.name, type.rows)
  }

  private static func ids<Command, Mode>(
    _ component: String, _ rows: [KeyRow<Command, Mode>]
  ) -> [CommandID] {
    rows.flatMap(\.bindings).map { CommandID(component, $0.name) }
  }

  /// For a terminal, with the ids that `[keys]` of the settings takes.
  package static func text(_ keymap: Keymap = Keymap()) -> String {
    let all = sections(keymap) + OverlayTable.types.map { section($0, keymap) }
    return all.map { section in
      let width = section.lines.map(\.keys.names.count).max() ?? 0
      let idWidth = section.lines.map(\.idNames.count).max() ?? 0
      let lines = section.lines.map { line in
        let pad = String(repeating: " ", count: width - line.keys.names.count)
        let idPad = String(repeating: " ", count: idWidth - line.idNames.count)
        let modes = line.modes.isEmpty ? "" : "  (\(line.modes))"
        return "  \(line.keys.names)\(pad)  \(line.idNames)\(idPad)  \(line.help)\(modes)"
      }
      return ([section.title] + lines).joined(separator: "\n")
    }.joined(separator: "\n\n")
  }

  /// For the README.
  package static var markdown: String {
    sections().map { section in
      let titles =
        section.hasModes
        ? ["| key | where | what it does |", "|---|---|---|"]
        : ["| key | what it does |", "|---|---|"]
      let lines = section.lines.map { line in
        let keys = line.keys.map { "`\($0.name == "|" ? "\\|" : $0.name)`" }
        let modes = section.hasModes ? "| \(line.modes) " : ""
        return "| \(keys.joined(separator: " ")) \(modes)| \(line.help) |"
      }
      return (["### \(section.title)", ""] + titles + lines).joined(separator: "\n")
    }.joined(separator: "\n\n")
  }
}

extension KeyTable.Line {
  fileprivate var idNames: String { ids.map(\.description).joined(separator: " ") }
}
