package import QueryLanguage
package import SpanStore
import Telemetry

/// Answers queries from the spans held in memory.
///
/// One task for each segment, results merged in an order that has nothing to do with which task
/// ends first: the same snapshot gives the same answer bit for bit on any number of cores.
package final class LocalBackend: QueryBackend {
  /// What is held now.
  package let snapshot: @Sendable () -> Snapshot
  let partials: PartialCache<SegmentNeeds, SegmentPartial>
  let traceParts: PartialCache<TraceNeeds, TraceCandidates>
  private let catalogs: CatalogBuilder

  /// - Parameter cacheBytes: heap bytes for answers of segments that are kept, about.
  package init(cacheBytes: Int = 96 << 20, snapshot: @escaping @Sendable () -> Snapshot) {
    self.snapshot = snapshot
    partials = PartialCache(limit: cacheBytes / 3 * 2)
    traceParts = PartialCache(limit: cacheBytes / 6)
    catalogs = CatalogBuilder(limit: cacheBytes / 6)
  }

  /// Heap bytes of all answers kept, about.
  package var cachedBytes: Int { partials.byteCount + traceParts.byteCount + catalogs.byteCount }

  /// Runs a query on the snapshot of this moment.
  ///
  /// - Throws: ``QueryError``, or `CancellationError` soon after the task was cancelled.
  @concurrent
  package func run(_ query: Query, _ options: RunOptions) async throws -> QueryResult {
    let clock = ContinuousClock()
    let begin = clock.now
    let snapshot = snapshot()
    let checked = try check(query, snapshot)
    var result: QueryResult
    if query.isRaw {
      result = try await RawRows.run(query, options, snapshot)
    } else {
      let scope = Self.scope(query, options, snapshot)
      let plan = try Plan(query, options, scope, booleans: checked.booleans)
      let scanned = try await scan(plan, snapshot)
      result = try await Answer(plan, options, scanned).result()
      if let strays = scope.strays, !options.fitsRange {
        result.warnings.append(QueryWarning(strays.text))
      }
    }
    if result.spansMatched == 0, query.time ?? options.defaultTime != .all,
      snapshot.totals.spans > 0
    {
      result.matchedOutside = try await matched(query.filter, snapshot)
    }
    result.warnings =
      checked.warnings + result.warnings + Self.warnings(query, snapshot)
    result.elapsed = Nanoseconds(begin.duration(to: clock.now))
    return result
  }

  /// The range of a query. Where strays make more buckets than a graph can have, they are left out.
  private static func scope(
    _ query: Query, _ options: RunOptions, _ snapshot: Snapshot
  ) -> TimeScope {
    let scope = TimeScope(query, options, snapshot)
    guard scope.takesAll, let every = query.every, every.count > 0 else { return scope }
    let count = Granularity.buckets(scope.range, UInt64(every.count))
    guard count > UInt64(QueryCheck.bucketLimit) else { return scope }
    return TimeScope(.all, now: options.now, snapshot, .leavesOutStrays)
  }

  /// Spans held that match, whenever they start.
  private func matched(_ filter: Filter?, _ snapshot: Snapshot) async throws -> Int {
    guard let filter else { return snapshot.totals.spans }
    var options = RunOptions()
    options.seriesLimit = 0
    let query = Query(visualize: [.count], filter: filter)
    let plan = try Plan(query, options, TimeScope(query, options, snapshot))
    return try await scan(plan, snapshot).reduce(0) { $0 + $1.matched }
  }

  package func generation() async throws -> UInt64 { snapshot().generation }

  /// Every field of the spans held.
  @concurrent
  package func catalog() async throws -> FieldCatalog { try await catalogs.catalog(snapshot()) }

  /// Built-ins and all attributes held.
  func fieldNames(_ snapshot: Snapshot) -> [FieldRef] { catalogs.fields(snapshot) }

  /// What is doubtful about a filter.
  ///
  /// - Throws: ``QueryError`` for one that cannot mean anything.
  func check(_ filter: Filter, _ snapshot: Snapshot) throws -> [QueryWarning] {
    try check(Query(filter: filter), snapshot).warnings
  }

  /// - Throws: the first ``QueryError`` of a query that cannot mean anything for these fields.
  private func check(
    _ query: Query, _ snapshot: Snapshot
  ) throws -> (warnings: [QueryWarning], booleans: Set<FieldRef>) {
    let fields = catalogs.names(snapshot, named: query.fields)
    let found = QueryCheck.check(query, fields)
    if let error = found.errors.first { throw error }
    return (found.warnings, Set(query.fields.filter { fields.type(of: $0) == .bool }))
  }

  /// What the answer cannot know of traces that are kept in parts.
  private static func warnings(_ query: Query, _ snapshot: Snapshot) -> [QueryWarning] {
    let needsWhole =
      query.namesRelations
      || query.fields.contains(where: \.needsTrace)
    guard needsWhole, !snapshot.splits.isEmpty else { return [] }
    let count = snapshot.splits.count
    return [
      QueryWarning(
        "\(count == 1 ? "1 trace is" : "\(count) traces are") too large to be kept whole: parent, "
          + "root, related spans, self time and depth of their spans are those within a part")
    ]
  }

  /// Partial results of all segments, in their order.
  private func scan(_ plan: Plan, _ snapshot: Snapshot) async throws -> [SegmentPartial] {
    try await Parallel.map(snapshot.views.count) { [partials] index in
      let view = snapshot.views[index]
      return try plan.needs(of: view).map { needs in
        try partials.partial(view, needs) { try SegmentScan.partial(view, needs) }
      }
    }.flatMap(\.self)
  }
}

extension Nanoseconds {
  init(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    self.init(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
  }
}
