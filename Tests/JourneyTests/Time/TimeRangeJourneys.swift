import Explorer
import QueryLanguage
import Screen
import Telemetry
import Testing
import TraceSupport
import Views

/// The time range is one thing, whichever screen it is seen from.
@Suite struct TimeRangeJourneys {
  private static func header(_ stage: QueryStage) -> String {
    String(stage.frame.split(separator: "\n")[0])
  }

  @Test("a zoom on Query holds on Home and Traces, is in the header, and u on Home undoes it")
  func everywhere() async throws {
    var stage = await QueryStage()
    #expect(Self.header(stage).contains("ALL"))
    await stage.press(.character("+"))
    let half = try #require(stage.model.query.time)
    #expect(stage.state.context.timeRange == half)
    // The ten seconds from 12:00:00, without a quarter at each end.
    #expect(Self.header(stage).contains("12:00:02"), "\(Self.header(stage))")
    await stage.press(.character("1"))
    let home = try #require(stage.state.home.figures.byService)
    #expect(home.spansMatched == stage.model.result?.spansMatched)
    #expect(home.spansMatched < 73)
    await stage.press(.character("3"))
    #expect(stage.askedTraces.map(\.time) == [half])
    await stage.press(.character("1"), .character("u"))
    #expect(stage.state.home.figures.byService?.spansMatched == 73)
    await stage.press(.character("2"))
    #expect(stage.model.query.time == nil && stage.frame.contains("73 of 73"))
    // What was undone on Home is to be redone here.
    await stage.press(.character("U"))
    #expect(stage.model.query.time == half)
  }

  @Test("a zoom on Home, and one on Traces, holds on Query, whose u undoes it")
  func fromHome() async throws {
    var stage = await QueryStage()
    await stage.press(.character("1"), .character("+"), .character("3"), .character("+"))
    let quarter = try #require(stage.state.context.time)
    await stage.press(.character("2"))
    #expect(stage.model.query.time == quarter)
    await stage.press(.character("u"))
    #expect(stage.model.query.time != quarter && stage.model.query.time != nil)
    #expect(stage.state.context.time == stage.model.query.time)
    await stage.press(.character("u"))
    #expect(stage.state.context.time == nil)
  }

  @Test("a time range typed in the builder is every screen's")
  func typed() async {
    var stage = await QueryStage()
    await stage.press(.character("e"))
    await stage.type(" LAST 5s")
    await stage.press(.enter)
    #expect(stage.state.context.time == .last(.seconds(5)))
    await stage.press(.character("1"))
    #expect(Self.header(stage).contains("LAST 5"))
  }

  @Test("t takes a typed range, in the zone of the screen; the text of the query says which")
  func prompt() async {
    var stage = await QueryStage(localOffset: 3_600)
    await stage.press(.character("1"), .character("Z"), .character("Z"))
    #expect(stage.state.context.clock.mode == .local)
    await stage.press(.character("t"), .character("f"), .control("u"))
    await stage.type("13:00:02 to 13:00:04")
    await stage.press(.enter)
    let start = SketchSpan.beginning.advanced(by: 2_000_000_000)
    #expect(
      stage.state.context.time
        == .range(from: .instant(start), to: .instant(start.advanced(by: 2_000_000_000))))
    await stage.press(.character("2"))
    #expect(stage.frame.contains("FROM 2026-03-01T13:00:02+01:00"))
    // What the builder shows is what it reads.
    await stage.press(.character("e"), .enter)
    #expect(stage.model.draft == nil)
    #expect(stage.state.context.time?.text.hasPrefix("FROM 2026-03-01T12:00:02Z") == true)
    await stage.press(.character("t"), .character("f"), .control("u"))
    await stage.type("soon")
    await stage.press(.enter)
    #expect(stage.frame.contains("'soon' is no time"))
  }

  @Test("t offers what is around the cursor, and the windows beside")
  func windows() async throws {
    var stage = await QueryStage()
    await stage.press(.character("3"), .character("t"))
    let start = try #require(stage.state.traces.list.current?.start)
    #expect(stage.frame.contains("around the cursor"))
    await stage.press(.character("c"))
    guard case .range(.instant(let from), .instant(let to)) = stage.state.context.time else {
      Issue.record("no range")
      return
    }
    #expect(from < start && start < to)
    await stage.press(.character("t"), .character("<"))
    guard case .range(_, .instant(let end)) = stage.state.context.time else {
      Issue.record("no range")
      return
    }
    #expect(abs(end.since(from)) <= to.since(from) / 100)
  }

  @Test("nothing in the time range is not nothing held: every screen says how many are outside")
  func outside() async {
    var stage = await QueryStage()
    await stage.press(.character("t"), .character("f"), .control("u"))
    await stage.type("2026-03-01T13:00 to 2026-03-01T14:00")
    await stage.press(.enter)
    for screen: Character in ["1", "2", "3"] {
      await stage.press(.character(screen))
      let frame = stage.frame
      #expect(frame.contains("in this time range, 13:00–14:00"), "\(frame)")
      #expect(frame.contains(screen == "3" ? "21 traces outside" : "73 spans outside"))
      #expect(frame.contains("0 shows them") && !frame.contains("no spans held"))
    }
    await stage.press(.character("0"))
    #expect(stage.frame.contains("of 21 traces"))
  }

  @Test("a service narrowed to on Home narrows Query and Traces; Esc takes the chip away")
  func service() async {
    var stage = await QueryStage()
    await stage.press(.character("1"), .character("j"), .enter)
    let service = stage.state.context.service
    #expect(service == "db")
    #expect(Self.header(stage).contains("only db"))
    await stage.press(.character("2"))
    #expect(stage.frame.contains("13 of 73") && !stage.queryText.contains("WHERE"))
    await stage.press(.character("3"))
    #expect(stage.frame.contains("of 13 traces"))
    await stage.press(.escape)
    #expect(stage.state.context.service == nil && !Self.header(stage).contains("only"))
    #expect(stage.frame.contains("of 21 traces"))
  }

  @Test("a live source with old spans opens on everything, and says so")
  func old() async {
    let stage = await QueryStage(isLive: true, age: .seconds(3_600))
    #expect(stage.state.context.timeRange == .all)
    #expect(stage.frame.contains("73 of 73"))
    #expect(stage.firstNotice?.contains("the newest span is 59m old") == true)
  }

  @Test("live spans fill the width at first, and rates are of the time they came in")
  func lived() async throws {
    var stage = await QueryStage(isLive: true, age: .seconds(20))
    #expect(stage.state.context.timeRange == .last(.minutes(10)))
    let result = try #require(stage.model.result)
    // From the first span until now; 23 s after the clock of the start.
    #expect(result.start == SketchSpan.beginning)
    #expect(result.end == stage.state.context.now)
    await stage.press(.character("1"))
    let home = try #require(stage.state.home.figures.byService)
    let seconds = Double(home.end.since(SketchSpan.beginning)) / 1e9
    #expect(abs((stage.state.home.services.rows.first?.rate ?? 0) - 60 / seconds) < 0.01)
  }
}
