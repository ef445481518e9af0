import Explorer
import QueryLanguage
import Screen
import Telemetry
import Testing
import TraceSupport
import Views

/// The table, the tabs, the history and what can be written and copied.
@Suite struct ResultJourneys {
  private func frame(_ stage: QueryStage) -> String { AppView.draw(stage.state).text }

  private func grouped(limit: Int? = nil) -> QueryStage {
    var stage = QueryStage(width: 110, height: 32)
    var query = Query(visualize: [.count, .maximum(.duration)], groupBy: [.serviceName])
    query.groupBy.append(FieldRef("http.route"))
    query.limit = limit
    _ = stage.state.update(.open(.query(query)))
    stage.answerAll()
    stage.press(.character("R"))
    return stage
  }

  @Test("Enter on a graph of Home opens it as a query, already run")
  func fromHome() {
    var stage = QueryStage()
    stage.press(.character("1"), .up, .right, .right, .enter)
    #expect(stage.state.screen == .query)
    #expect(stage.queryText.hasPrefix("VISUALIZE HEATMAP(duration_ms), P50(duration_ms)"))
    #expect(frame(stage).contains("73 of 73 spans") && frame(stage).contains("P95(duration_ms)"))
    stage.press(.escape)
    #expect(stage.state.screen == .home)
  }

  @Test("a value of another screen edits the query and runs it")
  func fromElsewhere() {
    var stage = QueryStage()
    stage.press(.character("3"), .character("m"), .character("n"))
    #expect(stage.state.screen == .query)
    #expect(stage.queryText.contains("WHERE name = "))
    #expect((stage.model.result?.spansMatched ?? 99) < 73)
  }

  @Test("rows have marks, numbers their units on the right, TOTAL stands below")
  func table() {
    let stage = grouped()
    let text = frame(stage)
    #expect(text.contains("COUNT ↓") && text.contains("MAX(duration_ms)"))
    #expect(text.contains("● web             /home"))
    #expect(text.contains("TOTAL") && text.contains("73") && text.contains("900ms"))
  }

  @Test("OTHER stands for the groups that LIMIT cuts off")
  func other() {
    #expect(frame(grouped(limit: 1)).contains("OTHER"))
    #expect(!frame(grouped()).contains("OTHER"))
  }

  @Test("the cursor's row alone is lit in the graphs, Esc lights all again")
  func lit() {
    var stage = grouped()
    #expect(stage.model.litRow == nil)
    stage.press(.down)
    #expect(stage.model.litRow == 0)
    stage.press(.down)
    #expect(stage.model.litRow == 1)
    stage.press(.escape)
    #expect(stage.model.litRow == nil && stage.state.screen == .query)
  }

  @Test("S orders by any column, again or r the other way, and the query says so")
  func sorting() {
    var stage = grouped()
    stage.press(.character("S"))
    #expect(stage.queryText.hasSuffix("ORDER BY service.name ASC"))
    stage.press(.right, .right, .right, .character("S"))
    #expect(stage.queryText.hasSuffix("ORDER BY MAX(duration_ms) DESC"))
    stage.press(.character("S"))
    #expect(stage.queryText.hasSuffix("ORDER BY MAX(duration_ms) ASC"))
    #expect(frame(stage).contains("MAX(duration_ms) ↑"))
    stage.press(.left, .character("S"), .character("r"))
    #expect(stage.queryText.hasSuffix("ORDER BY COUNT ASC"))
  }

  @Test("raw rows are ordered by any column, a heatmap by none")
  func sortingElsewhere() {
    var stage = QueryStage(width: 120)
    stage.press(.right, .character("S"))
    #expect(stage.queryText == "VISUALIZE COUNT, HEATMAP(duration_ms)")
    #expect(stage.state.notice?.text.contains("heatmap") == true)
    stage.press(.character("["), .right, .right, .right, .character("S"))
    #expect(frame(stage).contains("duration_ms ↓"))
    stage.press(.character("S"))
    #expect(frame(stage).contains("duration_ms ↑"))
  }

  @Test("= and x show only this value or all but it, b groups by its field")
  func values() {
    var stage = grouped()
    stage.press(.down, .right, .character("="))
    #expect(stage.queryText.contains("WHERE http.route = \"/home\""))
    stage.press(.character("u"), .right, .character("x"))
    #expect(stage.queryText.contains("WHERE http.route != \"/home\""))
    stage.press(.character("x"))
    #expect(frame(stage).contains("COUNT"))
  }

