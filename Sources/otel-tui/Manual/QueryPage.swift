import QueryLanguage
import Telemetry

/// `man otel-tui-query`: the language, by the tables that read it.
enum QueryPage {
  static var text: String {
    var page = Roff("otel-tui-query", section: 7, about: "the query language of otel-tui")
    page.section("Synopsis")
    page.example(
      """
      VISUALIZE COUNT, P99(duration_ms), HEATMAP(duration_ms)
      WHERE http.target contains "index=5" AND (is_root OR NOT error)
      GROUP BY http.target, service.name
      HAVING COUNT > 20
      ORDER BY P99(duration_ms) DESC
      LIMIT 100
      LAST 10m EVERY 5s
      """)
    page.section("Description")
    page.prose(
      """
      The builder on the Query screen, otel-tui query, history and saved queries have one
      language. Keywords are read in either case; clauses come in any order, and all may be
      left out. Without VISUALIZE and GROUP BY the answer is spans; with GROUP BY alone it
      is COUNT.
      """)
    page.section("Clauses")
    for (clause, text) in clauses { page.item(clause, text) }
    page.section("Calculations")
    for kind in CalculationKind.offered {
      page.item(kind.word + (kind.takesField ? "(field)" : ""), sentence(kind.help))
    }
    page.paragraph(
      """
      Any percentile is written so: P1 to P99, P99.9, P999. Percentiles are exact, with linear
      interpolation, as are distinct counts. Spans without the field are passed over.
      """)
    page.section("Operators")
    for op in FilterOperator.allCases {
      let right =
        switch op.operand {
        case .nothing: ""
        case .value: " value"
        case .text: " \"text\""
        case .list: " (a, b)"
        case .pair: " a and b"
        }
      page.item("field \(op.word)\(right)", sentence(op.help))
    }
    page.item("\"words\"", "Any field, attribute key or value has these words in it.")
    page.item("field", "A field of truth values is a filter by itself.")
    page.paragraph(
      """
      AND, OR, NOT and parentheses join filters. A comparison with a field that a span lacks is
      false, also a negated one: x != 1 wants an x. NOT (x = 1) negates the answer instead.
      Regular expressions are RE2's. Lengths of time may have units beside duration_ms and
      self_ms: 1.5s, 200us.
      """)
    page.section("Fields")
    page.paragraph(
      """
      A name is a field of every span, listed here, or an attribute of the span, of its resource
      or of its scope, looked for in this order; span.X, resource.X and scope.X say which.
      root.F and parent.F are those of the trace's root and of the direct parent. Names with
      other characters than letters, digits and _.-/:@ stand in back-ticks.
      """)
    for field in BuiltinField.allCases {
      page.item(field.rawValue, sentence("\(field.type.rawValue): \(field.help)"))
    }
    page.section("Functions")
    page.paragraph(
      """
      Formulas over calculations: 100 * COUNT(WHERE error) / COUNT AS percent. Signs stand
      between blanks; what has a missing part is missing. A calculation takes a filter of its
      own in its parentheses, and a name behind AS.
      """)
    for function in FunctionKind.all {
      page.item(
        function.isInfix ? "a \(function.word) b" : function.word + function.parameters,
        sentence(function.help))
    }
    page.section("Related spans, events and links")
    for relation in SpanRelation.allCases {
      page.item("\(relation.rawValue)(filter)", sentence("\(relation.help) passes"))
    }
    for item in SpanItem.allCases {
      page.item("\(item.rawValue)(filter)", sentence("\(item.help) passes"))
    }
    page.item(
      "COUNT(desc, filter), SUM(child, field)",
      "Calculations over related spans are fields: of any relation, with percentiles too.")
    page.section("Examples")
    page.example(
      """
      otel-tui query 'VISUALIZE COUNT, P50(duration_ms) GROUP BY service.name' spans.jsonl
      otel-tui query 'VISUALIZE COUNT WHERE error GROUP BY name' spans.jsonl
      otel-tui query 'WHERE duration_ms > 1s ORDER BY duration_ms LIMIT 20' spans.jsonl
      """)
    page.section("See also")
    page.paragraph("otel-tui(1)")
    return page.text
  }

  private static let clauses = [
    (
      "VISUALIZE calculation, …",
      "What to compute: each is a column and a graph. SELECT means the same."
    ),
    ("WHERE filter", "The spans to look at."),
    (
      "GROUP BY field, …",
      "A row for each combination of values; spans without the field are (none)."
    ),
    ("HAVING filter", "Only groups whose calculations are so."),
    ("ORDER BY calculation or field [ASC|DESC]", "Descending unless told otherwise."),
    (
      "LIMIT number",
      "So many groups or spans, 100 by default; OTHER sums up the groups behind them, TOTAL all."
    ),
    ("LAST length", "The last 10m, 2h, 1d: back from now, or from the newest span of a file."),
    ("FROM time TO time", "ISO 8601, Unix seconds or nanoseconds, or relative as in -15m."),
    ("ALL", "All of the time, which is the default for files."),
    ("EVERY length", "The width of a bucket of time in graphs and heatmaps."),
  ]

  private static func sentence(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst() + "."
  }
}
