package import Screen

/// Every key of every screen, as text: for `otel-tui keys` and the README.
package enum KeyTable {
  package struct Section: Sendable {
    package var title: String
    package var lines: [Line]

    /// Some keys do different things in different parts of the screen.
    fileprivate var hasPlaces: Bool { lines.contains { !$0.place.isEmpty } }
  }

  package struct Line: Sendable {
    package var keys: [Key]
    /// The parts of the screen where they work; empty: on all of it.
    package var place: String
    package var help: String
  }

  package static var sections: [Section] {
    [
      section("Everywhere", GlobalCommand.rows), section("Home", HomeModel.rows),
      section("Query", QueryModel.rows), section("Traces", TracesModel.rows),
      section("Trace", TraceModel.rows),
    ]
  }

  private static func section<Command, Pane>(
    _ title: String, _ rows: [KeyRow<Command, Pane>]
  ) -> Section {
    Section(
      title: title,
      lines: rows.map { row in
        let panes = Pane.allCases.filter(row.panes.contains).map(\.title)
        return Line(keys: row.keys, place: panes.joined(separator: ", "), help: row.help)
      })
  }

  package static var text: String {
    sections.map { section in
      let width = section.lines.map(\.keys.names.count).max() ?? 0
      let lines = section.lines.map { line in
        let pad = String(repeating: " ", count: width - line.keys.names.count)
        let place = line.place.isEmpty ? "" : "  (\(line.place))"
        return "  \(line.keys.names)\(pad)  \(line.help)\(place)"
      }
      return ([section.title] + lines).joined(separator: "\n")
    }.joined(separator: "\n\n")
  }

  package static var markdown: String {
    sections.map { section in
      let titles =
        section.hasPlaces
        ? ["| key | where | what it does |", "|---|---|---|"]
        : ["| key | what it does |", "|---|---|"]
      let lines = section.lines.map { line in
        let keys = line.keys.map { "`\($0.name == "|" ? "\\|" : $0.name)`" }
        let place = section.hasPlaces ? "| \(line.place) " : ""
        return "| \(keys.joined(separator: " ")) \(place)| \(line.help) |"
      }
      return (["### \(section.title)", ""] + titles + lines).joined(separator: "\n")
    }.joined(separator: "\n\n")
  }
}
