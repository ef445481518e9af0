import Explorer
import Screen
import Telemetry
import TestSupport
import Testing
import TraceSupport
import Views

@Suite struct TracePanelDrawings {
  private var trace: TraceBuilder {
    var trace = TraceBuilder()
    trace.span(
      1, in: 0, "GET /", 0, 10, service: "web", kind: .server,
      [
        ("http.request.header.content_length", .integer(12)),
        ("http.request.header.content_type", .text("text/plain")),
      ])
    return trace
  }

  @Test("names that differ at their ends are told apart, and types give way before they are cut")
  func names() {
    let stage = TraceStage(trace.view, width: 110, height: 32)
    let text = AppView.draw(stage.state).text
    #expect(text.contains("…t_length") && text.contains("…ent_type"))
    #expect(!text.contains("12  integer"))
  }

  @Test("what is looked for is marked in the panel, in names and values")
  func marks() throws {
    var stage = TraceStage(trace.view, width: 140, height: 32)
    stage.press(.character("/"))
    stage.type("plain")
    stage.press(.enter)
    let grid = AppView.draw(stage.state)
    let panel = TracePanes(stage.state.context.body, hasPanel: true).panel
    let marked = (panel.y..<panel.bottom).map { y in
      String(
        (panel.x..<panel.right).filter { grid[$0, y].ink.back == .role(.match) }
          .map { grid[$0, y].character })
    }
    #expect(marked.filter { !$0.isEmpty } == ["plain"])
  }

  @Test("where the panel is not drawn it never has the keys: its lines come in a window")
  func focus() {
    var stage = TraceStage(trace.view, width: 90, height: 17)
    stage.press(.tab)
    #expect(stage.model.pane == .waterfall)
    #expect((stage.state.overlay as? ScrollText)?.lines.contains { $0.contains("12") } == true)
    var large = TraceStage(trace.view, width: 110, height: 32)
    large.press(.tab)
    #expect(large.model.pane == .panel)
    _ = large.state.update(.resize(width: 90, height: 17))
    #expect(large.model.pane == .waterfall)
  }
}
