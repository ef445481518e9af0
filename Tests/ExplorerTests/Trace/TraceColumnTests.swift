import Explorer
import QueryLanguage
import Screen
import Telemetry
import Testing
import TraceSupport

/// Columns that a person has chosen.
@Suite struct TraceColumnTests {
  @Test("a column is the same after it was written and read")
  func saving() {
    let columns: [TraceColumn] = [
      .duration, .selfTime, .share, .rank, .field(FieldRef("http.target")),
      .field(FieldRef("rank")), .field(FieldRef("odd name, \"quoted\"")),
      .field(FieldRef("cloud.region", scope: .resource)),
    ]
    #expect(columns.map { TraceColumn(saved: $0.saved) } == columns)
    #expect(TraceColumn(saved: "%nonsense") == nil)
    #expect(TraceColumn(saved: "") == nil)
    #expect(columns.allSatisfy { !$0.saved.contains("\n") })
  }

  @Test("what is chosen is kept at once, in the order chosen, and shown in the next run")
  func keeping() {
    var stage = TraceStage(SampleTraces.checkout)
    stage.press(.character("F"), .enter)
    #expect(Self.kept(stage) == [.duration])
    stage.type("card.type")
    stage.press(.enter)
    #expect(Self.kept(stage) == [.duration, .field(FieldRef("card.type"))])
    let next = TraceStage(SampleTraces.checkout, columns: Self.kept(stage) ?? [])
    #expect(next.model.columns == stage.model.columns)
  }

  @Test("columns of another trace stay")
  func otherTrace() {
    let columns: [TraceColumn] = [.share, .selfTime, .share]
    var stage = TraceStage(SampleTraces.checkout, columns: columns)
    _ = stage.state.update(.open(.trace(TraceID(high: 7, low: 7), nil)))
    #expect(stage.model.columns == [.share, .selfTime], "each once")
  }

  private static func kept(_ stage: TraceStage) -> [TraceColumn]? {
    for case .keepColumns(let columns) in stage.effects { return columns }
    return nil
  }
}
