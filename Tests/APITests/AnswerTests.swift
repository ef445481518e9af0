import API
import QueryLanguage
import Telemetry
import Testing

/// Endpoints over loopback; expected values are read off ``ThreeSpans`` by hand.
@Suite struct AnswerTests {
  @Test func aQueryIsATextOrJSON() async throws {
    try await TestAPI.run { api in
      let text = "VISUALIZE COUNT, MAX(duration_ms) GROUP BY service.name ORDER BY COUNT DESC"
      let plain = try await api.send("POST", "/api/query", body: text)
      #expect(plain.status == 200)
      #expect(
        plain.member("rows")
          == .array([
            .array([.text("web"), .integer(2), .double(30)]),
            .array([.text("pay"), .integer(1), .double(12)]),
          ]))
      let json = try await api.send("POST", "/api/query", body: "{\"query\": \"\(text)\"}")
      #expect(json.member("rows") == plain.member("rows"))
    }
  }

  @Test func rawRowsAreALineEach() async throws {
    try await TestAPI.run { api in
      let answer = try await api.send(
        "POST", "/api/query", headers: ["Accept: application/x-ndjson"],
        body: "WHERE service.name = web ORDER BY duration_ms DESC")
      #expect(answer.headers.contains("application/x-ndjson"))
      let names = answer.text.split(separator: "\n").map { line -> AttributeValue? in
        guard case .map(let entries)? = ValueJSON.parse(line.utf8) else { return nil }
        return entries.first { $0.key == "name" }?.value
      }
      #expect(names == [.text("GET \"/\""), .text("Load")])
    }
  }

  @Test func aWrongQuerySaysWhere() async throws {
    try await TestAPI.run { api in
      let answer = try await api.send("POST", "/api/query", body: "VISUALIZE CONT")
      #expect(answer.status == 400)
      guard case .text(let error)? = answer.member("error") else {
        Issue.record("no error in \(answer.text)")
        return
      }
      #expect(error.contains("CONT") && error.contains("at 11"))
      #expect(answer.member("hint") != nil)
    }
  }

  @Test(arguments: ["slowest", ThreeSpans.traceID, "9850B1"])
  func aTraceIsFoundByWhatNamesIt(_ name: String) async throws {
    try await TestAPI.run { api in
      let answer = try await api.send("GET", "/api/trace/\(name)")
      #expect(answer.status == 200)
      #expect(answer.member("trace_id") == .text(ThreeSpans.traceID))
      #expect(answer.member("duration_ns") == .text("30000000"))
    }
  }

  @Test func tracesFieldsEventsAndCompare() async throws {
    try await TestAPI.run { api in
      let traces = try await api.send("GET", "/api/traces?where=name+%3D+Charge&limit=5")
      #expect(traces.member("total") == .integer(1))
      let fields = try await api.send("GET", "/api/fields")
      #expect(fields.member("spans") == .integer(3))
      let events = try await api.send("GET", "/api/events")
      #expect(events.text.contains("\"exception\":true"))
      #expect(events.text.contains("\"span_name\":\"Charge\""))
      let compare = try await api.send("POST", "/api/compare", body: "error")
      guard case .map(let selection)? = compare.member("selection") else {
        Issue.record("no selection in \(compare.text)")
        return
      }
      #expect(selection.contains(AttributeValue.Entry("count", .integer(1))))
    }
  }

  @Test(arguments: [
    ("POST", "/api/query", "", 400), ("POST", "/api/query", "{\"query\": 7}", 400),
    ("POST", "/api/query", "{\"query\": ", 400), ("POST", "/api/query", "{\"quer\": \"x\"}", 400),
    ("GET", "/api/query", "", 405), ("POST", "/metrics", "", 405), ("GET", "/", "", 404),
    ("GET", "/api/trace/", "", 404), ("GET", "/api/trace/xyz", "", 400),
    ("GET", "/api/trace/00ff", "", 404), ("GET", "/api/traces?limit=-1", "", 400),
    ("GET", "/api/traces?order=best", "", 400), ("GET", "/api/traces?where=%zz", "", 400),
    ("GET", "/api/traces?what=1", "", 400),
    ("POST", "/api/compare", "{\"selection\": \"error\", \"alike\": true, \"before\": true}", 400),
  ])
  func errorsAreJSONWithAStatus(
    _ method: String, _ target: String, _ body: String, _ status: Int
  ) async throws {
    try await TestAPI.run { api in
      let answer = try await api.send(method, target, body: body)
      #expect(answer.status == status)
      #expect(answer.member("error") != nil)
      #expect(answer.headers.contains("Allow:") == (status == 405))
    }
  }

  @Test func aBodyThatIsTooLargeIsRefused() async throws {
    try await TestAPI.run { api in
      let body = String(repeating: " ", count: APIService.bodyLimit + 1)
      let answer = try await api.send("POST", "/api/query", body: body)
      #expect(answer.status == 413)
    }
  }

  @Test func theDocumentNamesEveryPath() async throws {
    try await TestAPI.run { api in
      let answer = try await api.send("GET", "/api/openapi.json")
      guard case .map(let paths)? = answer.member("paths") else {
        Issue.record("no paths in \(answer.text)")
        return
      }
      #expect(
        paths.map(\.key) == [
          "/api/query", "/api/compare", "/api/trace/{id}", "/api/traces", "/api/fields",
          "/api/events", "/api/openapi.json", "/metrics",
        ])
    }
  }
}
