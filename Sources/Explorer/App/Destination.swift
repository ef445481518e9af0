package import QueryLanguage
package import Telemetry

/// Where a person can go.
package enum Destination: Sendable {
  case screen(ScreenID)
  /// The Query screen with this, already run.
  case query(Query)
  /// The Query screen with its query changed, already run.
  case edit(QueryEdit)
  /// The Compare tab of the Query screen, with this query above it; the label says in a few words what
  /// is compared.
  case compare(Query, CompareRequest, label: String?)
  /// The waterfall, with the cursor on a span, or on the root.
  case trace(TraceID, SpanID?)
  /// The Traces screen, narrowed.
  case traces(Filter)

  var screen: ScreenID {
    switch self {
    case .screen(let id): id
    case .query, .edit, .compare: QueryModel.id
    case .trace: TraceModel.id
    case .traces: TracesModel.id
    }
  }
}

/// A change to the query from a value anywhere on the screens.
package enum QueryEdit: Hashable, Sendable {
  /// Adds that the field has this value; for a missing one, that it is not there.
  case showOnly(FieldRef, ResultValue)
  /// Adds that the field is there with another value; for a missing one, that it is there.
  case exclude(FieldRef, ResultValue)
  /// Counts spans where nothing is calculated yet.
  case groupBy(FieldRef)
  /// Of the raw rows: the query stays as it is.
  case addColumn(FieldRef)
  /// Adds a graph and a column, unless they are there.
  case visualize(Calculation)
  /// Adds a condition, unless it is there; its opposite goes.
  case and(Filter)
  /// Nil: the time range of all screens.
  case setTime(TimeClause?)
}
