import QueryEngine
import QueryLanguage
import SpanStore
import Telemetry
import Testing

/// What the language knows the engine can do.
@Suite struct TableTests {
  private static func backend() -> LocalBackend {
    let store = SpanStore(limit: ByteCount(1 << 20), segmentRows: 16)
    let span = PlainSpan()
    (span.trace, span.id, span.start, span.end, span.name) = (1, 1, 1_000, 3_000, "a")
    var batch = SpanBatch()
    span.append(to: &batch)
    store.add(batch)
    store.finish()
    return LocalBackend { store.snapshot() }
  }

  @Test("Every operator runs, and what negates it is its opposite on a span with the field")
  func operators() async throws {
    let backend = Self.backend()
    for op in FilterOperator.allCases {
      let operand: FilterOperand =
        switch op.operand {
        case .nothing: .nothing
        case .value: .value(.text("a"))
        case .pair: .pair(.text("a"), .text("b"))
        case .list: .list([.text("a"), .text("b")])
        case .text: .text("a")
        }
      let query = Query(visualize: [.count], filter: .test(.spanName, op, operand))
      let plain = Query(visualize: [.count], filter: .test(.spanName, op.plain, operand))
      let count = try await backend.run(query, RunOptions()).spansMatched
      let other = try await backend.run(plain, RunOptions()).spansMatched
      #expect(op.isNegated ? count == 1 - other : count == other, "\(op.word)")
    }
  }

  @Test("Every calculation runs", arguments: CalculationKind.offered)
  func calculations(_ kind: CalculationKind) async throws {
    let calculation = try #require(
      kind.over(
        kind.takesField ? .duration : nil,
        parameter: kind.parameter == .threshold ? .integer(5) : nil))
    let result = try await Self.backend().run(Query(visualize: [calculation]), RunOptions())
    // A heatmap is a drawing, and one bucket changes to nothing.
    let isEmpty = kind.family == .cells || kind.family == .change
    #expect((result.rows[0][0] == .missing) == isEmpty, "\(kind.word)")
  }
}
