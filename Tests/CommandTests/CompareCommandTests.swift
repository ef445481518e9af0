import Foundation
import Testing

/// `otel-tui compare` as scripts use it.
@Suite(.timeLimit(.minutes(2))) struct CompareCommandTests {
  /// Ten spans, of which those of provider `quick` fail.
  private static func spans() -> String {
    let spans = (0..<10).map { number in
      let isBad = number < 3
      let attributes = [
        #"{"key":"provider","value":{"stringValue":"\#(isBad ? "quick" : "calm")"}}"#,
        #"{"key":"build","value":{"intValue":"\#(70 + number % 2)"}}"#,
      ]
      let id = String(repeating: "0", count: 15) + String(number + 1, radix: 16)
      return #"{"traceId":"\#(id)\#(id)","spanId":"\#(id)","name":"charge","kind":2,"#
        + #""startTimeUnixNano":"\#(1_700_000_000 + number)000000000","#
        + #""endTimeUnixNano":"\#(1_700_000_000 + number)250000000","#
        + #""attributes":[\#(attributes.joined(separator: ","))],"#
        + #""status":{\#(isBad ? #""code":2"# : "")}}"#
    }
    return #"{"resourceSpans":[{"scopeSpans":[{"spans":[\#(spans.joined(separator: ","))]}]}]}"#
      + "\n"
  }

  private func run(_ arguments: [String]) async throws -> ProgramRun {
    let folder = try CommandFolder()
    try folder.write(Self.spans(), "spans.jsonl")
    return try await ProgramRun(["compare"] + arguments + ["spans.jsonl"], in: folder)
  }

  @Test("JSON has the sides, the fields by score and the members that are promised")
  func json() async throws {
    let run = try await run(["error", "--format", "json"])
    #expect(run.status == 0)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output)) as? [String: Any])
    #expect(
      Set(object.keys) == ["selection", "baseline", "fields", "pairs", "elapsed_ms", "warnings"])
    let selection = try #require(object["selection"] as? [String: Any])
    #expect(selection["text"] as? String == "error" && selection["count"] as? Int == 3)
    let baseline = try #require(object["baseline"] as? [String: Any])
    #expect(baseline["text"] as? String == "NOT error" && baseline["count"] as? Int == 7)
    let fields = try #require(object["fields"] as? [[String: Any]])
    for field in fields {
      #expect(
        Set(field.keys) == [
          "field", "type", "kind", "score", "p_value", "p_adjusted", "mostly_unique", "same_as",
          "values", "missing", "measure",
        ])
    }
    let scores = fields.filter { $0["mostly_unique"] as? Bool == false }
      .compactMap { $0["score"] as? Double }
    #expect(scores == scores.sorted(by: >))
    let provider = try #require(fields.first { $0["field"] as? String == "provider" })
    #expect(provider["score"] as? Double == 1 && provider["kind"] as? String == "values")
    let values = try #require(provider["values"] as? [[String: Any]])
    let counts = values.map {
      "\($0["value"] ?? "") \($0["selection"] ?? "") \($0["baseline"] ?? "")"
    }
    #expect(Set(counts) == ["quick 3 0", "calm 0 7"])
    let build = try #require(fields.first { $0["field"] as? String == "build" })
    let builds = try #require(build["values"] as? [[String: Any]])
    #expect(Set(builds.compactMap { $0["value"] as? Int }) == [70, 71])
    let same = fields.filter { !($0["same_as"] is NSNull) }
    #expect(same.contains { $0["field"] as? String == "error" })
  }

  @Test("--fields, --limit, --baseline and --before do what they say")
  func options() async throws {
    let fields = try await run(["error", "--fields", "build,provider", "--limit", "1"])
    #expect(
      fields.status == 0 && fields.text.contains("provider") && !fields.text.contains("build"))
    let other = try await run(["error", "--baseline", "build = 70", "--format", "json"])
    #expect(other.text.contains(#""baseline":{"text":"build = 70","count":3}"#))
    let time = "FROM 1700000005 TO 1700000010"
    let before = try await run([time, "--before", "--format", "json"])
    #expect(before.text.contains(#""count":5}"#))
    let traces = try await run(["error", "--by-trace"])
    #expect(traces.text.contains("3 traces"))
  }

  @Test("what is wrong is said before anything is read, and nothing selected is status 1")
  func wrong() async throws {
    let wrong = try await run(["provider ="])
    #expect(wrong.status == 2 && wrong.errorText.contains("selection"))
    let both = try await run(["error", "--before", "--alike"])
    #expect(both.status == 2 && both.errorText.contains("exclude"))
    let timeless = try await run(["error", "--before"])
    #expect(timeless.status == 2 && timeless.errorText.contains("time"))
    let none = try await run(["build = 99"])
    #expect(none.status == 1 && none.errorText.contains("no span is selected"))
  }
}
