import QueryLanguage
import Testing

@Suite struct CompletionTests {
  /// Completes at the bar, `|`, and applies the first item.
  private func complete(_ marked: String) -> (texts: [String], applied: String) {
    let parts = marked.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
    let text = parts.joined()
    let list = Completion.suggest(text, cursor: parts[0].utf8.count, catalog: .sample)
    return (list.items.map(\.text), apply(list, to: text))
  }

  private func apply(_ list: CompletionList, to text: String) -> String {
    guard let first = list.items.first else { return text }
    let bytes = Array(text.utf8)
    return String(decoding: bytes[..<list.replace.lowerBound], as: UTF8.self) + first.text
      + String(decoding: bytes[list.replace.upperBound...], as: UTF8.self)
  }

  @Test(
    "the likeliest item fits the place",
    arguments: [
      ("|", "VISUALIZE"), ("wh|", "WHERE"), ("VISUALIZE |", "VISUALIZE COUNT"),
      ("VISUALIZE COUNT, p9|", "VISUALIZE COUNT, P90("),
      ("VISUALIZE p42|", "VISUALIZE P42("),
      ("VISUALIZE heat|", "VISUALIZE HEATMAP("),
      ("VISUALIZE AVG(|", "VISUALIZE AVG(duration_ms"),
      ("VISUALIZE AVG(stat|)", "VISUALIZE AVG(http.status_code)"),
      ("VISUALIZE COUNT |", "VISUALIZE COUNT WHERE"),
      ("VISUALIZE COUNT gr|", "VISUALIZE COUNT GROUP BY"),
      ("VISUALIZE COUNT GROUP |", "VISUALIZE COUNT GROUP BY"),
      ("GROUP BY ser|", "GROUP BY service.name"), ("GROUP BY targ|", "GROUP BY http.target"),
      ("GROUP BY htg|", "GROUP BY http.target"),
      ("GROUP BY name, `odd|", "GROUP BY name, `odd name`"),
      ("WHERE root.http.m|", "WHERE root.http.method"),
      ("WHERE span.http.m|", "WHERE span.http.method"),
      ("WHERE span.ki|", "WHERE span.kind"), ("WHERE resource.|", "WHERE resource.host.name"),
      ("WHERE http.me|thod = 5", "WHERE http.method = 5"),
      ("WHERE http.method |", "WHERE http.method ="),
      ("WHERE http.method cont|", "WHERE http.method contains"),
      ("WHERE http.method NOT con|", "WHERE http.method does-not-contain"),
      ("WHERE http.method does not ex|", "WHERE http.method does-not-exist"),
      ("WHERE http.status_code |", "WHERE http.status_code >"),
      ("WHERE error |", "WHERE error AND"),
      ("WHERE http.method = |", "WHERE http.method = \"GET\""),
      ("WHERE http.method = po|", "WHERE http.method = \"POST\""),
      ("WHERE http.method = \"po|", "WHERE http.method = \"POST\""),
      ("WHERE http.method = \"po|\"", "WHERE http.method = \"POST\""),
      ("WHERE name = \"log|", "WHERE name = \"log \\\"x\\\"\""),
      ("WHERE http.method in (GET, |", "WHERE http.method in (GET, \"GET\""),
      ("WHERE http.status_code between 200 |", "WHERE http.status_code between 200 AND"),
      ("WHERE http.status_code between 200 and |", "WHERE http.status_code between 200 and 200"),
      ("WHERE error = |", "WHERE error = false"),
      ("WHERE span.kind = s|", "WHERE span.kind = \"server\""),
      ("WHERE error |", "WHERE error AND"),
      ("WHERE http.method exists |", "WHERE http.method exists AND"),
      ("WHERE (error OR |", "WHERE (error OR name"), ("WHERE \"phrase\" |", "WHERE \"phrase\" AND"),
      ("VISUALIZE P95(duration_ms) HAVING |", "VISUALIZE P95(duration_ms) HAVING P95(duration_ms)"),
      ("VISUALIZE COUNT HAVING COUNT |", "VISUALIZE COUNT HAVING COUNT ="),
      ("VISUALIZE COUNT HAVING COUNT > |", "VISUALIZE COUNT HAVING COUNT > 10"),
      ("VISUALIZE COUNT HAVING MAX(|", "VISUALIZE COUNT HAVING MAX(duration_ms"),
      ("VISUALIZE COUNT HAVING MAX(depth) > 5 |", "VISUALIZE COUNT HAVING MAX(depth) > 5 AND"),
      ("GROUP BY name ORDER BY |", "GROUP BY name ORDER BY COUNT"),
      ("GROUP BY name ORDER BY na|", "GROUP BY name ORDER BY name"),
      ("ORDER BY dur|", "ORDER BY duration_ms"),
      ("ORDER BY duration_ms |", "ORDER BY duration_ms DESC"),
      ("LIMIT |", "LIMIT 10"), ("LAST |", "LAST 5m"), ("LAST 5m |", "LAST 5m VISUALIZE"),
      ("EVERY |", "EVERY 1s"), ("FROM |", "FROM -1h"), ("FROM -1h |", "FROM -1h TO"),
      ("FROM -1h TO |", "FROM -1h TO -1h"),
    ])
  func first(_ marked: String, _ expected: String) {
    let found = complete(marked)
    #expect(found.applied == expected, "\(found.texts.prefix(8))")
  }

