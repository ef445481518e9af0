import Explorer
import Screen
import TestSupport
import Testing
import TraceSupport
import Views

@Suite struct HomeMouseTests {
  @Test("a click goes to a pane and its row, a title sorts, a tab shows its list")
  func panes() {
    var stage = HomeStage()
    stage.click("api ", from: 12)
    #expect(stage.state.home.pane == .services && stage.state.home.services.selected == "api")
    stage.click("P99  ", from: 12)
    #expect(stage.state.home.services.order == .p99)
    stage.click("Recent events")
    #expect(stage.state.home.pane == .recent && stage.lines.contains { $0.contains("no such key") })
    stage.click("Errors  %")
    #expect(stage.state.home.pane == .errors)
  }

  @Test("two clicks on a graph open it as a query, two on a service narrow to it")
  func double() {
    var stage = HomeStage()
    stage.click("api ", from: 12)
    stage.click("api ", from: 12)
    #expect(stage.state.context.service == "api")
    stage.press(.escape)
    stage.click("Duration  P50")
    stage.click("Duration  P50")
    #expect(stage.state.screen == .query)
  }
}

extension HomeStage {
  /// A click on the first place of a text at or below a line.
  mutating func click(_ text: String, from line: Int = 0) {
    let frame = grid
    for y in line..<frame.height {
      let row = (0..<frame.width).map { frame[$0, y].character }
      let wanted = Array(text)
      guard
        let x = (0...row.count - wanted.count).first(where: {
          row[$0..<$0 + wanted.count].elementsEqual(wanted)
        })
      else { continue }
      for kind in [MouseEvent.Kind.press, .release] {
        let (event, region) = frame.event(kind, x, y)
        _ = state.update(.mouse(event, over: region))
      }
      return
    }
    Issue.record("'\(text)' is not on the screen")
  }
}
