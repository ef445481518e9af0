import QueryLanguage
import Testing

@Suite struct QueryPlacesTests {
  @Test(
    "an error of checking marks the very word it is about",
    arguments: [
      ("VISUALIZE COUNT, AVG(http.method)", "http.method"),
      ("VISUALIZE HEATMAP(error)", "error"),
      ("SELECT count, p999(`tags`)", "`tags`"),
      ("GROUP BY name ORDER BY COUNT, MAX(name) ASC", "name"),
      ("WHERE is_root AND (http.method OR error)", "http.method"),
      ("WHERE http.status_code > 10 AND http.status_code > 5s", "5s"),
      ("WHERE name matches '('", "'('"),
      ("WHERE name =~ \"(\"", "\"(\""),
      ("VISUALIZE COUNT HAVING COUNT > 5s", "5s"),
      ("VISUALIZE COUNT HAVING COUNT between 5 and 6s", "6s"),
      ("WHERE error HAVING MAX(duration_ms) > 5", "MAX(duration_ms)"),
      ("GROUP BY name HAVING COUNT > 5 AND AVG(http.method) > 1", "http.method"),
      ("WHERE error ORDER BY COUNT(*) DESC", "COUNT(*)"),
      ("VISUALIZE COUNT ORDER BY `name` ASC", "`name`"),
      ("FROM now TO -5m VISUALIZE COUNT", "FROM now TO -5m"),
      ("FROM 20 TO 10", "FROM 20 TO 10"),
      ("LAST 1d EVERY 1us", "EVERY 1us"),
    ])
  func errors(_ text: String, _ marked: String) throws {
    let error = try #require(QueryCheck.check(try QueryText.parse(text), .sample).errors.first)
    let range = try #require(error.located(in: text).range)
    #expect(word(range, of: text) == marked)
    // The position stands in the headline, the carets under the word.
    let before = String(decoding: text.utf8.prefix(range.lowerBound), as: UTF8.self)
    #expect(error.headline(in: text).hasSuffix(" at \(before.count + 1)"))
    let lines = error.rendered(in: text).split(separator: "\n")
    #expect(lines.last?.drop { $0 == " " } == Substring(repeating: "^", count: marked.count))
  }

  @Test(
    "a warning marks the very word it is about",
    arguments: [
      ("WHERE error AND htp.target = x", "htp.target"),
      ("VISUALIZE SUM(htp.target)", "htp.target"),
      ("GROUP BY name, root.htp.method", "root.htp.method"),
      ("GROUP BY root.`htp method`", "root.`htp method`"),
      ("ORDER BY zzzzzz", "zzzzzz"),
      ("WHERE http.target = 5", "5"),
      ("WHERE http.status_code in (200, 'x')", "'x'"),
      ("WHERE error = 1", "1"),
      ("WHERE duration_ms between 1s and 5", "1s and 5"),
      ("VISUALIZE SUM(`odd name`)", "`odd name`"),
    ])
  func warnings(_ text: String, _ marked: String) throws {
    let found = QueryCheck.check(try QueryText.parse(text), .sample).warnings.first
    let warning = try #require(found)
    let range = try #require(warning.range(in: text))
    #expect(word(range, of: text) == marked)
    let lines = warning.rendered(in: text).split(separator: "\n")
    #expect(lines.last?.drop { $0 == " " } == Substring(repeating: "^", count: marked.count))
  }

  @Test("the text of one clause gives places of its own, and only to what is about it")
  func clause() throws {
    let query = try QueryText.parse("VISUALIZE COUNT WHERE http.method AND error")
    let error = try #require(QueryCheck.check(query, .sample).errors.first)
    let text = "http.method AND error"
    #expect(error.located(in: text, as: .filter).range == 0..<11)
    #expect(error.located(in: "COUNT", as: .visualize).range == nil)
    #expect(error.located(in: "http.method AND (", as: .filter).range == nil)
    let times = QueryCheck.check(try QueryText.parse("FROM 20 TO 10"), .sample).errors.first
    #expect(times?.located(in: "EVERY 5s FROM 20 TO 10", as: .time).range == 9..<22)
  }

  @Test("places count characters in what a person sees, bytes inside")
  func wide() throws {
    let text = "WHERE name = \"é🙂\" AND http.method"
    let error = try #require(QueryCheck.check(try QueryText.parse(text), .sample).errors.first)
    #expect(error.headline(in: text).hasSuffix(" at 23"))
    #expect(word(try #require(error.located(in: text).range), of: text) == "http.method")
  }

  @Test(
    "a mistyped keyword or operator gets the nearest one",
    arguments: [
      ("VISUALIZE COUNT GRUOP BY name", "GROUP BY"), ("WHERE error GRUOP BY name", "GROUP BY"),
      ("WHERE error ODER BY name", "ORDER BY"), ("WHERE error LIMT 5", "LIMIT"),
      ("WHERE name contians x", "contains"), ("WHERE name starts-wit x", "starts-with"),
      ("VISUALISE COUNT", "VISUALIZE"), ("WHERE error ADN is_root", "AND"),
      ("VISUALIZE CUONT", "COUNT"), ("VISUALIZE AVERAGE(duration_ms)", "AVG"),
    ])
  func nearest(_ text: String, _ hint: String) {
    #expect(throws: QueryError.self) { try QueryText.parse(text) }
    do { _ = try QueryText.parse(text) } catch { #expect(error.hint == "nearest: \(hint)") }
  }

  private func word(_ range: Range<Int>, of text: String) -> String {
    String(decoding: Array(text.utf8)[range], as: UTF8.self)
  }
}
