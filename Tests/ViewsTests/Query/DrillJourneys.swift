import Explorer
import QueryLanguage
import Screen
import Telemetry
import Testing
import TraceSupport
import Views

/// From a picture to the traces behind it, by keys.
@Suite struct DrillJourneys {
  private func frame(_ stage: QueryStage) -> String { AppView.draw(stage.state).text }

  @Test("Up from the table enters the heatmap at its highest value; Enter opens that trace")
  func outlier() throws {
    var stage = QueryStage()
    stage.press(.up)
    #expect(stage.model.pane == .graph)
    let text = frame(stage)
    #expect(text.contains("512ms–1.02s") && text.contains("1 span") && text.contains("P100"))
    stage.press(.enter)
    let request = try #require(stage.askedTraces.first)
    #expect(request.valueField == .duration && request.order == .largestValue)
    #expect(request.valueRange?.contains(900) == true)
    #expect(stage.state.screen == .trace)
    #expect(stage.state.trace.id == TraceID(high: 0xAA, low: 77))
    stage.press(.escape)
    #expect(stage.model.pane == .graph)
    #expect(frame(stage).contains("512ms–1.02s"))
  }

  @Test("the cell reads out its time, values, count, share and percentile")
  func reading() throws {
    var stage = QueryStage()
    stage.press(.up)
    stage.press(.down, times: 9)
    let reading = try #require(GraphReading(stage.model))
    // The lowest row is 1 to 2 ms, and the shortest span takes 2 ms.
    #expect((reading.low, reading.high) == (1, 2))
    #expect(reading.count == 0 && reading.percentileText == "P0")
    stage.press(.up)
    let next = try #require(GraphReading(stage.model))
    #expect((next.low, next.high) == (2, 4))
    // 24 of the 60 quick spans take 2 or 3 ms; 73 spans in all.
    #expect(next.percentileText == "P32.8")
    #expect(try #require(next.percentile) == 24.0 / 73)
  }

  @Test("an empty cell leads to the slowest span below it")
  func emptyCell() throws {
    var stage = QueryStage()
    stage.press(.up, .down)
    #expect(GraphReading(stage.model)?.count == 0)
    stage.press(.enter)
    let request = try #require(stage.askedTraces.first)
    #expect(request.valueRange?.lowerBound == -.greatestFiniteMagnitude)
    #expect((request.valueRange?.upperBound ?? 1_024) < 512)
  }

  @Test("n and N walk the traces of the cell")
  func walking() {
    var stage = QueryStage()
    stage.press(.up)
    stage.press(.down, times: 8)
    stage.press(.home, .enter)
    let first = stage.state.trace.id
    stage.press(.escape, .character("n"))
    let second = stage.state.trace.id
    #expect(stage.state.screen == .trace && second != first)
    stage.press(.escape, .character("N"))
    #expect(stage.state.trace.id == first)
    stage.press(.escape, .character("N"))
    #expect(stage.state.screen == .query && frame(stage).contains("the slowest here"))
  }

