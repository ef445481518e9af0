import QueryLanguage
import Testing

@Suite struct QueryCheckTests {
  @Test(
    "types are checked before running",
    arguments: [
      ("VISUALIZE AVG(http.method)", "AVG needs numbers, but 'http.method' holds text"),
      ("VISUALIZE HEATMAP(error)", "HEATMAP needs numbers, but 'error' holds true and false"),
      ("VISUALIZE P999(tags)", "P99.9 needs numbers, but 'tags' holds arrays"),
      ("GROUP BY name ORDER BY MAX(name)", "MAX needs numbers, but 'name' holds text"),
      (
        "WHERE http.method",
        "'http.method' holds text, and a field by itself must be true or false"
      ),
      (
        "WHERE http.status_code > 5s",
        "'http.status_code' holds numbers and no durations, but is compared with 5s"
      ),
      ("WHERE name matches \"(\"", "the regular expression '(' cannot be read: missing )"),
      ("VISUALIZE COUNT HAVING COUNT > 5s", "COUNT is no duration, but is compared with 5s"),
      ("WHERE error HAVING COUNT > 5", "HAVING needs VISUALIZE or GROUP BY"),
      ("WHERE error ORDER BY COUNT", "ORDER BY COUNT needs VISUALIZE or GROUP BY"),
      ("VISUALIZE COUNT ORDER BY name", "ORDER BY name needs it in GROUP BY"),
      ("FROM now TO -5m", "the time from now is not before its end"),
      ("FROM 20 TO 10", "the time from 1970-01-01T00:00:20Z is not before its end"),
      ("LAST 1d EVERY 1us", "EVERY 1us makes 86,400,000,000 buckets, and 100,000 is the most"),
    ])
  func errors(_ text: String, _ message: String) throws {
    let found = QueryCheck.check(try QueryText.parse(text), .sample)
    #expect(found.errors.map(\.message) == [message])
  }

  @Test(
    "what may be a mistake is a warning",
    arguments: [
      ("WHERE htp.target = x", "no field 'htp.target' in 1,204 spans; nearest: http.target"),
      ("GROUP BY target", "no field 'target' in 1,204 spans; nearest: http.target"),
      ("GROUP BY span.host.name", "no field 'span.host.name' in 1,204 spans; nearest: host.name"),
      (
        "GROUP BY root.htp.method",
        "no field 'root.htp.method' in 1,204 spans; nearest: root.http.method"
      ),
      ("GROUP BY zzzzzz, zzzzzz", "no field 'zzzzzz' in 1,204 spans"),
      (
        "WHERE http.target = 5",
        "'http.target' holds text; those that are numbers compare with 5 by value"
      ),
      (
        "WHERE http.status_code = \"200\"",
        "'http.status_code' holds numbers; the text \"200\" compares by value"
      ),
      (
        "WHERE http.status_code = OK",
        "'http.status_code' holds numbers, nothing to compare with the text \"OK\""
      ),
      ("WHERE error = 1", "'error' holds true and false, nothing to compare with 1"),
      (
        "WHERE duration_ms between 1s and 5",
        "between 1s and 5 holds for nothing; the smaller comes first: between 5 and 1s"
      ),
      (
        "VISUALIZE SUM(`odd name`)",
        "'`odd name`' holds values of different types; SUM takes the numbers"
      ),
    ])
  func warnings(_ text: String, _ expected: String) throws {
    let found = QueryCheck.check(try QueryText.parse(text), .sample)
    #expect(found.warnings.map(\.text) == [expected])
    #expect(found.errors.isEmpty)
  }

  @Test(
    "a good query passes in silence",
    arguments: [
      "", "VISUALIZE COUNT, P99(duration_ms), HEATMAP(self_ms) WHERE duration_ms > 1.5s",
      "GROUP BY http.method HAVING P99(duration_ms) > 100ms ORDER BY http.method ASC, MAX(depth)",
      "WHERE error AND NOT is_root AND `odd name` AND tags contains x ORDER BY start_time",
      "WHERE root.http.status_code in (200, 500) LAST 1d EVERY 1m", "WHERE \"some phrase\"",
      "VISUALIZE COUNT ORDER BY P50(duration_ms)",
    ])
  func silent(_ text: String) throws {
    let found = QueryCheck.check(try QueryText.parse(text), .sample)
    #expect(found.errors.isEmpty && found.warnings.isEmpty, "\(found)")
  }

  @Test("without spans no field is unknown, and the clause is named")
  func nothingKnown() throws {
    let query = try QueryText.parse("VISUALIZE COUNT WHERE htp.target = 5 ORDER BY name")
    let found = QueryCheck.check(query, FieldCatalog())
    #expect(found.warnings.isEmpty)
    #expect(found.errors.map(\.clause) == [.orderBy])
  }
}
