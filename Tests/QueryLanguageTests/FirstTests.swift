import QueryLanguage
import Testing

@Suite struct FirstTests {
  @Test("the example of the language prints back")
  func example() throws {
    let text = """
      VISUALIZE COUNT, P99(duration_ms), HEATMAP(duration_ms)
      WHERE http.target contains "index=5" AND (is_root OR NOT error) AND duration_ms > 10
      GROUP BY http.target, service.name
      HAVING COUNT > 20
      ORDER BY P99(duration_ms) DESC
      LIMIT 100
      LAST 10m EVERY 5s
      """
    let query = try QueryText.parse(text)
    #expect(QueryText.lines(query) == text.split(separator: "\n").map(String.init))
  }
}
