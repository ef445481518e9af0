import Telemetry

/// The language on a page, made of the tables that drive the parser.
package enum LanguageHelp {
  package struct Section: Sendable {
    package var title: String
    /// What is written, and what it means.
    package var rows: [(term: String, help: String)]
    package var note: String?
  }

  package static let sections = [
    Section(
      title: "Clauses",
      rows: QueryClause.allCases.map { ($0.rawValue, $0.help) },
      note:
        "In any order, and each may be left out. A line of text in quotes is looked for in every"
        + " field."),
    Section(
      title: "Calculations",
      rows: CalculationKind.all.map { ($0.form, $0.help) }
        + [("P1 … P99 P99.9(f)", "percentiles, exact, between the two nearest values")],
      note:
        "Spans without the field do not count. Each takes a filter of its own, COUNT(WHERE error),"
        + " P99(f WHERE g), and a name, AS slow, by which formulas, HAVING and ORDER BY know it."),
    Section(
      title: "Formulas and expressions",
      rows: FunctionKind.all.map {
        (($0.isInfix ? "a \($0.word) b" : $0.word + $0.parameters), $0.help)
      },
      note:
        "Over calculations and numbers, 100 * COUNT(WHERE error) / COUNT AS percent; and where a"
        + " field can stand over fields, P99(duration_ms - self_ms), with blanks around the signs."
        + " BOOL(condition) is true or false. A text that spells a number is that number. What has a"
        + " missing part is missing, COALESCE and IF excepted."),
    Section(
      title: "Operators",
      rows: FilterOperator.allCases.map { ($0.word, $0.help) },
      note:
        "Joined by AND, OR, NOT and parentheses. Where the field is missing all but does-not-exist"
        + " are false; NOT (…) is the opposite of what it holds."),
    Section(
      title: "Related spans",
      rows: SpanRelation.allCases.map { ("\($0.rawValue)(condition)", $0.help + " passes it") }
        + [
          ("root.f, parent.f", "the field of the root span, of the direct parent"),
          ("COUNT(desc, condition)", "how many spans below pass it: a field like any other"),
          ("SUM(child, f)", "likewise AVG MIN MAX COUNT_DISTINCT and percentiles of any relation"),
        ],
      note:
        "One inside another too. Honeycomb's any.f, any2.f, any3.f, none.f and child.f are read;"
        + " those with one prefix are about one span."),
    Section(
      title: "Events and links",
      rows: SpanItem.allCases.map { item in
        (
          "\(item.rawValue)(condition)",
          "\(item.help) passes it; of its own: \(item.fields.joined(separator: ", "))"
        )
      } + [
        ("event.f, link.f", "the same for one condition: event.name = retry"),
        ("exception.type", "and .message, .stacktrace: of the span, else of its first exception"),
      ],
      note: "In the parentheses a name is first a field of the event or link, then of its span."),
    Section(
      title: "Fields that every span has",
      rows: BuiltinField.allCases.map { ($0.rawValue, $0.help) },
      note:
        "All others are attributes of the span, its resource or its scope: span.f, resource.f and"
        + " scope.f say which. Odd names go in `back-ticks`."),
  ]

  /// For a terminal, 80 columns.
  package static let text: String = sections.map { section in
    let width = min(26, section.rows.map(\.term.count).max() ?? 0)
    let rows = section.rows.map { term, help -> String in
      let gap = String(repeating: " ", count: max(2, width + 2 - term.count))
      return "  \(term)\(gap)\(help)"
    }
    let note = section.note.map {
      "\n" + wrapped($0, to: 78).map { "  " + $0 }.joined(separator: "\n")
    }
    return ([section.title + ":"] + rows).joined(separator: "\n") + (note ?? "")
  }.joined(separator: "\n\n")

  private static func wrapped(_ text: String, to width: Int) -> [String] {
    var lines = [""]
    for word in text.split(separator: " ") {
      let line = lines[lines.count - 1]
      if line.isEmpty {
        lines[lines.count - 1] = String(word)
      } else if line.count + 1 + word.count <= width {
        lines[lines.count - 1] = line + " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}

extension CalculationKind {
  /// As help writes it: `TOP(f, n)`.
  fileprivate var form: String {
    guard takesField else { return word }
    switch parameter {
    case nil: return word + "(f)"
    case .threshold?: return word + "(f, threshold)"
    case .count(let count)?: return "\(word)(f[, \(count)])"
    }
  }
}