  @Test("calculations on numbers offer no text, and clauses are offered once")
  func fitting() {
    let fields = complete("VISUALIZE AVG(|").texts
    #expect(fields.contains("http.status_code") && fields.contains("`odd name`"))
    // The mean of a boolean is its share.
    #expect(!fields.contains("http.method") && fields.contains("error"))
    #expect(complete("VISUALIZE COUNT_DISTINCT(|").texts.contains("http.method"))
    let clauses = complete("LAST 5m WHERE error GROUP BY name |").texts
    #expect(clauses == ["VISUALIZE", "HAVING", "ORDER BY", "LIMIT", "EVERY"])
  }

  @Test("fields tell their type and share, values their count")
  func details() throws {
    let fields = Completion.suggest("WHERE http.meth", cursor: 15, catalog: .sample)
    let field = try #require(fields.items.first)
    #expect(
      field == CompletionItem("http.method", .field, "text", count: 903, share: 903.0 / 1_204))
    let values = Completion.suggest("WHERE http.method = ", cursor: 20, catalog: .sample)
    #expect(values.items.map(\.count) == [900, 3])
  }

  @Test("nothing is offered inside a phrase, after a pattern operator or after a strange character")
  func nothing() {
    #expect(complete("WHERE name matches |").texts.isEmpty)
    #expect(complete("WHERE \"na|").texts.isEmpty)
    #expect(complete("WHERE \u{1} na|").texts.isEmpty)
  }

  @Test("a clause completes by itself, with what the query shows")
  func clauses() throws {
    let query = try QueryText.parse("VISUALIZE P95(duration_ms) GROUP BY name")
    func first(_ clause: QueryClause, _ text: String) -> String {
      apply(
        Completion.suggest(
          in: clause, text, cursor: text.utf8.count, of: query, catalog: .sample), to: text)
    }
    #expect(first(.visualize, "") == "COUNT")
    #expect(first(.filter, "error AND http.meth") == "error AND http.method")
    #expect(first(.filter, "error AND http.method = G") == "error AND http.method = \"GET\"")
    #expect(first(.groupBy, "name, ") == "name, name")
    #expect(first(.orderBy, "") == "P95(duration_ms)")
    #expect(first(.orderBy, "P95(duration_ms) ") == "P95(duration_ms) DESC")
    #expect(first(.having, "P95(duration_ms) > 1s ") == "P95(duration_ms) > 1s AND")
    #expect(first(.limit, "") == "10")
    #expect(first(.time, "") == "LAST")
    #expect(first(.time, "LAST 5m ") == "LAST 5m EVERY")
    #expect(first(.time, "LAST 5m EVERY ") == "LAST 5m EVERY 1s")
  }

  @Test("any text and any cursor give a range inside the text", arguments: 0..<40 as Range<UInt64>)
  func anywhere(seed: UInt64) {
    var random = RandomQuery(seed: seed)
    for _ in 0..<20 {
      let text = QueryText.print(random.query())
      let count = text.utf8.count
      let cursor = Int.random(in: -1...count + 1, using: &random.random)
      let list = Completion.suggest(text, cursor: cursor, catalog: .sample)
      #expect((0...count).contains(list.replace.lowerBound), "seed \(seed): \(text)")
      #expect(list.replace.upperBound <= count, "seed \(seed): \(text)")
    }
  }
}
