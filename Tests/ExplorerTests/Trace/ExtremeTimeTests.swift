import Explorer
import QueryLanguage
import Telemetry
import Testing
import TraceSupport

/// Times that only a broken sender writes: everything is shown, nothing traps.
@Suite struct ExtremeTimeTests {
  @Test(
    "An axis of the longest time has labels inside its width",
    arguments: [(Int64(0), Int64.max), (.max - 5, .max), (.min, .max), (-7, 1)])
  func axis(_ start: Int64, _ length: Int64) {
    let axis = OffsetAxis(from: start, length: length, width: 120)
    #expect(!axis.labels.isEmpty)
    #expect(axis.labels.allSatisfy { $0.column >= 0 && $0.column + $0.text.utf8.count <= 120 })
  }

  private static func view(_ spans: [(id: UInt64, parent: UInt64, start: UInt64, end: UInt64)])
    -> TraceView
  {
    var batch = SpanBatch()
    batch.resources.append(ResourceRecord())
    batch.scopes.append(ScopeRecord())
    for (id, parent, start, end) in spans {
      var span = SpanRecord()
      (span.traceLow, span.spanID, span.parentID) = (1, id, parent)
      (span.start, span.end) = (start, end)
      span.name = batch.append(text: "span \(id)")
      batch.spans.append(span)
    }
    return TraceAssembly.view(batch, TraceID(high: 0, low: 1))
  }

  @Test("Two calls that fill 2^63 ns one after the other are noted")
  func notes() {
    let half: UInt64 = 1 << 62
    let view = Self.view([
      (1, 0, 0, 2 * half - 1), (2, 1, 0, half), (3, 1, half, 2 * half - 1),
    ])
    #expect(TraceNote.all(view).contains { $0.kind == .serialCalls })
  }

  @Test("Spans at the last instant there is, side by side with one at the first")
  func ends() {
    let view = Self.view([(1, 0, .max, .max), (2, 1, 0, 5), (3, 1, .max - 5, .max)])
    _ = TraceNote.all(view)

    #expect(view.nodes.count == 3)
  }
}
