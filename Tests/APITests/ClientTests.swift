import API
import Intake
import QueryEngine
import QueryLanguage
import Telemetry
import Testing

@Suite struct ClientTests {
  /// What a second shell shows is what the first one holds.
  @Test(arguments: [
    "VISUALIZE COUNT, AVG(duration_ms), MIN(start_time) GROUP BY service.name ORDER BY COUNT DESC",
    "VISUALIZE COUNT GROUP BY name LIMIT 1", "WHERE error", "GROUP BY status_code",
    "VISUALIZE MAX(duration_ms) WHERE name = none",
  ])
  func anAnswerIsReadBack(_ text: String) async throws {
    let query = try QueryText.parse(text)
    let held = try await ThreeSpans.backend().run(query, RunOptions())
    try await TestAPI.run { api in
      let client = APIClient(ListenAddress(host: "127.0.0.1", port: api.port))
      var json = JSONWriter()
      json.object { json in json.member("query") { $0.string(text) } }
      let answer = try await client.post("/api/query", json: json.bytes)
      #expect(answer.status == 200)
      let value = try #require(ValueJSON.parse(answer.body))
      let result = try #require(QueryResult(reading: value, of: query))
      #expect(result.columns == held.columns)
      #expect(result.rows == held.rows)
      #expect(result.total == held.total)
      #expect(result.other == held.other)
      #expect(result.spansMatched == held.spansMatched)
      #expect(result.csv() == held.csv())
    }
  }

  @Test func aWrongTokenIsAnAnswer() async throws {
    try await TestAPI.run(token: "right") { api in
      let address = ListenAddress(host: "127.0.0.1", port: api.port)
      let wrong = try await APIClient(address, token: "wrong").get("/api/fields")
      #expect(wrong.status == 401)
      let right = try await APIClient(address, token: "right").get("/api/fields")
      #expect(right.status == 200)
    }
  }

  @Test func whereNothingListensIsAnError() async throws {
    let port = try await TestAPI.freePort()
    await #expect(throws: (any Error).self) {
      try await APIClient(ListenAddress(host: "127.0.0.1", port: port)).get("/api/fields")
    }
  }
}

extension TestAPI {
  /// A port on which something listened a moment ago, and nothing does now.
  static func freePort() async throws -> Int {
    let ports = AsyncStream<Int>.makeStream()
    try await run { ports.continuation.yield($0.port) }
    var iterator = ports.stream.makeAsyncIterator()
    return await iterator.next() ?? 1
  }
}
