import Explorer
import Screen
import Testing
import TraceSupport

/// A trace that grows while someone reads it.
@Suite struct TraceLiveTests {
  private static func trace(late: Int) -> TraceBuilder {
    var trace = TraceBuilder()
    trace.span(1, "root", 0, 100)
    trace.span(2, in: 1, "first", 10, 40)
    trace.span(3, in: 2, "below first", 12, 30)
    trace.span(4, in: 1, "second", 50, 90)
    trace.span(5, in: 4, "below second", 55, 60)
    for index in 0..<late {
      trace.span(UInt64(100 + index), in: 1, "late \(index)", Double(index), Double(index) + 1)
    }
    return trace
  }

  @Test("the cursor stays on its span when spans come before it")
  func cursor() {
    var stage = TraceStage(Self.trace(late: 0).view)
    stage.press(.down, .down, .down)
    #expect(stage.selectedName == "second")
    stage.show(Self.trace(late: 9).view)
    #expect(stage.selectedName == "second")
    #expect(stage.model.rows.count == 14)
  }

  @Test("folds and matches stay")
  func folds() {
    var stage = TraceStage(Self.trace(late: 0).view)
    stage.press(.down, .character(" "))
    #expect(stage.rowNames == ["root", "first", "second", "below second"])
    stage.press(.character("/"))
    stage.type("second")
    stage.press(.enter)
    #expect(stage.model.find.matches.count == 2)
    stage.show(Self.trace(late: 2).view)
    #expect(stage.rowNames == ["root", "late 0", "late 1", "first", "second", "below second"])
    #expect(stage.model.find.matches.count == 2)
    #expect(stage.selectedName == "second")
  }

  @Test("a level holds for spans yet to come, and what was opened below it stays open")
  func level() {
    var stage = TraceStage(Self.trace(late: 0).view)
    stage.press(.character("z"), .character("z"))
    stage.press(.character("z"), .character("z"))
    #expect(stage.model.folds.level == 1)
    #expect(stage.rowNames == ["root", "first", "second"])
    stage.press(.down, .character(" "))
    #expect(stage.rowNames == ["root", "first", "below first", "second"])
    var more = Self.trace(late: 0)
    more.span(6, in: 1, "third", 60, 99)
    more.span(7, in: 6, "below third", 61, 70)
    stage.show(more.view)
    #expect(stage.rowNames == ["root", "first", "below first", "second", "third"])
    _ = stage.state.update(.resize(width: 81, height: 25))
    #expect(stage.rowNames == ["root", "first", "below first", "second", "third"])
    #expect(stage.selectedName == "first")
    stage.press(.character(" "))
    #expect(stage.rowNames == ["root", "first", "second", "third"])
  }

  @Test("a search under a level opens what it needs and closes it again")
  func searchUnderLevel() {
    var stage = TraceStage(Self.trace(late: 0).view)
    stage.press(.character("z"), .character("/"))
    stage.type("below")
    stage.press(.enter)
    #expect(stage.rowNames == ["root", "first", "below first", "second"])
    stage.press(.character("n"))
    #expect(stage.rowNames.count == 5 && stage.selectedName == "below second")
    stage.press(.escape)
    #expect(stage.rowNames == ["root", "first", "second", "below second"])
  }

  @Test("a missing parent that comes late takes its orphans, and the cursor stays")
  func missing() {
    var before = TraceBuilder()
    before.span(1, "root", 0, 100)
    before.span(3, in: 2, "orphan", 10, 20)
    var stage = TraceStage(before.view)
    stage.press(.down)
    #expect(stage.rowNames == ["root", "missing", "orphan"])
    before.span(2, in: 1, "parent", 5, 30)
    stage.show(before.view)
    #expect(stage.rowNames == ["root", "parent", "orphan"])
    #expect(stage.selectedName == "parent")
  }

  @Test("the window of time stays; one that showed everything goes on doing so")
  func window() {
    var stage = TraceStage(Self.trace(late: 0).view)
    var longer = Self.trace(late: 0)
    longer.span(9, in: 1, "long", 0, 400)
    stage.show(longer.view)
    #expect(stage.model.window.isWhole && stage.model.window.length == 400_000_000)
    stage.press(.character("+"))
    let zoomed = stage.model.window
    stage.show(longer.view)
    #expect(stage.model.window == zoomed)
  }

  @Test("a trace that is evicted while it is read stays on the screen")
  func evicted() {
    var stage = TraceStage(Self.trace(late: 0).view)
    stage.show(nil)
    #expect(stage.rowNames.count == 5 && !stage.model.isMissing)
  }

  @Test("a span that replaces another is seen though their number is the same")
  func replaced() {
    var stage = TraceStage(Self.trace(late: 0).view)
    var other = TraceBuilder()
    for id in 1...5 as ClosedRange<UInt64> {
      other.span(id == 5 ? 6 : id, in: id == 1 ? 0 : 1, "new", id == 1 ? 0 : 1, 100)
    }
    stage.show(other.view)
    #expect(stage.rowNames == ["new", "new ×4"])
  }
}
