import QueryLanguage

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
    for section in LanguageHelp.sections {
      page.section(section.title)
      for row in section.rows { page.item(row.term, sentence(row.help)) }
      if let note = section.note { page.paragraph(note) }
    }
    page.section("Rules")
    page.prose(
      """
      A comparison with a field that a span lacks is false, also a negated one: x != 1 wants
      an x. NOT (x = 1) negates the answer instead. Numbers compare by value, with numeric
      text too. Lengths of time may have units beside duration_ms and self_ms: 1.5s, 200us.

      Percentiles are exact, with linear interpolation, as are distinct counts. OTHER covers
      all spans of the groups that LIMIT cut off, TOTAL all of them; neither minds HAVING.

      LAST counts back from now, or from the newest span of a file; ALL is the default for
      files. Regular expressions are RE2's.
      """)
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

  private static func sentence(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst() + "."
  }
}
