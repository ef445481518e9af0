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
    /// The parts of the screen where they work; empty: on all of it.
    package var modes: String
    /// A sentence without a final stop.
    package var help: String
  }

  /// What works everywhere, then the screens in their order.
  package static var sections: [Section] {
    [section("Everywhere", GlobalCommand.rows)] + ScreenTable.types.map { section($0) }
  }

  private static func section<Model: ScreenComponent>(_ type: Model.Type) -> Section {
    section(type.title, type.rows)
  }

  private static func section<Command, Mode>(
    _ title: String, _ rows: [KeyRow<Command, Mode>]
  ) -> Section {
    Section(
      title: title,
      lines: rows.filter { !$0.help.isEmpty }.map { row in
        let modes = Mode.allCases.filter(row.modes.contains).map(\.title)
        return Line(
          keys: row.bindings.flatMap(\.keys), modes: modes.joined(separator: ", "),
          help: row.help)
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

  /// For a terminal.
  package static var text: String {
    sections.map { section in
      let width = section.lines.map(\.keys.names.count).max() ?? 0
      let lines = section.lines.map { line in
        let pad = String(repeating: " ", count: width - line.keys.names.count)
        let modes = line.modes.isEmpty ? "" : "  (\(line.modes))"
        return "  \(line.keys.names)\(pad)  \(line.help)\(modes)"
      }
      return ([section.title] + lines).joined(separator: "\n")
    }.joined(separator: "\n\n")
  }

  /// For the README.
  package static var markdown: String {
    sections.map { section in
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
