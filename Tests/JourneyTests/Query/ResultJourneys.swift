import Explorer
import QueryLanguage
import Screen
import Telemetry
import Testing
import TraceSupport
import Views

/// The table, the tabs, the history and what can be written and copied.
@Suite struct ResultJourneys {
  private func grouped(limit: Int? = nil) async -> QueryStage {
    var stage = await QueryStage(width: 110, height: 32)
    var query = Query(visualize: [.count, .maximum(.duration)], groupBy: [.serviceName])
    query.groupBy.append(FieldRef("http.route"))
    query.limit = limit
    await stage.send(.open(.query(query)))
    return stage
  }

  @Test("Enter on a graph of Home opens it as a query, already run")
  func fromHome() async {
    var stage = await QueryStage()
    await stage.press(.character("1"), .up, .right, .right, .enter)
    #expect(stage.state.screen == .query)
    #expect(stage.queryText.hasPrefix("VISUALIZE HEATMAP(duration_ms), P50(duration_ms)"))
    #expect(stage.frame.contains("73 of 73 spans") && stage.frame.contains("P95(duration_ms)"))
    await stage.press(.escape)
    #expect(stage.state.screen == .home)
  }

  @Test("a value of another screen edits the query and runs it")
  func fromElsewhere() async {
    var stage = await QueryStage()
    await stage.press(.character("3"), .character("m"), .character("n"))
    #expect(stage.state.screen == .query)
    #expect(stage.queryText.contains("WHERE name = "))
    #expect((stage.model.result?.spansMatched ?? 99) < 73)
  }

  @Test("a graph of few buckets shows what was counted, however little of one the range covers")
  func fewBuckets() async {
    let stage = await QueryStage(spans: [SketchSpan.sample[0]])
    let axis = stage.frame.split(separator: "\n").filter { $0.contains("│█") }
      .compactMap { $0.split(separator: "│").first.map { String($0.filter { $0 != " " }) } }
    #expect(axis.first == "1")
  }

  @Test("rows have marks, numbers their units on the right, TOTAL stands below")
  func table() async {
    let stage = await grouped()
    let text = stage.frame
    #expect(text.contains("COUNT ↓") && text.contains("MAX(duration_ms)"))
    #expect(text.contains("● web             /home"))
    #expect(text.contains("TOTAL") && text.contains("73") && text.contains("900ms"))
  }

  @Test("OTHER stands for the groups that LIMIT cuts off")
  func other() async {
    let (cut, whole) = (await grouped(limit: 1), await grouped())
    #expect(cut.frame.contains("OTHER") && !whole.frame.contains("OTHER"))
  }

  @Test("the cursor's row alone is lit in the graphs, Esc lights all again")
  func lit() async {
    var stage = await grouped()
    #expect(stage.model.litRow == nil)
    await stage.press(.down)
    #expect(stage.model.litRow == 0)
    await stage.press(.down)
    #expect(stage.model.litRow == 1)
    await stage.press(.escape)
    #expect(stage.model.litRow == nil && stage.state.screen == .query)
  }

  @Test("S orders by any column, again or r the other way, and the query says so")
  func sorting() async {
    var stage = await grouped()
    await stage.press(.character("S"))
    #expect(stage.queryText.hasSuffix("ORDER BY service.name ASC"))
    await stage.press(.right, .right, .right, .character("S"))
    #expect(stage.queryText.hasSuffix("ORDER BY MAX(duration_ms) DESC"))
    await stage.press(.character("S"))
    #expect(stage.queryText.hasSuffix("ORDER BY MAX(duration_ms) ASC"))
    #expect(stage.frame.contains("MAX(duration_ms) ↑"))
    await stage.press(.left, .character("S"), .character("r"))
    #expect(stage.queryText.hasSuffix("ORDER BY COUNT ASC"))
  }

  @Test("raw rows are ordered by any column, a heatmap by none")
  func sortingElsewhere() async {
    var stage = await QueryStage(width: 120)
    await stage.press(.right, .character("S"))
    #expect(stage.queryText == "VISUALIZE COUNT, HEATMAP(duration_ms)")
    #expect(stage.state.notice?.text.contains("heatmap") == true)
    await stage.press(.character("["), .character("["), .right, .right, .right, .character("S"))
    #expect(stage.frame.contains("duration_ms ↓"))
    await stage.press(.character("S"))
    #expect(stage.frame.contains("duration_ms ↑"))
  }

  @Test("= and x show only this value or all but it, b groups by its field")
  func values() async {
    var stage = await grouped()
    await stage.press(.down, .right, .character("="))
    #expect(stage.queryText.contains("WHERE http.route = \"/home\""))
    await stage.press(.character("u"), .right, .character("x"))
    #expect(stage.queryText.contains("WHERE http.route != \"/home\""))
    await stage.press(.character("x"))
    #expect(stage.frame.contains("COUNT"))
  }

