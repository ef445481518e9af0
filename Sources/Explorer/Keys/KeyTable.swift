import Screen

/// Every key of every screen, as text: for `otel-tui keys` and the README.
package enum KeyTable {
  package struct Section: Sendable {
    package var title: String
    package var lines: [KeyLine]
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
      lines: rows.map { KeyLine(keys: $0.keys, label: $0.label, help: $0.help) })
  }

  package static var text: String {
    sections.map { section in
      let width = section.lines.map(\.keyNames.count).max() ?? 0
      let lines = section.lines.map { line in
        let pad = String(repeating: " ", count: width - line.keyNames.count)
        return "  \(line.keyNames)\(pad)  \(line.help)"
      }
      return ([section.title] + lines).joined(separator: "\n")
    }.joined(separator: "\n\n")
  }

  package static var markdown: String {
    sections.map { section in
      let lines = section.lines.map { line in
        let keys = line.keys.map { "`\($0.name == "|" ? "\\|" : $0.name)`" }
        return "| \(keys.joined(separator: " ")) | \(line.help) |"
      }
      return (["### \(section.title)", "", "| key | what it does |", "|---|---|"] + lines)
        .joined(separator: "\n")
    }.joined(separator: "\n\n")
  }
}
