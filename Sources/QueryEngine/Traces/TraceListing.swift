package import QueryLanguage
package import SpanStore
package import Telemetry

/// Lists traces with a matching span.
package enum TraceListing {
  /// - Parameter now: what `LAST` counts back from; nil: the newest span.
  /// - Complexity: O(rows) for the filter, O(traces log traces) for the order; names are read only
  ///   for the traces handed out.
  package static func run(
    _ request: TraceListRequest, _ snapshot: Snapshot, now: UnixNanos?
  ) throws -> TraceList {
    let scope = TimeScope(request.time ?? .all, now: now, snapshot)
    var list = TraceList()
    var found: [Candidate] = []
    for (number, view) in snapshot.views.enumerated() {
      try Task.checkCancellation()
      list.spansExamined += view.liveCount
      try collect(view, number, request, scope, &found)
    }
    list.total = found.count
    sort(&found, request.order, snapshot)
    list.traces = found.prefix(max(0, request.limit)).map { summary($0, snapshot) }
    return list
  }

  /// A trace that is listed, before its names are read.
  private struct Candidate {
    var view: Int32
    var trace: Int32
    var start: UInt64
    var duration: UInt64
    var spans: Int32
    var errors: Int32
    var matches: Int32
    var value: Double
    var span: Int32
  }

  private static func collect(
    _ view: SegmentView, _ number: Int, _ request: TraceListRequest, _ scope: TimeScope,
    _ found: inout [Candidate]
  ) throws {
    let segment = view.segment
    var starts: Range<UInt64>?
    if !scope.takesAll {
      guard segment.maxStart >= scope.range.lowerBound, segment.minStart < scope.range.upperBound
      else { return }
      let isInside =
        scope.range.contains(segment.minStart) && scope.range.contains(segment.maxStart)
      if !isInside { starts = scope.range }
    }
    var reader = SegmentReader(view)
    var rows = try RowSelection.bitmap(&reader, filter(request), starts: starts)
    let values = request.valueField.flatMap { reader.column($0) }
    if request.valueField != nil, values == nil {
      rows = Bitmap(repeating: false, count: segment.rowCount)
    }
    for trace in 0..<segment.traces.count where view.isLive(trace: trace) {
      var matches = 0
      var best = -Double.infinity
      var bestRow = -1
      for row in segment.traces.rows(trace) where rows?[row] ?? true {
        if let values {
          guard values.hasValue(row), let value = values.result(row).number else { continue }
          if let range = request.valueRange, !range.contains(value) { continue }
          matches += 1
          if value > best { (best, bestRow) = (value, row) }
        } else {
          matches += 1
          if bestRow < 0 { bestRow = row }
        }
      }
      guard matches > 0 else { continue }
      let start = segment.traces.start(trace)
      found.append(
        Candidate(
          view: Int32(number), trace: Int32(trace), start: start,
          duration: segment.traces.end(trace) - start,
          spans: Int32(segment.traces.spanCount(trace)),
          errors: Int32(segment.traces.errorCount(trace)), matches: Int32(matches), value: best,
          span: Int32(bestRow)))
    }
  }

  /// The request's filter with its group as conditions.
  private static func filter(_ request: TraceListRequest) -> Filter? {
    var terms = request.filter.map { [$0] } ?? []
    for term in request.group { terms.append(condition(term)) }
    return terms.isEmpty ? nil : terms.count == 1 ? terms[0] : .and(terms)
  }

  private static func condition(_ term: TraceListRequest.GroupTerm) -> Filter {
    switch term.value {
    case .missing: .doesNotExist(term.field)
    case .text(let text), .json(let text): .compare(term.field, .equal, .text(text))
    case .bool(let bool): .compare(term.field, .equal, .bool(bool))
    case .integer(let number): .compare(term.field, .equal, .integer(number))
    case .double(let number): .compare(term.field, .equal, .double(number))
    case .time(let time): .compare(term.field, .equal, .integer(Int64(clamping: time)))
    }
  }

  private static func sort(
    _ found: inout [Candidate], _ order: TraceOrder, _ snapshot: Snapshot
  ) {
    switch order {
    case .newest: found.sort { ($0.start, $1.trace) > ($1.start, $0.trace) }
    case .oldest: found.sort { ($0.start, $0.trace) < ($1.start, $1.trace) }
    case .slowest: found.sort { ($0.duration, $0.start) > ($1.duration, $1.start) }
    case .fastest: found.sort { ($0.duration, $1.start) < ($1.duration, $0.start) }
    case .mostSpans: found.sort { ($0.spans, $0.start) > ($1.spans, $1.start) }
    case .mostErrors: found.sort { ($0.errors, $0.start) > ($1.errors, $1.start) }
    case .largestValue: found.sort { ($0.value, $0.start) > ($1.value, $1.start) }
    case .smallestValue: found.sort { ($0.value, $1.start) < ($1.value, $0.start) }
    case .service, .name:
      let keyed = found.map { candidate -> (String, String, Candidate) in
        let names = rootNames(candidate, snapshot)
        return order == .service
          ? (names.service, names.name, candidate) : (names.name, names.service, candidate)
      }
      found = keyed.sorted { a, b in
        a.0 != b.0 ? a.0 < b.0 : a.1 != b.1 ? a.1 < b.1 : a.2.start > b.2.start
      }.map(\.2)
    }
  }

  private static func rootNames(
    _ candidate: Candidate, _ snapshot: Snapshot
  ) -> (service: String, name: String) {
    let segment = snapshot.views[Int(candidate.view)].segment
    let row = segment.traces.rootRow(Int(candidate.trace))
    return (segment.service(row), segment.nameText(row))
  }

  private static func summary(_ candidate: Candidate, _ snapshot: Snapshot) -> TraceSummary {
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
