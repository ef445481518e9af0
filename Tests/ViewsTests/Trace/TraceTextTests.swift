import Explorer
import QueryLanguage
import Telemetry
import Testing
import TraceSupport
import Views

/// A trace on paper.
@Suite struct TraceTextTests {
  @Test("every span has a line at any width, and no line is wider", arguments: 1...60)
  func lines(seed: UInt64) {
    var random = RandomTrace(seed: seed)
    let view = random.next()
    for width in [40, 61, 80, 200] {
      let lines = TraceText.lines(view, width: width)
      #expect(lines.allSatisfy { $0.count <= width }, "seed \(seed), width \(width)")
      let rows = lines[4...].prefix { !$0.isEmpty }
      #expect(rows.count == view.nodes.count + view.missingParents, "seed \(seed)")
    }
  }

  @Test("a run of equal siblings is spelled out")
  func runs() {
    let text = TraceText.lines(SampleTraces.checkout, width: 100).joined(separator: "\n")
    #expect(text.split(separator: "\n").count { $0.contains("SELECT items") } >= 5)
  }

  @Test("columns stand between tree and bars")
  func columns() {
    let lines = TraceText.lines(
      SampleTraces.checkout, width: 120, columns: [.selfTime, .field(FieldRef("card.type"))])
    #expect(lines[3].contains("self") && lines[3].contains("card.type"))
    #expect(
      lines.contains { $0.contains("charge") && $0.contains("15.0ms") && $0.contains("visa") })
  }

  @Test("what is striking stands below")
  func notes() {
    let text = TraceText.lines(SampleTraces.fibonacci(5), width: 100).joined(separator: "\n")
    #expect(text.contains("/fib?index=1 ×5"))
  }

  @Test("JSON has every span in the order of the waterfall", arguments: 1...20)
  func json(seed: UInt64) throws {
    var random = RandomTrace(seed: seed)
    let view = random.next()
    let trace = try #require(JSONMap(ValueJSON.parse(view.json().bytes)))
    #expect(trace["trace_id"] == .text(view.id.description))
    #expect(trace["roots"] == .integer(Int64(view.rootCount)))
    #expect(trace["missing_parents"] == .integer(Int64(view.missingParents)))
    guard case .array(let spans)? = trace["spans"] else {
      Issue.record("no spans")
      return
    }
    #expect(spans.count == view.nodes.count)
    for (value, node) in zip(spans, view.nodes) {
      let span = try #require(JSONMap(value))
      #expect(span["span_id"] == .text(node.spanID.description))
      #expect(span["duration_ns"] == .text("\(node.duration.count)"))
      #expect(span["self_ns"] == .text("\(node.selfTime.count)"))
      #expect(span["depth"] == .integer(Int64(node.depth)))
      #expect(span["error"] == .bool(node.isError))
      #expect(span["on_critical_path"] == .bool(node.isOnCriticalPath))
    }
  }

  @Test("Jaeger's JSON has references, tags, logs and processes")
  func jaeger() throws {
    let text = SampleTraces.checkout.jaegerJSON().text
    #expect(ValueJSON.parse(Array(text.utf8)) != nil)
    #expect(text.contains(#""operationName":"charge""#))
    #expect(text.contains(#""refType":"CHILD_OF","traceID":"9850b11f"#))
    #expect(text.contains(#""refType":"FOLLOWS_FROM""#))
    #expect(text.contains(#"{"key":"error","type":"bool","value":true}"#))
    #expect(text.contains(#"{"key":"http.status_code","type":"int64","value":500}"#))
    #expect(text.contains(#"{"key":"event","type":"string","value":"retry"}"#))
    // 60 ms in microseconds.
    #expect(text.contains(#""duration":60000"#))
    #expect(text.contains(#""p4":{"serviceName":"mail""#))
  }

  @Test("a subtree is a trace of its own")
  func subtree() throws {
    let view = SampleTraces.checkout
    let charge = try #require(view.nodes.firstIndex { $0.spanID == SpanID(3) })
    let part = view.subtree(charge)
    #expect(part.nodes.map(\.spanID.value) == [3, 4])
    #expect(part.nodes.map(\.parent) == [-1, 0] && part.nodes.map(\.depth) == [0, 1])
    #expect(part.batch.spans.map(\.spanID) == [3, 4])
    #expect(part.duration == .milliseconds(60) && part.errorCount == 1)
  }
}

/// The members of a JSON object.
private struct JSONMap {
  private let entries: [AttributeValue.Entry]

  init?(_ value: AttributeValue?) {
    guard case .map(let entries)? = value else { return nil }
    self.entries = entries
  }

  subscript(key: String) -> AttributeValue? { entries.first { $0.key == key }?.value }
}
