import Explorer
import QueryLanguage
import Screen
import Testing
import TraceSupport

@testable import Views

/// What must hold at every size, with and without Unicode.
@Suite struct QueryScreenSizes {
  private func stage(_ width: Int, _ height: Int, isUnicode: Bool) async -> QueryStage {
    var stage = await QueryStage(width: width, height: height, isUnicode: isUnicode)
    let query = Query(
      visualize: [.count, .heatmap(.duration), .percentile(.p99, .duration), .maximum(.duration)],
      groupBy: [.serviceName, FieldRef("http.route")])
    await stage.send(.open(.query(query)))
    return stage
  }

  @Test(
    "the parts of the screen never overlap and stay inside it",
    arguments: [(60, 16), (80, 24), (100, 30), (120, 40), (200, 60)])
  func parts(_ width: Int, _ height: Int) async {
    var stage = await stage(width, height, isUnicode: true)
    for keys: [Key] in [[], [.up], [.escape, .tab]] {
      for key in keys { await stage.press(key) }
      let body = stage.state.context.body
      let panes = QueryPanes(body, stage.model)
      var taken = Set<Int>()
      for rect in [panes.builder, panes.tabs, panes.reading, panes.table] + panes.graphs {
        #expect(rect.intersection(body) == rect)
        for y in rect.y..<rect.bottom {
          for x in rect.x..<rect.right { #expect(taken.insert(y * width + x).inserted) }
        }
      }
      #expect(panes.tableRows >= 1)
      #expect(!panes.graphs.isEmpty || height < 24)
    }
  }

  @Test(
    "ASCII draws nothing but ASCII, whatever is shown",
    arguments: [[Key.up], [.tab], [.character("]")], [.character("[")], [.character("h")]])
  func ascii(_ keys: [Key]) async {
    var stage = await stage(80, 24, isUnicode: false)
    for key in keys { await stage.press(key) }
    let text = stage.frame
    let strange = text.filter { !$0.isASCII }
    #expect(strange.isEmpty, "\(strange)\n\(text)")
  }

  @Test("every graph can be reached at 80x24, and is shown when it is")
  func reach() async {
    var stage = await stage(80, 24, isUnicode: true)
    for name in ["MAX(duration_ms)", "P99(duration_ms)", "HEATMAP(duration_ms)", "COUNT"] {
      await stage.press(.backTab)
      #expect(stage.frame.contains("▸\(name)"), "\(name)")
    }
  }

  @Test("groups are told apart by marks as well as by colours")
  func marks() async {
    let stage = await stage(120, 40, isUnicode: true)
    let text = stage.frame
    for mark in ["● ", "■ ", "▲ "] {
      #expect(text.components(mark) >= 2, "in the legend and in the table: \(mark)")
    }
  }

  @Test("the lit group is bright, the others are in the ink of the grid")
  func dimming() async {
    var stage = await stage(120, 40, isUnicode: true)
    await stage.press(.down, .down)
    let grid = AppView.draw(stage.state)
    var inks: Set<Ink.Tone> = []
    for y in 0..<grid.height {
      for x in 0..<grid.width {
        if let scalar = grid[x, y].character.unicodeScalars.first,
          (0x2801...0x28FF).contains(scalar.value)
        {
          inks.insert(grid[x, y].ink.front)
        }
      }
    }
    #expect(inks == [.role(.gridline), .role(.series(1))])
  }
}

extension String {
  /// How often a text occurs.
  fileprivate func components(_ part: String) -> Int {
    var count = 0
    var rest = self[...]
    while let index = rest.firstRange(of: part) {
      count += 1
      rest = rest[index.upperBound...]
    }
    return count
  }
}
