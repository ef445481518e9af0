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
    #expect(!stage.model.notes.list.rows.isEmpty)
  }

  @Test("a large trace is shown first and looked through elsewhere")
  func large() throws {
    let view = Self.staircase(3_000)
    var stage = TraceStage(view)
    #expect(stage.model.notes.list.rows.isEmpty && !stage.model.rows.isEmpty)
    stage.show(Self.staircase(3_001))
    let asked = stage.effects.compactMap { effect -> RequestID? in
      guard case .ask(let requestID, .notes(let asked)) = effect else { return nil }
      return asked.nodes.count == 3_002 ? requestID : nil
    }
    stage.respond(try #require(asked.first), .notes(TraceNote.all(view)))
    #expect(stage.model.notes.list.rows.contains { $0.text.contains("×3000") })
  }

  @Test("an open list closes when there are none any more")
  func emptied() {
    var stage = TraceStage(SampleTraces.fibonacci(5))
    stage.press(.character("i"))
    #expect(stage.model.isNotesOpen)
    var plain = TraceBuilder()
    plain.span(1, "root", 0, 10)
    stage.show(plain.view)
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
