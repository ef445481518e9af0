package import QueryLanguage
import SpanStore
package import Telemetry

extension LocalBackend {
  /// Traces with at least one span that matches.
  @concurrent
  package func traces(_ request: TraceListRequest) async throws -> TraceList {
    let clock = ContinuousClock()
    let begin = clock.now
    let snapshot = snapshot()
    var list = try await TraceListing.run(request, snapshot, traceParts)
    if list.total == 0, request.time ?? .all != .all, snapshot.totals.spans > 0 {
      var everywhere = request
      (everywhere.time, everywhere.limit) = (.all, 0)
      list.outside = try await TraceListing.run(everywhere, snapshot, traceParts).total
    }
    list.elapsed = Nanoseconds(begin.duration(to: clock.now))
    return list
  }

  /// Assembles one trace; nil when it is not held.
  @concurrent
  package func trace(_ id: TraceID) async throws -> TraceView? {
    TraceAssembly.view(id, snapshot())
  }

  /// Ids of traces held that begin with these hex digits, ascending.
  package func traceIDs(prefix: String, limit: Int) async throws -> [TraceID] {
    guard prefix.utf8.allSatisfy({ HexDigits.value($0) != nil }) else { return [] }
    return Array(snapshot().traces(prefix: prefix, limit: .max).prefix(max(0, limit)))
  }

  /// Whole spans as they came in.
  @concurrent
  package func spans(_ keys: [SpanKey]) async throws -> SpanBatch {
    try SpanReading.spans(keys, snapshot())
  }

  /// The newest span events, newest first.
  @concurrent
  package func events(_ request: EventListRequest) async throws -> EventList {
    try EventListing.run(request, snapshot())
  }

  /// See ``QueryBackend/ranks(service:name:durations:)``.
  @concurrent
  package func ranks(
    service: String, name: String, durations: [Nanoseconds]
  ) async throws -> [Double] {
    try DurationRanks.shares(service: service, name: name, durations, snapshot())
  }
}
