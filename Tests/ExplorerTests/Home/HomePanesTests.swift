import Explorer
import Screen
import Testing

@Suite struct HomePanesTests {
  @Test(
    "the panes fill the body without overlap, whatever the size and the number of services",
    arguments: [16, 20, 24, 36, 60, 100])
  func filling(height: Int) {
    for services in [0, 1, 3, 8, 200] {
      let body = Rect(x: 0, y: 1, width: 120, height: height - 3)
      let panes = HomePanes(body, services: services)
      #expect(panes.services.y == panes.graphs[0].bottom)
      #expect(panes.recent.y == panes.services.bottom)
      #expect(panes.recent.bottom == body.bottom)
      #expect(panes.graphs.map(\.width).reduce(0, +) == body.width)
      #expect(panes.recentRows > 0)
    }
  }

  @Test("the table of services takes no more room than it has rows for")
  func fitting() {
    let body = Rect(x: 0, y: 1, width: 200, height: 57)
    #expect(HomePanes(body, services: 8).serviceRows == 8)
    #expect(HomePanes(body, services: 1).serviceRows == 1)
    #expect(HomePanes(body, services: 500).serviceRows < 20)
  }
}
