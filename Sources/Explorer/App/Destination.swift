package import QueryLanguage
package import Telemetry

/// Where a person can go.
package enum Destination: Sendable {
  case screen(ScreenID)
  /// The Query screen with this, already run.
  case query(Query)
  /// The Query screen with its query changed, already run.
  case edit(QueryEdit)
  /// The waterfall, with the cursor on a span, or on the root.
  case trace(TraceID, SpanID?)
  /// The Traces screen, narrowed.
  case traces(Filter)

  var screen: ScreenID {
    switch self {
    case .screen(let id): id
    case .query, .edit: QueryModel.id
    case .trace: TraceModel.id
    case .traces: TracesModel.id
    }
  }
}

/// A change to the query from a value anywhere on the screens.
package enum QueryEdit: Hashable, Sendable {
  case showOnly(FieldRef, ResultValue)
  case exclude(FieldRef, ResultValue)
  case groupBy(FieldRef)
  case addColumn(FieldRef)
  case visualize(Calculation)
  case and(Filter)
  case setTime(TimeClause?)
}
