import Explorer
import QueryLanguage
import Screen
import Telemetry
import Testing
import TraceSupport
import Views

/// From a picture to the traces behind it, by keys.
@Suite struct DrillJourneys {
  private func reading(_ stage: QueryStage) throws -> GraphReading {
    try #require(GraphReading(stage.model.results))
  }

  /// The spans in what the cursor covers, counted from the sketch.
  private func spans(in reading: GraphReading, of stage: QueryStage) throws -> [SketchSpan] {
    let (low, high) = (try #require(reading.low), try #require(reading.high))
    let largest = stage.spans.map(\.milliseconds).max()
    return stage.spans.filter { span in
      // The highest cell holds its upper edge.
      let isBelow = span.milliseconds < high || (high == largest && span.milliseconds == high)
      return span.milliseconds >= low && isBelow && span.start >= reading.start
        && span.start < reading.end
    }
  }

  @Test("Up from the table enters the heatmap at its highest value; Enter opens that trace")
  func outlier() async throws {
    var stage = await QueryStage()
    await stage.press(.up)
    #expect(stage.model.pane == .graph)
    let reading = try reading(stage)
    #expect(try #require(reading.low) < 900 && #require(reading.high) >= 900)
    #expect(stage.frame.contains("1 span") && stage.frame.contains("P100"))
    let text = try #require(reading.valueText)
    #expect(stage.frame.contains(text))
    await stage.press(.enter)
    let request = try #require(stage.askedTraces.first)
    #expect(request.valueField == .duration && request.order == .largestValue)
    #expect(request.valueRange?.contains(900) == true)
    #expect(stage.state.screen == .trace)
    #expect(stage.state.trace.id == TraceID(high: 0xAA, low: 77))
    await stage.press(.escape)
    #expect(stage.model.pane == .graph)
    #expect(stage.frame.contains(text))
  }

  @Test("the cell reads out its time, values, count, share and percentile")
  func reading() async throws {
    var stage = await QueryStage()
    await stage.press(.up)
    var filled = 0
    for key in [Key](repeating: .down, count: 40) + [.left, .left, .up, .up, .right, .home, .end] {
      await stage.press(key)
      let reading = try reading(stage)
      let inside = try spans(in: reading, of: stage)
      let below = stage.spans.filter { $0.milliseconds < reading.high ?? 0 }
      #expect(reading.count == inside.count)
      #expect(reading.share == Double(inside.count) / 73)
      #expect(reading.percentile == Double(below.count) / 73)
      filled += inside.isEmpty ? 0 : 1
    }
    #expect(filled > 0)
  }

  @Test("an empty cell leads to the slowest span below it")
  func emptyCell() async throws {
    var stage = await QueryStage()
    await stage.press(.up, .down)
    #expect(try reading(stage).count == 0)
    await stage.press(.enter)
    let request = try #require(stage.askedTraces.first)
    #expect(request.valueRange?.lowerBound == -.greatestFiniteMagnitude)
    #expect((request.valueRange?.upperBound ?? 1_024) < 900)
  }

  @Test("n and N walk the traces of the box, the slowest first")
  func walking() async throws {
    var stage = try await QueryStage.inBoxOfSeveral()
    await stage.press(.character("m"), .character("o"))
    #expect(stage.state.trace.id == TraceID(high: 0xAA, low: 77))
    await stage.press(.escape, .character("n"))
    // 73 ms: the last of the twelve.
    #expect(stage.state.screen == .trace)
    #expect(stage.state.trace.id == TraceID(high: 0xAA, low: 11))
    await stage.press(.escape, .character("N"))
    #expect(stage.state.trace.id == TraceID(high: 0xAA, low: 77))
    await stage.press(.escape, .character("N"))
    #expect(stage.state.screen == .query && stage.frame.contains("the slowest here"))
  }

  @Test("v marks a box; the menu zooms to its time and values; u brings everything back")
  func box() async throws {
    var stage = await QueryStage()
    await stage.press(.up, .home)
    // Down into the values of db, which take 40 to 73 ms.
    for _ in 0..<80 {
      if let low = try reading(stage).low, low < 60 { break }
      await stage.press(.down)
    }
    await stage.press(.character("v"))
    await stage.press(.right, times: 30)
    await stage.press(.down)
    #expect(stage.frame.contains("box"))
    let box = try #require(stage.model.graphBox)
    #expect((box.low.bucket, box.high.bucket) == (0, 30))
    #expect(box.high.row == box.low.row + 1)
    let inside = try spans(in: try reading(stage), of: stage)
    #expect(!inside.isEmpty && inside.allSatisfy { $0.service == "db" })
    await stage.press(.character("m"), .character("z"))
    #expect(stage.queryText.contains(" WHERE duration_ms >= "))
    #expect(stage.queryText.contains(" AND duration_ms < "))
    #expect(stage.queryText.contains(" FROM 2026-03-01T12:00:0"))
    #expect(stage.model.result?.spansMatched == inside.count)
    await stage.press(.character("u"))
    #expect(stage.model.query == QueryModel.first)
    #expect(stage.model.result?.spansMatched == 73)
    await stage.press(.character("U"))
    #expect(stage.model.result?.spansMatched == inside.count)
  }

  @Test("the menu lists the traces of a box on their tab, and Esc lists all again")
  func traces() async {
    var stage = await QueryStage()
    await stage.press(.up, .character("m"), .character("t"))
    #expect(stage.model.tab == "Traces")
    #expect(stage.frame.contains("only in") && stage.frame.contains("1 of 1 trace"))
    #expect(stage.frame.contains("900ms"))
    await stage.press(.escape)
    #expect(stage.frame.contains("of 21 traces"))
  }

  @Test("+ - 0 < > change the time, and u takes each of them back")
  func zooming() async throws {
    var stage = await QueryStage()
    let whole = try #require(stage.model.result)
    await stage.press(.character("+"))
    let half = try #require(stage.model.result)
    // Times are rounded to hundredths of a second.
    let grain: Int64 = 10_000_000
    #expect(abs(half.end.since(half.start) - whole.end.since(whole.start) / 2) <= grain)
    await stage.press(.character(">"))
    let later = try #require(stage.model.result)
    #expect(abs(later.start.since(half.start) - half.end.since(half.start) / 2) <= grain)
    await stage.press(.character("<"))
    let back = try #require(stage.model.result)
    #expect(abs(back.start.since(half.start)) <= grain)
    await stage.press(.character("-"))
    let double = try #require(stage.model.result)
    let doubled = double.end.since(double.start) - 2 * half.end.since(half.start)
    #expect(abs(doubled) <= 2 * grain || stage.model.query.time == nil)
    await stage.press(.character("0"))
    #expect(stage.model.query.time == nil)
    await stage.press(.character("u"))
    #expect(stage.model.query.time != nil)
  }

  @Test("zooming lands on times that can be read, and out of everything on no time at all")
  func roundZoom() async throws {
    var stage = await QueryStage()
    await stage.press(.character("+"), .character("+"))
    let result = try #require(stage.model.result)
    let length = result.end.since(result.start)
    // Seconds are told in hundredths.
    #expect((1_000_000_000..<10_000_000_000).contains(length))
    #expect(result.start.sinceEpoch % 10_000_000 == 0 && result.end.sinceEpoch % 10_000_000 == 0)
    await stage.press(.character("-"), .character("-"), .character("-"))
    #expect(stage.model.query.time == nil)
  }

  @Test("l walks through the scales, and the axis follows")
  func scales() async {
    var stage = await QueryStage()
    #expect(stage.frame.contains("100ms│"))
    await stage.press(.character("l"))
    #expect(stage.frame.contains("values: linear"))
    #expect(stage.model.scale == .linear)
    await stage.press(.character("l"))
    #expect(stage.model.scale == .log)
  }

  @Test("Z writes the time axis in UTC, relative and local time")
  func clocks() async {
    var stage = await QueryStage(localOffset: 5_400)
    #expect(stage.frame.contains("╵12:00:"))
    await stage.press(.character("Z"))
    #expect(stage.frame.contains("╵-"))
    await stage.press(.character("Z"))
    #expect(stage.frame.contains("╵13:30:"))
  }

  @Test("on a line graph the cursor walks buckets and lines, and drills into the lit group")
  func lines() async throws {
    var stage = await QueryStage()
    await stage.press(.character("i"))
    await stage.press(.control("u"))
    await stage.type("COUNT")
    await stage.press(.tab, .tab)
    await stage.type("service.name")
    await stage.press(.enter, .up)
    #expect(stage.model.pane == .graph && stage.model.litRow == nil)
    await stage.press(.down)
    #expect(stage.model.litRow == 0)
    await stage.press(.down)
    #expect(stage.model.litRow == 1)
    await stage.press(.enter)
    let request = try #require(stage.askedTraces.first)
    #expect(request.group == [.init(.serviceName, .text("db"))])
  }
}

/// `)` and `(` from inside a trace.
@Suite struct WalkJourneys {
  @Test("in a trace ) and ( walk the box it was opened from")
  func cell() async throws {
    var stage = try await QueryStage.inBoxOfSeveral()
    await stage.press(.character("m"), .character("o"))
    let first = stage.state.trace.id
    await stage.press(.character(")"))
    #expect(stage.state.screen == .trace && stage.state.trace.id != first)
    await stage.press(.character("("))
    #expect(stage.state.trace.id == first)
    await stage.press(.escape)
    #expect(stage.state.screen == .query && stage.model.pane == .box)
  }

