package import Telemetry

/// What answers queries: the local index now, a database later.
///
/// Every method works on one snapshot, off the caller's actor, and stops with
/// `CancellationError` soon after its task is cancelled.
package protocol QueryBackend: Sendable {
  /// - Throws: ``QueryError`` when the query cannot be run.
  func run(_ query: Query, _ options: RunOptions) async throws -> QueryResult

  /// The fields of the spans held, with their types and commonest values.
  func catalog() async throws -> FieldCatalog

  /// Traces with at least one span that matches.
  func traces(_ request: TraceListRequest) async throws -> TraceList

  /// Assembles one trace; nil when it is not held.
  func trace(_ id: TraceID) async throws -> TraceView?

  /// The newest span events, newest first.
  func recentEvents(limit: Int) async throws -> [EventLine]

  /// Share of the held spans with this service and name whose duration is at most each of
  /// `durations`, 0…1; for percentile ranks.
  func ranks(service: String, name: String, durations: [Nanoseconds]) async throws -> [Double]
}

/// How to run a query: everything that is not part of the question.
package struct RunOptions: Sendable {
  /// What `LAST` and `-15m` count back from; nil is the end of the newest span.
  package var now: UnixNanos?
  /// What no time clause means.
  package var defaultTime: TimeClause
  /// Buckets wanted across a graph when the query has no EVERY.
  package var graphColumns: Int
  /// Rows of a heatmap.
  package var heatmapRows: Int
  package var heatmapScale: HeatmapScale
  /// Rows of the table that get series and heatmaps of their own.
  package var seriesLimit: Int
  /// Fields of raw rows besides the usual ones; empty: chosen.
  package var rawFields: [FieldRef]

  package init(
    now: UnixNanos? = nil, defaultTime: TimeClause = .all, graphColumns: Int = 120,
    heatmapRows: Int = 96, heatmapScale: HeatmapScale = .logarithmic, seriesLimit: Int = .max,
    rawFields: [FieldRef] = []
  ) {
    self.now = now
    self.defaultTime = defaultTime
    self.graphColumns = graphColumns
    self.heatmapRows = heatmapRows
    self.heatmapScale = heatmapScale
    self.seriesLimit = seriesLimit
    self.rawFields = rawFields
  }
}

package enum HeatmapScale: Hashable, Sendable {
  case logarithmic
  case linear
}