  @Test("Enter on a row opens the menu of its value; its traces are of its group")
  func menu() {
    var stage = grouped()
    stage.press(.down, .enter)
    #expect(frame(stage).contains("show only where service.name = web"))
    stage.press(.character("t"))
    #expect(stage.askedTraces.first?.group.count == 2)
    #expect(stage.model.tab == .traces)
  }

  @Test("the Traces tab lists every trace with its matching value, sorted as told")
  func traces() {
    var stage = QueryStage()
    stage.press(.character("]"))
    #expect(stage.askedTraces.first?.limit == .max)
    #expect(frame(stage).contains("900ms") && frame(stage).contains("1 of 21 traces"))
    stage.press(.character("S"))
    #expect(stage.askedTraces.first?.order == .newest)
    stage.press(.character("r"))
    #expect(stage.askedTraces.first?.order == .oldest)
  }

  @Test("Raw data lists spans; C chooses columns by searching")
  func raw() {
    var stage = QueryStage(width: 120)
    stage.press(.character("["))
    #expect(frame(stage).contains("1 of 73 spans"))
    stage.press(.character("C"))
    stage.type("user")
    stage.press(.enter, .escape)
    #expect(stage.model.pane == .raw)
    #expect(frame(stage).contains("user.id"))
    stage.press(.character("o"))
    #expect(stage.state.screen == .trace)
  }

  @Test("C marks the columns shown and hides those that always come, but not the last")
  func hiding() {
    var stage = QueryStage(width: 120)
    stage.press(.character("["), .character("C"))
    #expect(frame(stage).contains("[x] start_time"))
    stage.type("status_code")
    stage.press(.enter)
    #expect(frame(stage).contains("[ ] status_code"))
    stage.press(.escape)
    #expect(!frame(stage).contains("status_code") && frame(stage).contains("start_time"))
    stage.press(.character("C"))
    for _ in 0..<8 { stage.press(.enter, .down) }
    stage.press(.escape)
    #expect(stage.model.raw.result?.columns.isEmpty == false)
  }

  @Test("a raw query opens the Raw data tab and orders by any column")
  func rawQuery() {
    var stage = QueryStage()
    stage.press(.character("e"), .control("u"))
    stage.type("WHERE duration_ms > 100")
    stage.press(.enter)
    #expect(stage.model.tab == .raw && frame(stage).contains("1 of 1 span"))
  }

  @Test("the history keeps what was asked, newest first, and finds it again")
  func history() {
    var stage = grouped()
    stage.press(.right, .right, .right, .character("S"))
    stage.press(.character("h"))
    #expect(stage.model.picker?.found.count == 2)
    #expect(frame(stage).contains("3 groups, 73 spans, MAX 900ms"))
    stage.type("order by max")
    #expect(stage.model.picker?.found.count == 1)
    stage.press(.enter)
    #expect(stage.queryText.hasSuffix("ORDER BY MAX(duration_ms) DESC"))
  }

  @Test("s keeps a query under a name that the shell can say")
  func saving() throws {
    var stage = grouped()
    stage.press(.character("s"))
    stage.type("slow routes")
    stage.press(.enter)
    let kept = stage.effects.compactMap { effect -> HistoryEntry? in
      if case .remember(let entry) = effect { entry } else { nil }
    }
    #expect(try #require(kept.first).name == "slow-routes")
    #expect(frame(stage).contains("otel-tui query @slow-routes"))
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
  func writing() {
    var stage = grouped()
    stage.press(.character("w"))
    let text = frame(stage)
    for item in ["CSV", "JSON", "OTLP JSON lines", "SVG", "as text"] {
      #expect(text.contains(item))
    }
    stage.press(.character("c"))
    #expect(written(stage) == ["csv"])
    for (key, kind) in [("J", "json"), ("l", "spans"), ("s", "svg"), ("t", "text")] {
      stage.press(.character("w"), .character(Character(key)))
      #expect(written(stage) == [kind], "\(key)")
    }
    stage.send(.wrote(.success("otel-tui-1.csv")))
    #expect(frame(stage).contains("wrote otel-tui-1.csv"))
    stage.press(.character("w"), .character("y"))
    #expect(stage.isCopying == stage.queryText)
    stage.press(.down, .character("y"))
    #expect(stage.isCopying == "web")
  }
}
