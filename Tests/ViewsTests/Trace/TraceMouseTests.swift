import Explorer
import Screen
import Telemetry
import TestSupport
import Testing
import TraceSupport
import Views

@Suite struct TraceMouseTests {
  @Test("a click selects a span, one on its mark folds it, two go to its fields")
  func rows() throws {
    var stage = TraceStage(SampleTraces.checkout)
    stage.click("charge")
    #expect(stage.selectedName == "charge")
    stage.click("charge")
    #expect(stage.model.pane == .panel, "the second click of two is Enter")
    stage.click("▾")
    #expect(stage.rowNames == ["POST /checkout"] && stage.model.pane == .waterfall)
    stage.click("▸S", column: 0)
    stage.click("▸●", column: 0)
    #expect(stage.rowNames.count == 6, "and opens it again")
  }

  @Test("tabs, lines and wheel of the panel, and the tabs of the trace")
  func panel() {
    var stage = TraceStage(SampleTraces.checkout)
    stage.click("Events")
    #expect(stage.model.panel.tab == .events && stage.model.pane == .panel)
    stage.click("Fields")
    stage.click("service.name")
    #expect(stage.model.panel.list.current?.key == "service.name")
    stage.click("Flame graph")
    #expect(stage.model.pane == .flame)
    stage.click("Statistics")
    #expect(stage.model.pane == .statistics)
    stage.click("Waterfall")
    #expect(stage.model.pane == .panel)
  }

  @Test("a drag on the minimap moves the window along, as far as the trace goes")
  func minimap() throws {
    var stage = TraceStage(SampleTraces.checkout, width: 120, height: 40)
    stage.press(.character("+"), .character("+"))
    let window = stage.model.window
    let map = try #require(
      stage.grid.regions.last { $0.target == Target(TraceModel.Spot.minimap) }
    ).rect
    stage.mouse(.press, map.x, map.y)
    #expect(stage.model.window.start == window.first)
    stage.mouse(.drag, map.x + map.width / 2, map.y + 1)
    let middle = stage.model.window
    let center = middle.start.advanced(by: middle.length / 2).since(window.first)
    let whole = window.last.since(window.first)
    #expect(abs(center * 2 - whole) <= whole / 50 && middle.length == window.length)
    stage.mouse(.drag, 200, 39)
    stage.mouse(.release, 200, 39)
    #expect(stage.model.window.end == window.last)
  }
}

extension TraceStage {
  var grid: Grid { AppView.draw(state) }

  mutating func mouse(_ kind: MouseEvent.Kind, _ x: Int, _ y: Int) {
    let (event, region) = grid.event(kind, x, y)
    _ = state.update(.mouse(event, over: region))
  }

  /// - Parameter column: of the text.
  mutating func click(_ text: String, column: Int = 0) {
    guard let at = grid.position(of: text) else { return }
    mouse(.press, at.x + column, at.y)
    mouse(.release, at.x + column, at.y)
  }
}
