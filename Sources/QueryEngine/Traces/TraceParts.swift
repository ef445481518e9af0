import QueryLanguage
import SpanStore
import Telemetry

/// Puts the parts of large traces together for a list.
enum TraceParts {
  /// One candidate for each trace with a part that matches, over all parts held.
  ///
  /// - Complexity: O(parts × segments): few traces are in parts.
  static func whole(
    _ found: [TraceCandidates?], _ order: TraceOrder, _ snapshot: Snapshot
  ) -> [TraceCandidate] {
    var traces: [TraceID: [TraceCandidate]] = [:]
    var ids: [TraceID] = []
    for (number, part) in found.enumerated() {
      for var candidate in part?.parts ?? [] {
        candidate.view = Int32(number)
        candidate.spanView = Int32(number)
        let id = snapshot.views[number].segment.traces.id(Int(candidate.trace))
        if traces[id] == nil { ids.append(id) }
        traces[id, default: []].append(candidate)
      }
    }
    return ids.compactMap { id in
      guard let matching = traces[id] else { return nil }
      return joined(id, matching, order, snapshot)
    }
  }

  private static func joined(
    _ id: TraceID, _ matching: [TraceCandidate], _ order: TraceOrder, _ snapshot: Snapshot
  ) -> TraceCandidate? {
    let locations = locations(id, snapshot)
    // The part whose first row stands for the trace: the earliest root, else the earliest span.
    let first = locations.min { a, b in
      let (x, y) = (rank(a, snapshot), rank(b, snapshot))
      return x.isMissing != y.isMissing ? y.isMissing : x.start < y.start
    }
    guard let first, var whole = matching.first else { return nil }
    (whole.view, whole.trace) = (Int32(first.view), Int32(first.trace))
    let tables = locations.map { ($0.trace, snapshot.views[$0.view].segment.traces) }
    whole.start = tables.map { $1.start($0) }.min() ?? 0
    whole.duration = (tables.map { $1.end($0) }.max() ?? 0) - whole.start
    whole.spans = Int32(clamping: tables.reduce(0) { $0 + $1.1.spanCount($1.0) })
    whole.errors = Int32(clamping: tables.reduce(0) { $0 + $1.1.errorCount($1.0) })
    whole.services = order.key == .services ? Int32(serviceCount(id, snapshot)) : 0
    for other in matching.dropFirst() {
      whole.matches += other.matches
      if other.value > whole.value {
        (whole.value, whole.span, whole.spanView) = (other.value, other.span, other.spanView)
      }
    }
    return whole
  }

  private static func locations(_ id: TraceID, _ snapshot: Snapshot) -> [(view: Int, trace: Int)] {
    snapshot.views.indices.compactMap { view in
      guard let trace = snapshot.views[view].segment.traces.trace(id),
        snapshot.views[view].isLive(trace: trace)
      else { return nil }
      return (view, trace)
    }
  }

  private static func rank(
    _ location: (view: Int, trace: Int), _ snapshot: Snapshot
  ) -> (isMissing: Bool, start: Int64) {
    let segment = snapshot.views[location.view].segment
    let row = segment.traces.rootRow(location.trace)
    return (!segment.isRoot[row], segment.start[row])
  }

  /// Different services among all spans of a trace.
  static func serviceCount(_ id: TraceID, _ snapshot: Snapshot) -> Int {
    var services: Set<String> = []
    for part in snapshot.parts(of: id) {
      let segment = part.view.segment
      var last: Int64 = -1
      for row in segment.traces.rows(part.trace) {
        let code = segment.resourceCode[row]
        if code != last { services.insert(segment.service(row)) }
        last = code
      }
    }
    return services.count
  }
}
