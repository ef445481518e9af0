import Explorer
import QueryLanguage
import Screen
import Telemetry
import Testing
import TraceSupport
import Views

/// Spans arriving, slow answers, cancelled ones.
@Suite struct LiveJourneys {
  @Test("a refresh shows new spans, and the graph's cursor stays on its time and value")
  func cursorStays() async throws {
    var stage = await QueryStage()
    await stage.press(.up, .left)
    let before = try #require(stage.model.graph.point)
    await stage.receive([SketchSpan(20_000, "web", "/home", 700, 99)])
    #expect(stage.frame.contains("74 of 74 spans"))
    #expect(stage.model.graph.point == before)
    let cell = try #require(stage.model.graphCell)
    let result = try #require(stage.model.result)
    #expect(result.span(ofBucket: cell.bucket).from <= before.time)
    #expect(result.span(ofBucket: cell.bucket).to > before.time)
  }

  @Test("the table's cursor stays on its group when rows change places")
  func rowStays() async {
    var stage = await QueryStage()
    await stage.press(.character("i"), .tab, .tab)
    await stage.type("service.name")
    await stage.press(.enter, .down, .down)
    #expect(stage.model.litRow == 1)
    await stage.receive((0..<80).map { SketchSpan(10_000 + $0, "db", "/sql", 5, 50) })
    #expect(stage.model.litRow == 0)
    #expect(stage.model.result?.rows[0][0] == .text("db"))
  }

  @Test("a refresh nobody asked for does not say running")
  func quiet() async {
    var stage = await QueryStage()
    stage.isAnswering = false
    await stage.receive([SketchSpan(9_999, "web", "/home", 1, 1)])
    #expect(!stage.frame.contains("running"))
    #expect(stage.frame.contains("73 of 73"))
    await stage.answerAll()
    #expect(stage.frame.contains("74 of 74"))
  }

  @Test("a question of a person's says running; Esc cancels it and what was shown stays")
  func cancelling() async {
    var stage = await QueryStage()
    stage.isAnswering = false
    await stage.press(.character("+"))
    #expect(stage.frame.contains("running… 73 spans"))
    await stage.press(.escape)
    let isCancelled = stage.effects.contains {
      if case .cancel(Slot(.query, "result")) = $0 { true } else { false }
    }
    #expect(isCancelled && stage.frame.contains("cancelled"))
    await stage.answerAll()
    #expect(stage.frame.contains("73 of 73 spans"))
  }

  @Test("a long question shows how much is done and for how long, never less than before")
  func progress() async {
    var stage = await QueryStage()
    stage.isAnswering = false
    await stage.press(.character("+"))
    let requestID = stage.effects.compactMap { effect -> RequestID? in
      if case .ask(let requestID, .query) = effect { requestID } else { nil }
    }.first
    guard let requestID else {
      Issue.record("nothing was asked")
      return
    }
    let later = stage.state.context.now.advanced(by: 1_500_000_000)
    await stage.send(.progress(requestID, 0.62, now: later))
    #expect(stage.frame.contains("62 % of 73 spans in 1.50s…  Esc cancels"))
    await stage.send(.progress(requestID, 0.4, now: later.advanced(by: 250_000_000)))
    #expect(stage.frame.contains("62 % of 73 spans in 1.75s"))
  }

  @Test("the header says how long the view stands still")
  func pausedAge() async {
    var stage = await QueryStage()
    await stage.press(.character(" "))
    #expect(stage.frame.contains("PAUSED\n"))
    await stage.send(.tick(stage.state.context.now.advanced(by: 12_000_000_000)))
    #expect(stage.frame.contains("PAUSED 12s"))
    await stage.press(.character(" "))
    #expect(!stage.frame.contains("PAUSED"))
  }

  @Test("a newer question makes the older answer void")
  func superseded() async {
    var stage = await QueryStage()
    stage.isAnswering = false
    await stage.press(.character("+"), .character("0"))
    stage.isAnswering = true
    await stage.answerAll()
    #expect(stage.model.query.time == nil)
    #expect(stage.model.result?.query.time == nil)
  }

  @Test("while paused nothing is asked")
  func paused() async {
    var stage = await QueryStage()
    await stage.press(.character(" "))
    await stage.receive([SketchSpan(9_999, "web", "/home", 1, 1)])
    #expect(stage.frame.contains("73 of 73") && stage.frame.contains("PAUSED"))
  }

  @Test("the engine's error is shown in place of a result")
  func failure() async {
    var stage = await QueryStage()
    stage.isAnswering = false
    await stage.press(.character("R"))
    let requestID = stage.effects.compactMap { effect -> RequestID? in
      if case .ask(let requestID, _) = effect { requestID } else { nil }
    }.first
    guard let requestID else {
      Issue.record("nothing was asked")
      return
    }
    await stage.send(
      .response(requestID, .failure(QueryError("too many groups", hint: "add HAVING"))))
    #expect(stage.frame.contains("too many groups") && stage.frame.contains("add HAVING"))
  }
}
