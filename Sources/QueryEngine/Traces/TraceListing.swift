import QueryLanguage
import SpanStore
import Telemetry

/// Lists traces with a matching span.
enum TraceListing {
  /// - Complexity: O(traces), O(rows) with conditions, spread over the cores; names are read only
  ///   for the traces handed out.
  static func run(
    _ request: TraceListRequest, _ snapshot: Snapshot,
    _ cache: PartialCache<TraceNeeds, TraceCandidates>
  ) async throws -> TraceList {
    let scope = TimeScope(request.time ?? .all, now: request.now, snapshot)
    let needs = TraceNeeds(request)
    let parts = try await Parallel.map(snapshot.views.count) { index -> TraceCandidates? in
      let view = snapshot.views[index]
      guard let needs = needs.of(view, scope) else { return nil }
      return try cache.partial(view, needs) { try TraceScan.candidates(view, needs) }
    }
    var list = TraceList()
    for (number, part) in parts.enumerated() {
      list.spansExamined += snapshot.views[number].liveCount
      list.total += part?.total ?? 0
    }
    let whole = TraceParts.whole(parts, request.order, snapshot)
    list.total += whole.count
    let listed = first(max(0, request.limit), of: parts, whole, request.order, snapshot)
    list.traces = try await Parallel.map(listed.count, by: 4_096) { indices in
      listed[indices].map { summary($0, snapshot) }
    }
    return list
  }

  /// The first traces of all segments, `whole` being those put together of parts.
  ///
  /// - Complexity: O(limit × log segments); all candidates are sorted for an order by name.
  private static func first(
    _ limit: Int, of parts: [TraceCandidates?], _ whole: [TraceCandidate], _ order: TraceOrder,
    _ snapshot: Snapshot
  ) -> ArraySlice<TraceCandidate> {
    if order.key.isText {
      var found = whole
      for (number, part) in parts.enumerated() {
        for candidate in part?.kept ?? [] { found.append(candidate.seen(in: number)) }
      }
      sort(&found, order, snapshot)
      return found.prefix(limit)
    }
    let wholes = whole.sorted { TraceCandidate.precedes($0, $1, by: order) }
    var merge = CandidateMerge(parts.map { $0?.kept ?? [] }, wholes, order)
    var found: [TraceCandidate] = []
    while found.count < limit, let next = merge.next() { found.append(next) }
    return found[...]
  }

  private static func sort(
    _ found: inout [TraceCandidate], _ order: TraceOrder, _ snapshot: Snapshot
  ) {
    guard order.key.isText else {
      return found.sort { TraceCandidate.precedes($0, $1, by: order) }
    }
    let keyed = found.map { candidate -> (String, String, TraceCandidate) in
      let names = rootNames(candidate, snapshot)
      return order.key == .service
        ? (names.service, names.name, candidate) : (names.name, names.service, candidate)
    }
    found = keyed.sorted { a, b in
      if a.0 != b.0 { return (a.0 < b.0) != order.isReversed }
      if a.1 != b.1 { return (a.1 < b.1) != order.isReversed }
      return TraceCandidate.precedes(a.2, b.2, by: .newest)
    }.map(\.2)
  }

  private static func rootNames(
    _ candidate: TraceCandidate, _ snapshot: Snapshot
  ) -> (service: String, name: String) {
    let segment = snapshot.views[Int(candidate.view)].segment
    let row = segment.traces.rootRow(Int(candidate.trace))
    return (segment.service(row), segment.nameText(row))
  }

  private static func summary(
    _ candidate: TraceCandidate, _ snapshot: Snapshot
  ) -> TraceSummary {
    let segment = snapshot.views[Int(candidate.view)].segment
    let trace = Int(candidate.trace)
    let names = rootNames(candidate, snapshot)
    let rows = segment.traces.rows(trace)
    let services =
      snapshot.splits.contains(segment.traces.id(trace))
      ? TraceParts.serviceCount(segment.traces.id(trace), snapshot) : segment.serviceCount(rows)
    let spanSegment = snapshot.views[Int(candidate.spanView)].segment
    return TraceSummary(
      id: segment.traces.id(trace), rootService: names.service, rootName: names.name,
      start: UnixNanos(candidate.start), duration: Nanoseconds(Int64(clamping: candidate.duration)),
      spanCount: Int(candidate.spans), errorCount: Int(candidate.errors),
      serviceCount: services, isRootMissing: !segment.isRoot[rows.lowerBound],
      matches: Int(candidate.matches), value: candidate.value.isFinite ? candidate.value : nil,
      matchingSpan: candidate.span >= 0 ? SpanID(spanSegment.spanIDs[Int(candidate.span)]) : nil)
  }
}
