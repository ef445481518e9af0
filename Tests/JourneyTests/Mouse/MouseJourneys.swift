import Explorer
import QueryLanguage
import Screen
import Telemetry
import TestSupport
import Testing
import TraceSupport
import Views

/// The mouse on every screen: what is clicked is what is meant.
@Suite struct MouseJourneys {
  @Test("a click on a tab of the header shows its screen, one on the time range its menu")
  func header() async {
    var stage = await QueryStage()
    await stage.click("3 Traces")
    #expect(stage.state.screen == .traces)
    await stage.click("1 Home")
    #expect(stage.state.screen == .home)
    await stage.click("ALL")
    #expect((stage.state.overlay as? Menu)?.title == "Time range")
    // Beside the menu: it goes, and nothing else happens.
    await stage.mouse((.press, 1, 3), (.release, 1, 3))
    #expect(stage.state.overlay == nil && stage.state.screen == .home)
  }

  @Test("a key of the footer does what the key does")
  func footer() async {
    var stage = await QueryStage()
    await stage.click("? help")
    #expect((stage.state.overlay as? ScrollText)?.isHelp == true)
    await stage.click("Esc close")
    #expect(stage.state.overlay == nil)
  }

  @Test("a click selects a trace, two open it, and the wheel scrolls by rows")
  func traces() async throws {
    var stage = await QueryStage()
    await stage.press(.character("3"))
    let before = stage.state.traces.list
    let second = try #require(stage.position(ofRow: 2))
    await stage.mouse((.press, 30, second), (.release, 30, second))
    #expect(stage.state.traces.list.selected == 2 && stage.state.screen == .traces)
    await stage.mouse((.press, 30, second), (.release, 30, second))
    #expect(stage.state.screen == .trace && stage.state.trace.id == before.rows[2].id)
    await stage.press(.escape)
    await stage.send(.resize(width: 100, height: 16))
    let top = stage.state.traces.list.cursor.top
    await stage.mouse((.wheelDown, 30, 6))
    #expect(stage.state.traces.list.cursor.top == top + 3)
    await stage.mouse((.wheelUp, 30, 6))
    #expect(stage.state.traces.list.cursor.top == top)
  }

  @Test("two clicks far apart in time or place are no double click")
  func slowClicks() async throws {
    var stage = await QueryStage()
    await stage.press(.character("3"))
    let row = try #require(stage.position(ofRow: 1))
    await stage.mouse((.press, 30, row), (.release, 30, row))
    await stage.send(.tick(stage.state.context.now.advanced(by: 600_000_000)))
    await stage.mouse((.press, 30, row), (.release, 30, row), (.press, 30, row + 1))
    #expect(stage.state.screen == .traces && stage.state.traces.list.selected == 2)
  }

  @Test("a click on a title sorts by it, another one the other way")
  func titles() async {
    var stage = await QueryStage()
    await stage.press(.character("3"))
    await stage.click("duration")
    #expect(stage.state.traces.order == TraceOrder(.duration))
    await stage.click("duration")
    #expect(stage.state.traces.order == TraceOrder(.duration, isReversed: true))
    var query = Query(visualize: [.count, .maximum(.duration)], groupBy: [.serviceName])
    query.limit = 10
    await stage.send(.open(.query(query)))
    await stage.click(last: "MAX(duration_ms)")
    #expect(stage.queryText.contains("ORDER BY MAX(duration_ms) DESC"))
  }