  @Test("v marks a box; the menu zooms to its time and values; u brings everything back")
  func box() throws {
    var stage = QueryStage()
    stage.press(.up)
    stage.press(.home)
    stage.press(.down, times: 3)
    stage.press(.character("v"))
    stage.press(.right, times: 3)
    stage.press(.down)
    #expect(frame(stage).contains("box"))
    let box = try #require(stage.model.graphBox)
    #expect((box.low.bucket, box.high.bucket) == (0, 3))
    #expect((box.low.row, box.high.row) == (5, 6))
    stage.press(.character("m"), .character("z"))
    #expect(
      stage.queryText
        == "VISUALIZE COUNT, HEATMAP(duration_ms) WHERE duration_ms >= 32 AND duration_ms < 128"
        + " FROM 2026-03-01T12:00:00Z TO 2026-03-01T12:00:02Z")
    // The spans of db at 30, 830 and 1,630 ms take 40 to 46 ms.
    #expect(stage.model.result?.spansMatched == 3)
    stage.press(.character("u"))
    #expect(stage.model.query == QueryModel.first)
    #expect(stage.model.result?.spansMatched == 73)
    stage.press(.character("U"))
    #expect(stage.model.result?.spansMatched == 3)
  }

  @Test("the menu lists the traces of a box on their tab, and Esc lists all again")
  func traces() {
    var stage = QueryStage()
    stage.press(.up, .character("m"), .character("t"))
    #expect(stage.model.tab == .traces)
    #expect(frame(stage).contains("only in") && frame(stage).contains("1 of 1 trace"))
    #expect(frame(stage).contains("900ms"))
    stage.press(.escape)
    #expect(frame(stage).contains("of 21 traces"))
  }

  @Test("+ - 0 < > change the time, and u takes each of them back")
  func zooming() throws {
    var stage = QueryStage()
    let whole = try #require(stage.model.result)
    stage.press(.character("+"))
    let half = try #require(stage.model.result)
    #expect(abs(half.end.since(half.start) - whole.end.since(whole.start) / 2) <= 1)
    stage.press(.character(">"))
    let later = try #require(stage.model.result)
    #expect(later.start.since(half.start) == half.end.since(half.start) / 2)
    stage.press(.character("<"))
    #expect(stage.model.result?.start == half.start)
    stage.press(.character("-"))
    #expect(stage.model.result.map { $0.end.since($0.start) } == 2 * half.end.since(half.start))
    stage.press(.character("0"))
    #expect(stage.model.query.time == nil)
    stage.press(.character("u"))
    #expect(stage.model.query.time != nil)
  }

  @Test("zooming lands on times that can be read, and out of everything on no time at all")
  func roundZoom() throws {
    var stage = QueryStage()
    stage.press(.character("+"), .character("+"))
    let result = try #require(stage.model.result)
    let length = result.end.since(result.start)
    // Seconds are told in hundredths.
    #expect((1_000_000_000..<10_000_000_000).contains(length))
    #expect(result.start.sinceEpoch % 10_000_000 == 0 && result.end.sinceEpoch % 10_000_000 == 0)
    stage.press(.character("-"), .character("-"), .character("-"))
    #expect(stage.model.query.time == nil)
  }

  @Test("l walks through the scales, and the axis follows")
  func scales() {
    var stage = QueryStage()
    #expect(frame(stage).contains("100ms│"))
    stage.press(.character("l"))
    #expect(frame(stage).contains("values: linear"))
    #expect(stage.model.scale == .linear)
    stage.press(.character("l"))
    #expect(stage.model.scale == .log)
  }

  @Test("Z writes the time axis in UTC, relative and local time")
  func clocks() {
    var stage = QueryStage()
    #expect(frame(stage).contains("╵12:00:"))
    stage.press(.character("Z"))
    #expect(frame(stage).contains("╵-"))
    stage.state.around.clock.localOffset = 5_400
    stage.press(.character("Z"))
    #expect(frame(stage).contains("╵13:30:"))
  }

  @Test("on a line graph the cursor walks buckets and lines, and drills into the lit group")
  func lines() throws {
    var stage = QueryStage()
    stage.press(.character("i"))
    stage.press(.control("u"))
    stage.type("COUNT")
    stage.press(.tab, .tab)
    stage.type("service.name")
    stage.press(.enter, .up)
    #expect(stage.model.pane == .graph && stage.model.litRow == nil)
    stage.press(.down)
    #expect(stage.model.litRow == 0)
    stage.press(.down)
    #expect(stage.model.litRow == 1)
    stage.press(.enter)
    let request = try #require(stage.askedTraces.first)
    #expect(request.group == [.init(.serviceName, .text("db"))])
  }
}

/// `)` and `(` from inside a trace.
@Suite struct WalkJourneys {
  @Test("in a trace ) and ( walk the cell it was opened from")
  func cell() {
    var stage = QueryStage()
    stage.press(.up)
    stage.press(.down, times: 8)
    stage.press(.home, .enter)
    let first = stage.state.trace.id
    stage.press(.character(")"))
    #expect(stage.state.screen == .trace && stage.state.trace.id != first)
    stage.press(.character("("))
    #expect(stage.state.trace.id == first)
    stage.press(.escape)
    #expect(stage.state.screen == .query && stage.model.pane == .graph)
  }

  @Test("they walk the lists of the Traces and Raw data tabs, the cursor with them")
  func lists() {
    var stage = QueryStage()
    stage.press(.character("]"), .enter)
    let first = stage.state.trace.id
    stage.press(.character(")"))
    #expect(stage.model.traces.cursor.selected == 1 && stage.state.trace.id != first)
    stage.press(.escape, .character("]"), .character("o"), .character(")"))
    #expect(stage.model.raw.list.selected == 1 && stage.state.screen == .trace)
  }

  @Test("they walk the Traces screen and say when it ends")
  func screen() {
    var stage = QueryStage()
    stage.press(.character("3"), .enter, .character("("))
    #expect(stage.state.notice?.text == "this is the first one")
    stage.press(.character(")"))
    #expect(stage.state.traces.cursor.selected == 1)
    #expect(stage.state.trace.id == stage.state.traces.current?.id)
  }
}
