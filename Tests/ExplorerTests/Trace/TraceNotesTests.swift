import Explorer
import QueryLanguage
import Screen
import Telemetry
import Testing
import TraceSupport

/// When notes are looked for, and what becomes of them.
@Suite struct TraceNotesTests {
  @Test("a small trace has its notes with the first picture")
  func small() {
    let stage = TraceStage(SampleTraces.fibonacci(5))
    #expect(!stage.model.notes.isEmpty)
  }

  @Test("a large trace is shown first and looked through elsewhere")
  func large() {
    let view = Self.staircase(3_000)
    var stage = TraceStage(view)
    #expect(stage.model.notes.isEmpty && !stage.model.rows.isEmpty)
    let wishes = stage.state.trace.receive(
      .trace(Self.staircase(3_001)), in: TraceModel.slot, stage.state.around)
    let isAsked = wishes.contains { wish in
      if case .ask(_, .notes(let asked)) = wish { asked.nodes.count == 3_002 } else { false }
    }
    #expect(isAsked)
    let slot = Slot(.trace, "notes")
    _ = stage.state.trace.receive(.notes(TraceNote.all(view)), in: slot, stage.state.around)
    #expect(stage.model.notes.contains { $0.text.contains("×3000") })
  }

  @Test("an open list closes when there are none any more")
  func emptied() {
    var stage = TraceStage(SampleTraces.fibonacci(5))
    stage.press(.character("i"))
    #expect(stage.model.isNotesOpen)
    _ = stage.state.trace.receive(.notes([]), in: Slot(.trace, "notes"), stage.state.around)
    #expect(!stage.model.isNotesOpen)
  }

  private static func staircase(_ steps: Int) -> TraceView {
    var trace = TraceBuilder()
    trace.span(1, "root", 0, Double(steps))
    for step in 0..<steps {
      trace.span(UInt64(step + 2), in: 1, "call", Double(step), Double(step) + 0.9)
    }
    return trace.view
  }
}
