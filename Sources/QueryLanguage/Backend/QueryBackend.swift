package import Telemetry

/// What answers requests about spans: the local index, or a database.
///
/// Every method works on one state of the spans, off the caller's actor, reports to
/// ``QueryProgress/current`` where it takes long, and stops with `CancellationError` soon after
/// its task is cancelled. Any other error is a ``QueryError`` when the request itself is wrong, and
/// otherwise says what the backend could not do.
package protocol QueryBackend: Sendable {
  /// Moves whenever spans were added or dropped: between two equal generations every answer stays
  /// as it was. Cheap enough to ask several times a second.
  func generation() async throws -> UInt64

  /// - Throws: ``QueryError`` when the query cannot be run.
  func run(_ query: Query, _ options: RunOptions) async throws -> QueryResult

  /// The fields of the spans held, with their types and commonest values.
  func catalog() async throws -> FieldCatalog

  /// Traces with at least one span that matches.
  ///
  /// - Throws: ``QueryError`` when the filter cannot be run.
  func traces(_ request: TraceListRequest) async throws -> TraceList

  /// How a selection differs from its baseline, field by field.
  ///
  /// - Throws: ``QueryError`` when a filter cannot be run, or there is no time before.
  func compare(_ request: CompareRequest) async throws -> CompareResult

  /// Assembles one trace; nil when it is not held.
  func trace(_ id: TraceID) async throws -> TraceView?

  /// Ids of traces held that begin with these hex digits, upper or lower case, ascending.
  ///
  /// - Returns: at most `limit`; none when `prefix` has other characters or more than 32.
  func traceIDs(prefix: String, limit: Int) async throws -> [TraceID]

  /// Whole spans as they came in, in the order of `keys`; those not held are left out.
  ///
  /// Spans of a trace may share an id: a key that is named again stands for the next of them.
  func spans(_ keys: [SpanKey]) async throws -> SpanBatch

  /// The newest span events, newest first.
  ///
  /// - Throws: ``QueryError`` when the filter cannot be run.
  func events(_ request: EventListRequest) async throws -> EventList

  /// Share of the held spans with this service and name whose duration is at most each of
  /// `durations`, 0…1; for percentile ranks.
  func ranks(service: String, name: String, durations: [Nanoseconds]) async throws -> [Double]
}

extension QueryBackend {
  package func compare(_ request: CompareRequest) async throws -> CompareResult {
    throw QueryError("this source does not compare", hint: "read the spans into the program")
  }
}

/// How to run a query: everything that is not part of the question.
package struct RunOptions: Sendable {
  /// What `LAST` and `-15m` count back from; nil is the newest start.
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
  /// Graphs cover where the spans are: LAST begins no earlier than the first of them, and ALL leaves
  /// out strays, which the result then tells of. Tables count the same spans all the same.
  package var fitsRange = false
  /// With ``fitsRange``: strays are on the graphs too.
  package var includesStrays = false

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

/// How the rows of a heatmap share out the range of the values: in equal ratios, with a row below
/// for zero and less, or in equal steps.
package enum HeatmapScale: Hashable, Sendable {
  case logarithmic
  case linear
}
