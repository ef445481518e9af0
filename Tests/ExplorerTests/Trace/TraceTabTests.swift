import Explorer
import QueryLanguage
import Screen
import Telemetry
import Testing
import TraceSupport

@Suite struct TraceTabTests {
  @Test("statistics add up to the trace, whatever the group", arguments: 1...40)
  func sums(seed: UInt64) {
    var random = RandomTrace(seed: seed)
    let view = random.next()
    var stage = TraceStage(view)
    stage.press(.character("}"))
    for _ in 0..<3 {
      let rows = stage.model.statistics.list.rows
      #expect(rows.reduce(0) { $0 + $1.count } == view.nodes.count, "seed \(seed)")
      #expect(rows.flatMap(\.nodes).sorted() == view.nodes.indices.map(Int32.init))
      #expect(rows.reduce(0) { $0 + $1.errors } == view.errorCount)
      #expect(
        rows.reduce(0) { $0 + $1.selfTime.count }
          == view.nodes.reduce(0) { $0 + $1.selfTime.count }, "seed \(seed)")
      let selves = rows.map(\.selfTime)
      #expect(selves == selves.sorted(by: >), "by self time, seed \(seed)")
      stage.press(.character("b"))
    }
  }

  @Test("the figures of a group are those of its spans")
  func figures() throws {
    var stage = TraceStage(SampleTraces.checkout)
    stage.press(.character("}"))
    let row = try #require(
      stage.model.statistics.list.rows.first { $0.label == "cart SELECT items" })
    // 2.0, 2.1, 2.2, 2.3, 2.4 ms: P95 is at rank 3.8 of 0…4.
    #expect(row.count == 5)
    #expect(row.total == Nanoseconds(11_000_000))
    #expect(row.p50 == Nanoseconds(2_200_000))
    #expect(row.p95 == Nanoseconds(2_380_000))
    #expect(row.longest == Nanoseconds(2_400_000))
  }

  @Test("Enter on a group shows its spans in the waterfall, n goes through them")
  func find() {
    var stage = TraceStage(SampleTraces.checkout)
    stage.press(.character("}"), .character("s"), .character("s"), .character("s"))
    stage.press(.character("s"), .character("s"), .character("g"))
    // After self come P50, P95, max, errors, group.
    #expect(stage.model.statistics.order == .label)
    stage.press(.down, .enter)
    #expect(stage.model.tab == "Waterfall" && stage.model.find.label == "cart cart")
    #expect(stage.selectedName == "cart")
  }

  @Test("grouping by a field counts the spans without it too")
  func field() {
    var stage = TraceStage(SampleTraces.checkout)
    stage.press(.character("}"), .character("B"))
    stage.type("card.type")
    stage.press(.enter)
    let counts = stage.model.statistics.list.rows.map { "\($0.label) \($0.count)" }
    #expect(Set(counts) == ["visa 1", "(none) 9"])
  }

  @Test("flames hold every span once, inside their callers, without overlap", arguments: 1...60)
  func flames(seed: UInt64) {
    var random = RandomTrace(seed: seed)
    let view = random.next()
    var stage = TraceStage(view)
    stage.press(.character("{"))
    let flame = stage.model.flame
    #expect(flame.frames.reduce(0) { $0 + $1.count } == view.nodes.count, "seed \(seed)")
    #expect(flame.width == view.nodes.reduce(0) { $0 + $1.selfTime.count }, "seed \(seed)")
    for frame in flame.frames where frame.parent >= 0 {
      let parent = flame.frames[Int(frame.parent)]
      #expect(frame.start >= parent.start)
      #expect(frame.start + frame.width <= parent.start + parent.width, "seed \(seed)")
    }
    for level in flame.levels {
      let frames = level.map { flame.frames[Int($0)] }
      for (left, right) in zip(frames, frames.dropFirst()) {
        #expect(left.start + left.width <= right.start, "seed \(seed)")
      }
    }
  }

  @Test("the flame graph is walked, zoomed and searched from")
  func walking() {
    var stage = TraceStage(SampleTraces.checkout)
    stage.press(.character("{"), .down)
    let view = SampleTraces.checkout
    let name = { (model: TraceModel) in
      view.texts[Int(model.flame.frames[model.flame.selected].name)]
    }
    // The widest of the root's children: 15 + 45 ms of charge and gateway.
    #expect(name(stage.model) == "charge")
    stage.press(.right)
    #expect(name(stage.model) == "send mail")
    stage.press(.left, .enter, .right)
    #expect(name(stage.model) == "charge", "nothing beside what fills the width")
    stage.press(.character("f"))
    #expect(stage.model.tab == "Waterfall" && stage.selectedName == "charge")
  }

  @Test("a note leads to its spans")
  func notes() {
    var stage = TraceStage(SampleTraces.fibonacci(5))
    stage.press(.character("i"))
    #expect(stage.model.isNotesOpen && !stage.model.notes.list.rows.isEmpty)
    stage.press(.enter)
    #expect(!stage.model.isNotesOpen)
    #expect(stage.model.find.matches == stage.model.notes.list.rows[0].nodes)
    stage.press(.escape)
    #expect(stage.model.find.isEmpty)
  }
}
