import Explorer
import QueryLanguage
import Screen
import Telemetry
import Testing
import TraceSupport

/// The side panel: what it tells of a span, in which order, and what can be done from it.
@Suite struct TracePanelTests {
  private static func stage(_ attributes: TraceBuilder.Attributes) -> TraceStage {
    var trace = TraceBuilder()
    trace.span(1, "root", 0, 10, service: "web", attributes)
    trace.span(2, in: 1, "same", 1, 2, [("card.type", .text("visa"))])
    trace.span(3, in: 1, "other", 3, 4, [("card.type", .text("amex"))])
    trace.span(4, in: 1, "same again", 5, 6, [("card.type", .text("visa"))])
    return TraceStage(trace.view, width: 160)
  }

  @Test("what was asked for and what came of it stand before the rest, machinery last")
  func order() {
    let stage = Self.stage([
      ("thread.id", .integer(1)), ("zeta", .text("z")), ("http.status_code", .integer(500)),
      ("alpha", .text("a")), ("error", .bool(true)), ("http.method", .text("GET")),
      ("net.peer.name", .text("host")), ("db.system", .text("pg")), ("http.host", .text("h")),
    ])
    #expect(
      stage.model.panel.list.rows.map(\.key) == [
        "name", "service.name", "duration_ms", "self_ms", "starts at", "span.kind", "status_code",
        "error", "http.method", "http.status_code", "db.system", "http.host", "alpha", "zeta",
        "net.peer.name", "thread.id", "trace.trace_id", "trace.span_id",
      ])
  }

  @Test("every attribute has its type")
  func types() {
    let stage = Self.stage([
      ("a", .text("1")), ("b", .integer(1)), ("c", .double(1)), ("d", .bool(true)),
      ("e", .array([.integer(1)])), ("g", .bytes([1])),
    ])
    let typed = stage.model.panel.list.rows.filter { $0.key.utf8.count == 1 }
    #expect(
      typed.map { "\($0.key) \($0.type)" } == [
        "a text", "b integer", "c double", "d bool", "e array", "g bytes",
      ])
  }

  @Test("typing filters fields by name and value; Esc shows all again")
  func filter() {
    var stage = Self.stage([("apple", .text("red")), ("pear", .text("green"))])
    let all = stage.model.panel.list.rows.count
    stage.press(.tab, .character("f"))
    stage.type("GREEN")
    #expect(stage.model.panel.list.rows.map(\.key) == ["pear"])
    stage.press(.enter, .down)
    #expect(stage.model.panel.list.rows.map(\.key) == ["pear"], "Enter keeps the filter")
    stage.press(.character("f"), .escape)
    #expect(stage.model.panel.list.rows.count == all)
  }

  @Test("the menu of a value finds its like in the trace")
  func same() {
    var stage = Self.stage([])
    stage.press(.down, .tab, .character("f"))
    stage.type("card.type")
    stage.press(.enter, .enter, .character("f"))
    #expect(stage.model.find.matches.count == 2)
    #expect(stage.selectedName == "same")
    stage.press(.character("n"))
    #expect(stage.selectedName == "same again")
  }

  @Test("the menu of a value makes it a column, and takes it out again")
  func column() {
    var stage = Self.stage([])
    stage.press(.down, .tab, .character("f"))
    stage.type("card.type")
    stage.press(.enter, .enter, .character("w"))
    #expect(stage.model.columns == [.field(FieldRef("card.type"))])
    #expect(stage.state.overlay == nil)
    stage.press(.enter, .character("w"))
    #expect(stage.model.columns.isEmpty)
    stage.press(.enter, .character("b"))
    #expect(stage.model.coloring.values == ["visa", "amex"])
  }

  @Test("the JSON of a span is JSON and has all of it")
  func json() throws {
    var trace = TraceBuilder()
    trace.span(
      1, "root", 0, 10, status: .error, message: "it \"failed\"", [("a.b", .double(0.5))])
    trace.event("note", at: 3, [("x", .bool(true))])
    trace.link(to: 5, 6)
    var stage = TraceStage(trace.view)
    stage.press(.tab, .left)
    let text = stage.model.panel.list.rows.map(\.value).joined(separator: "\n")
    let value = try #require(ValueJSON.parse(Array(text.utf8)))
    guard case .map(let entries) = value else {
      Issue.record("no object")
      return
    }
    #expect(entries.first { $0.key == "status_message" }?.value == .text("it \"failed\""))
    #expect(
      entries.map(\.key) == [
        "trace_id", "span_id", "parent_id", "name", "service", "kind", "status", "status_message",
        "start_ns", "duration_ns", "attributes", "resource", "scope_name", "scope_version",
        "events", "links",
      ])
  }
}
