import QueryLanguage
import SpanStore

/// What decides which traces of a segment can be listed; the key under which they are kept.
struct TraceNeeds: Hashable, Sendable {
  var filter: Filter?
  /// Starts outside are left out; nil where the whole segment lies inside.
  var starts: Range<UInt64>?
  var valueField: FieldRef?
  var valueRange: ClosedRange<Double>?
  var order: TraceOrder
  var limit: Int
  /// Traces of the segment that may have parts elsewhere.
  var parts: [Int32] = []
  /// The filter as text: what differs in it only by how letters are composed is not the same.
  private let spelling: [UInt8]

  init(_ request: TraceListRequest) {
    var terms = request.filter.map { [$0] } ?? []
    // Whatever types the field has: a group is one value of one type.
    for term in request.group { terms.append(.whether(term.field, is: term.value, of: .mixed)) }
    filter = terms.isEmpty ? nil : terms.count == 1 ? terms[0] : .and(terms)
    (valueField, valueRange) = (request.valueField, request.valueRange)
    (order, limit) = (request.order, request.limit)
    let words = (filter?.text ?? "") + (valueField?.text ?? "")
    spelling = Array(words.utf8)
  }

  /// The needs of one segment; nil when no span of it starts in the range.
  func of(_ view: SegmentView, _ scope: TimeScope) -> TraceNeeds? {
    let segment = view.segment
    var needs = self
    needs.parts = view.parts
    guard !scope.takesAll else { return needs }
    let range = scope.range
    guard segment.maxStart >= range.lowerBound, segment.minStart < range.upperBound else {
      return nil
    }
    if !range.contains(segment.minStart) || !range.contains(segment.maxStart) {
      needs.starts = range
    }
    return needs
  }

}

/// Finds the traces of one segment that have a matching span.
enum TraceScan {
  /// - Complexity: O(traces) without conditions, O(rows) with them.
  static func candidates(
    _ view: SegmentView, _ needs: TraceNeeds
  ) throws -> TraceCandidates {
    var found = Found(TraceCandidates(needs.order, limit: needs.limit), Set(needs.parts))
    var reader = SegmentReader(view)
    if needs.filter == nil, needs.starts == nil, needs.valueField == nil {
      for trace in 0..<view.segment.traces.count where view.isLive(trace: trace) {
        let rows = view.segment.traces.rows(trace)
        found.offer(
          candidate(
            trace, view.segment, needs.order, rows.count, -.infinity, rows.lowerBound))
      }
    } else if let field = needs.valueField {
      if let values = try reader.column(field) {
        let rows = try RowSelection.bitmap(&reader, needs.filter, starts: needs.starts)
        collect(view, rows, values, needs.valueRange, &found)
      }
    } else if let rows = try RowSelection.bitmap(&reader, needs.filter, starts: needs.starts) {
      collect(view, rows, &found)
    }
    found.candidates.finish()
    return found.candidates
  }

  /// What was found so far.
  private struct Found {
    var candidates: TraceCandidates
    private let parts: Set<Int32>

    init(_ candidates: TraceCandidates, _ parts: Set<Int32>) {
      (self.candidates, self.parts) = (candidates, parts)
    }

    var order: TraceOrder { candidates.order }

    mutating func offer(_ candidate: TraceCandidate) {
      if !parts.isEmpty, parts.contains(candidate.trace) {
        candidates.offer(part: candidate)
      } else {
        candidates.offer(candidate)
      }
    }
  }

  private static func candidate(
    _ trace: Int, _ segment: Segment, _ order: TraceOrder, _ matches: Int, _ value: Double,
    _ row: Int
  ) -> TraceCandidate {
    let start = segment.traces.start(trace)
    let services =
      order.key == .services ? Int32(segment.serviceCount(segment.traces.rows(trace))) : 0
    return TraceCandidate(
      trace: Int32(trace), start: start, duration: segment.traces.end(trace) - start,
      spans: Int32(segment.traces.spanCount(trace)),
      errors: Int32(segment.traces.errorCount(trace)), services: services,
      matches: Int32(matches), value: value, span: Int32(row))
  }

  /// Traces with a chosen row; the first one stands for the trace.
  private static func collect(
    _ view: SegmentView, _ rows: Bitmap, _ found: inout Found
  ) {
    for trace in 0..<view.segment.traces.count where view.isLive(trace: trace) {
      var (matches, first) = (0, -1)
      for row in view.segment.traces.rows(trace) where rows[row] {
        matches += 1
        if first < 0 { first = row }
      }
      guard matches > 0 else { continue }
      found.offer(candidate(trace, view.segment, found.order, matches, -.infinity, first))
    }
  }

  /// Traces with a chosen row that has a value in the range; the largest stands for the trace.
  private static func collect(
    _ view: SegmentView, _ rows: Bitmap?, _ values: FieldColumn, _ range: ClosedRange<Double>?,
    _ found: inout Found
  ) {
    for trace in 0..<view.segment.traces.count where view.isLive(trace: trace) {
      var (matches, best, bestRow) = (0, -Double.infinity, -1)
      for row in view.segment.traces.rows(trace) where rows?[row] ?? true {
        guard values.hasValue(row), let value = values.result(row).number else { continue }
        if let range, !range.contains(value) { continue }
        matches += 1
        if value > best { (best, bestRow) = (value, row) }
      }
      guard matches > 0 else { continue }
      found.offer(candidate(trace, view.segment, found.order, matches, best, bestRow))
    }
  }
}