  @Test("a drag on the heatmap marks a box from where it began, a click takes it away")
  func box() async throws {
    var stage = await QueryStage(width: 110, height: 32)
    await stage.send(.open(.query(Query(visualize: [.heatmap(.duration)]))))
    let plot = try #require(
      AppView.draw(stage.state).regions.last { $0.target == Target(QueryModel.Spot.plot(0)) })
    let (left, top) = (plot.rect.x + 20, plot.rect.y + 2)
    // Beyond the plot: it ends at its edge.
    await stage.mouse((.press, left, top), (.drag, left + 5, top + 1), (.drag, 109, 31))
    await stage.mouse((.release, 109, 31))
    let box = try #require(stage.model.graphBox)
    #expect(stage.model.pane == .box && stage.model.graph.anchor != nil)
    #expect(box.high.bucket == (stage.model.result?.times.count ?? 0) - 1 && box.low.row == 0)
    #expect(box.low.bucket < box.high.bucket && box.low.row < box.high.row)
    #expect(stage.frame.contains(" box "))
    await stage.mouse((.press, left, top), (.release, left, top))
    #expect(stage.model.graph.anchor == nil && stage.model.graphCell != nil)
  }

  @Test("a drag on a graph of Home marks the time from where it began, and Enter zooms to it")
  func homeMark() async throws {
    var stage = await QueryStage(width: 120, height: 36)
    await stage.press(.character("1"))
    let plot = try #require(
      AppView.draw(stage.state).regions.last { $0.target == Target(HomeModel.Spot.plot(.rate)) }
    ).rect
    let (from, to) = (plot.x + plot.width / 4, plot.x + plot.width / 2)
    await stage.mouse((.press, from, plot.y + 1), (.drag, to, plot.y), (.release, to, plot.y))
    #expect(stage.state.home.pane == .marking && stage.state.home.focus == .rate)
    let result = try #require(stage.state.home.figures.byService)
    let buckets = try #require(stage.state.home.markedBuckets(result))
    let expected = [from, to].map { ($0 - plot.x) * result.times.count / plot.width }
    #expect([buckets.lowerBound, buckets.upperBound] == expected)
    let marked = try #require(stage.state.home.markedSpan)
    await stage.press(.enter)
    #expect(stage.state.home.mark == nil)
    let zoomed = try #require(stage.state.home.figures.byService)
    #expect(zoomed.start >= marked.start && zoomed.end <= marked.end)
    await stage.mouse((.press, from, plot.y), (.release, from, plot.y))
    #expect(stage.state.home.pane == .rate)
  }

  @Test("a double click on a cell of the heatmap is Enter: its slowest trace")
  func drill() async throws {
    var stage = await QueryStage(width: 110, height: 32)
    await stage.send(.open(.query(Query(visualize: [.heatmap(.duration)]))))
    await stage.press(.up)
    let frame = AppView.draw(stage.state)
    let plot = try #require(frame.regions.last { $0.target == Target(QueryModel.Spot.plot(0)) })
    let mark = try #require(frame.position(of: "◆"))
    #expect(plot.rect.contains(mark.x, mark.y))
    let cell = stage.model.graphCell
    await stage.mouse((.press, mark.x, mark.y), (.release, mark.x, mark.y))
    #expect(stage.model.graphCell == cell, "the cell drawn there is the one that is pointed at")
    await stage.mouse((.press, mark.x, mark.y))
    #expect(stage.state.screen == .trace)
  }

  @Test("on the Compare tab a click goes to a field or a value, and two open its menu")
  func compare() async throws {
    var stage = await QueryStage(width: 120, height: 40)
    await stage.press(.up, .character("v"))
    await stage.press(.left, times: 200)
    await stage.press(.down, times: 20)
    await stage.press(.character("d"))
    let tab = { (stage: QueryStage) in stage.model.tabs[CompareTab.self] }
    let list = try #require(
      AppView.draw(stage.state).regions.last { $0.target == Target(QueryModel.Spot.rows(first: 0)) }
    ).rect
    let index = try #require(
      tab(stage).list.rows.firstIndex {
        if case .field(let field) = $0 {
          tab(stage).difference(field)?.measure == nil
        } else {
          false
        }
      })
    await stage.mouse((.press, 30, list.y + index), (.release, 30, list.y + index))
    #expect(tab(stage).list.selected == index && stage.model.pane == .compare)
    let values = try #require(
      AppView.draw(stage.state).regions.last {
        $0.target == Target(QueryModel.Spot.cells(first: 0, column: 0))
      }
    ).rect
    await stage.mouse((.press, values.x + 3, values.y), (.release, values.x + 3, values.y))
    #expect(tab(stage).list.selected == index && stage.model.pane == .values)
    await stage.mouse((.press, values.x + 3, values.y))
    #expect(stage.state.overlay is Menu)
  }

  @Test("a click on a clause edits it, one on a completion takes it, one on the table leaves")
  func clauses() async {
    var stage = await QueryStage(width: 110, height: 40)
    await stage.click("WHERE")
    #expect(stage.model.draft?.position == .clause(.filter))
    await stage.type("http.ro")
    await stage.click(last: "http.route")
    #expect(stage.model.draft?.field.text.hasPrefix("http.route") == true)
    await stage.click("GROUP BY")
    #expect(stage.model.draft?.position == .clause(.groupBy))
    await stage.click(last: "COUNT")
    #expect(stage.model.draft == nil && stage.model.pane == .table)
  }

  @Test("an item of a menu is chosen by a click, tabs by their names")
  func menus() async {
    var stage = await QueryStage()
    await stage.click("Raw data")
    #expect(stage.model.tab == "Raw data")
    await stage.press(.character("m"))
    await stage.click("group by start_time")
    #expect(stage.state.overlay == nil && stage.queryText.contains("GROUP BY start_time"))
  }
}

extension QueryStage {
  /// The line of the screen of a row of the list of traces.
  fileprivate func position(ofRow row: Int) -> Int? {
    let list = AppView.draw(state).regions.last { region in
      if case .rows? = region.target.value as? TracesModel.Spot { true } else { false }
    }
    return list.map { $0.rect.y + row }
  }

  /// A click on the last position of a text, from the foot of the screen.
  fileprivate mutating func click(last text: String) async {
    let grid = AppView.draw(state)
    let wanted = Array(text)
    for y in (0..<grid.height).reversed() {
      let row = (0..<grid.width).map { grid[$0, y].character }
      for x in (0...row.count - wanted.count).reversed()
      where row[x..<x + wanted.count].elementsEqual(wanted) {
        return await mouse((.press, x, y), (.release, x, y))
      }
    }
    Issue.record("'\(text)' is not on the screen:\n\(frame)")
  }
}