  @Test("they walk the lists of the Traces and Raw data tabs, the cursor with them")
  func lists() async {
    var stage = await QueryStage()
    await stage.press(.character("]"), .enter)
    let first = stage.state.trace.id
    await stage.press(.character(")"))
    #expect(stage.model.traces.list.selected == 1 && stage.state.trace.id != first)
    await stage.press(.escape, .character("]"), .character("o"), .character(")"))
    #expect(stage.model.raw.list.selected == 1 && stage.state.screen == .trace)
  }

  @Test("they walk the Traces screen and say when it ends")
  func screen() async {
    var stage = await QueryStage()
    await stage.press(.character("3"), .enter, .character("("))
    #expect(stage.state.notice?.text == "this is the first one")
    await stage.press(.character(")"))
    #expect(stage.state.traces.list.selected == 1)
    #expect(stage.state.trace.id == stage.state.traces.list.current?.id)
  }
}

extension QueryStage {
  /// In the heatmap with a box over all times, from the highest value down to the second trace.
  fileprivate static func inBoxOfSeveral() async throws -> QueryStage {
    var stage = await QueryStage()
    await stage.press(.up, .home, .character("v"), .end)
    for _ in 0..<80 {
      if let count = GraphReading(stage.model.results)?.count, count > 1 { break }
      await stage.press(.down)
    }
    try #require((GraphReading(stage.model.results)?.count ?? 0) > 1)
    return stage
  }
}
