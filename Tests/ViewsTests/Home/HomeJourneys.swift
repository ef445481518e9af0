import Explorer
import QueryLanguage
import Screen
import Telemetry
import Testing
import TraceSupport
import Views

@Suite struct HomeJourneys {
  @Test("a service's row has its rate, errors, percentiles and slowest operation")
  func table() throws {
    let stage = HomeStage()
    let titles = try #require(stage.lines.firstIndex { $0.contains("slowest operation") })
    let web = stage.lines[titles + 1]
    #expect(web.contains("● web "))
    // 500 spans in 100 seconds; 5 of them errors.
    for text in [" 5 ", "1.0 %", "12.0ms", "80.0ms", "120ms", "GET /slow", "300ms"] {
      #expect(web.contains(text), "\(text) in \(web)")
    }
    let db = stage.lines[titles + 3]
    #expect(db.contains("▲ db ") && db.contains(" 1 ") && db.contains(" 0 %"), "\(db)")
  }

  @Test("every service is lit until one is gone to; then it alone is")
  func lit() {
    var stage = HomeStage()
    #expect(Self.rateRoles(stage) == [.series1, .series2, .series3])
    stage.press(.character("j"))
    #expect(Self.rateRoles(stage) == [.series2], "api is the second")
    stage.press(.tab)
    #expect(Self.rateRoles(stage) == [.series1, .series2, .series3])
  }

  @Test("Enter on a service narrows everything to it, Esc widens again")
  func narrowing() {
    var stage = HomeStage()
    stage.press(.enter)
    let filters = stage.requests.compactMap { asked -> Filter? in
      if case .query(let query, _) = asked.request { query.filter } else { nil }
    }
    #expect(!filters.isEmpty)
    let own = Filter.compare(.serviceName, .equal, .text("web"))
    #expect(filters.allSatisfy { $0 == own || $0 == .and([own, .holds(.error)]) })
    stage.answerAll()
    #expect(stage.lines.contains { $0.contains("Services › web") })
    stage.press(.escape)
    #expect(stage.state.context.service == nil)
  }

  @Test("Enter on a graph opens it as a query, already asked", arguments: [0, 1, 2])
  func graphs(number: Int) throws {
    var stage = HomeStage()
    stage.press(.up)
    for _ in 0..<number { stage.press(.right) }
    stage.press(.enter)
    #expect(stage.state.screen == .query)
    let asked = stage.requests.compactMap { asked -> Query? in
      if case .query(let query, _) = asked.request { query } else { nil }
    }
    let query = try #require(asked.first)
    let expected = [
      "VISUALIZE COUNT GROUP BY service.name", "VISUALIZE AVG(error) GROUP BY service.name",
      "VISUALIZE HEATMAP(duration_ms)",
    ]
    #expect(QueryText.print(query).hasPrefix(expected[number]), "\(QueryText.print(query))")
  }

  @Test("Enter on a trace, and on an event, opens the trace")
  func traces() {
    var stage = HomeStage()
    stage.press(.tab, .character("j"), .enter)
    #expect(stage.state.screen == .trace && stage.state.trace.id == HomeStage.traceID)
    stage = HomeStage()
    stage.press(.tab, .character("]"))
    #expect(stage.lines.contains { $0.contains("exception") && $0.contains("no such key") })
    stage.press(.enter)
    #expect(stage.state.screen == .trace && stage.state.trace.id == HomeStage.traceID)
  }

  @Test("Home is drawn at any size, in both character sets")
  func sizes() {
    for (width, height) in [(60, 16), (80, 24), (100, 30), (200, 60)] {
      for isUnicode in [true, false] {
        var stage = HomeStage(width, height, isUnicode: isUnicode)
        for key in "jjk]][[lhsGg" { stage.press(.character(key)) }
        let grid = stage.grid
        #expect(grid.width == width && grid.height == height)
        if !isUnicode { #expect(grid.text.allSatisfy { $0.isASCII || $0 == "\u{2022}" }) }
      }
    }
  }

  /// Colours of the marks in the graph of rates.
  private static func rateRoles(_ stage: HomeStage) -> Set<Role> {
    let grid = stage.grid
    let graph = stage.state.home.panes(stage.state.context).graphs[0]
    var roles: Set<Role> = []
    // Below the legend, beside the labels.
    for y in graph.y + 2..<graph.bottom - 2 {
      for x in graph.x + 6..<graph.right - 1 where grid[x, y].character != " " {
        if case .role(let role) = grid[x, y].ink.front, role != .gridline { roles.insert(role) }
      }
    }
    return roles.intersection([.series1, .series2, .series3])
  }
}
