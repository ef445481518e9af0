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
    let parts = try await Parallel.map(snapshot.views.count) { place -> TraceCandidates? in
      let view = snapshot.views[place]
      guard let needs = needs.of(view.segment, scope) else { return nil }
      return try cache.partial(view, needs) { try TraceScan.candidates(view, needs) }
    }
    var list = TraceList()
    var found: [TraceCandidate] = []
    for (number, part) in parts.enumerated() {
      list.spansExamined += snapshot.views[number].liveCount
      guard let part else { continue }
      list.total += part.total
      for var candidate in part.kept {
        candidate.view = Int32(number)
        found.append(candidate)
      }
    }
    sort(&found, request.order, snapshot)
    let listed = found.prefix(max(0, request.limit))
    list.traces = try await Parallel.map(listed.count, by: 4_096) { places in
      listed[places].map { summary($0, snapshot) }
    }
    return list
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
    return TraceSummary(
      id: segment.traces.id(trace), rootService: names.service, rootName: names.name,
      start: UnixNanos(candidate.start), duration: Nanoseconds(Int64(clamping: candidate.duration)),
      spanCount: Int(candidate.spans), errorCount: Int(candidate.errors),
      serviceCount: segment.serviceCount(rows), isRootMissing: !segment.isRoot[rows.lowerBound],
      matches: Int(candidate.matches), value: candidate.value.isFinite ? candidate.value : nil,
      matchingSpan: candidate.span >= 0 ? SpanID(segment.spanIDs[Int(candidate.span)]) : nil)
  }
}