  @Test("Enter on a row opens the menu of its value; its traces are of its group")
  func menu() async {
    var stage = await grouped()
    await stage.press(.down, .enter)
    #expect(stage.frame.contains("show only where service.name = web"))
    await stage.press(.character("t"))
    #expect(stage.askedTraces.first?.group.count == 2)
    #expect(stage.model.tab == "Traces")
  }

  @Test("the Traces tab lists every trace with its matching value, sorted as told")
  func traces() async {
    var stage = await QueryStage()
    await stage.press(.character("]"))
    #expect(stage.askedTraces.first?.limit == .max)
    #expect(stage.frame.contains("900ms") && stage.frame.contains("1 of 21 traces"))
    await stage.press(.character("S"))
    #expect(stage.askedTraces.first?.order == .newest)
    await stage.press(.character("r"))
    #expect(stage.askedTraces.first?.order == .oldest)
  }

  @Test("Raw data lists spans; C chooses columns by searching")
  func raw() async {
    var stage = await QueryStage(width: 120)
    await stage.press(.character("["), .character("["))
    #expect(stage.frame.contains("1 of 73 spans"))
    await stage.press(.character("C"))
    await stage.type("user")
    await stage.press(.enter, .escape)
    #expect(stage.model.pane == .raw)
    #expect(stage.frame.contains("user.id"))
    await stage.press(.character("o"))
    #expect(stage.state.screen == .trace)
  }

  @Test("C marks the columns shown and hides those that always come, but not the last")
  func hiding() async {
    var stage = await QueryStage(width: 120)
    await stage.press(.character("["), .character("["), .character("C"))
    #expect(stage.frame.contains("[x] start_time"))
    await stage.type("status_code")
    await stage.press(.enter)
    #expect(stage.frame.contains("[ ] status_code"))
    await stage.press(.escape)
    #expect(!stage.frame.contains("status_code") && stage.frame.contains("start_time"))
    await stage.press(.character("C"))
    for _ in 0..<8 { await stage.press(.enter, .down) }
    await stage.press(.escape)
    #expect(stage.model.raw.result?.columns.isEmpty == false)
  }

  @Test("a raw query opens the Raw data tab and orders by any column")
  func rawQuery() async {
    var stage = await QueryStage()
    await stage.press(.character("e"), .control("u"))
    await stage.type("WHERE duration_ms > 100")
    await stage.press(.enter)
    #expect(stage.model.tab == "Raw data" && stage.frame.contains("1 of 1 span"))
  }

  @Test("the history keeps what was asked, newest first, and finds it again")
  func history() async {
    var stage = await grouped()
    await stage.press(.right, .right, .right, .character("S"))
    await stage.press(.character("h"))
    #expect(stage.model.picker?.list.count == 2)
    #expect(stage.frame.contains("3 groups, 73 spans, MAX 900ms"))
    await stage.type("order by max")
    #expect(stage.model.picker?.list.count == 1)
    await stage.press(.enter)
    #expect(stage.queryText.hasSuffix("ORDER BY MAX(duration_ms) DESC"))
  }

  @Test("s keeps a query under a name that the shell can say")
  func saving() async throws {
    var stage = await grouped()
    await stage.press(.character("s"))
    await stage.type("slow routes")
    await stage.press(.enter)
    let kept = stage.effects.compactMap { effect -> HistoryEntry? in
      if case .remember(let entry) = effect { entry } else { nil }
    }
    #expect(try #require(kept.first).name == "slow-routes")
    // It is said to be saved by whoever has written it, and not before.
    #expect(!stage.frame.contains("saved"))
  }

  private func written(_ stage: QueryStage) -> [String] {
    stage.effects.compactMap { effect in
      guard case .write(let job) = effect else { return nil }
      return switch job.content {
      case .resultCSV: "csv"
      case .resultJSON: "json"
      case .spans: "spans"
      case .screenSVG: "svg"
      case .screenText: "text"
      default: "other"
      }
    }
  }

  @Test("w writes the table, the spans and the screen; y copies what the cursor is on")
  func writing() async {
    var stage = await grouped()
    await stage.press(.character("w"))
    let text = stage.frame
    for item in ["CSV", "JSON", "OTLP JSON lines", "SVG", "as text"] {
      #expect(text.contains(item))
    }
    await stage.press(.character("c"))
    #expect(written(stage) == ["csv"])
    for (key, kind) in [("J", "json"), ("l", "spans"), ("s", "svg"), ("t", "text")] {
      await stage.press(.character("w"), .character(Character(key)))
      #expect(written(stage) == [kind], "\(key)")
    }
    await stage.send(.wrote(.success("otel-tui-1.csv")))
    #expect(stage.frame.contains("wrote otel-tui-1.csv"))
    await stage.press(.character("w"), .character("y"))
    #expect(stage.isCopying == stage.queryText)
    await stage.press(.down, .character("y"))
    #expect(stage.isCopying == "web")
  }
}
