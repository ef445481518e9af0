package import Telemetry

/// The traces of a segment: each is one run of rows, in pre-order.
package struct TraceTable: Sendable {
  private var high: [UInt64] = []
  private var low: [UInt64] = []
  /// One more than there are traces.
  private var firstRow: [UInt32] = [0]
  private var starts: [UInt64] = []
  private var ends: [UInt64] = []
  private var errors: [UInt32] = []
  private var roots: [UInt32] = []
  private var missing: [UInt32] = []
  /// Traces by id, for finding one.
  private var order: [UInt32] = []

  package var count: Int { high.count }

  package func id(_ trace: Int) -> TraceID { TraceID(high: high[trace], low: low[trace]) }
  package func rows(_ trace: Int) -> Range<Int> { Int(firstRow[trace])..<Int(firstRow[trace + 1]) }
  /// The earliest start among its spans, Unix nanoseconds.
  package func start(_ trace: Int) -> UInt64 { starts[trace] }
  /// The latest end.
  package func end(_ trace: Int) -> UInt64 { ends[trace] }
  package func spanCount(_ trace: Int) -> Int { rows(trace).count }
  /// Spans whose status is error.
  package func errorCount(_ trace: Int) -> Int { Int(errors[trace]) }
  /// Spans without a parent id, and spans that had to be made roots.
  package func rootCount(_ trace: Int) -> Int { Int(roots[trace]) }
  /// Distinct parents that are named and not held.
  package func missingParents(_ trace: Int) -> Int { Int(missing[trace]) }
  /// The row of the root span: the first row, for roots come first.
  package func rootRow(_ trace: Int) -> Int { Int(firstRow[trace]) }

  /// The trace with this id.
  ///
  /// - Complexity: O(log traces).
  package func trace(_ id: TraceID) -> Int? {
    let index = lowerBound(id.high, id.low)
    guard index < order.count else { return nil }
    let trace = Int(order[index])
    return high[trace] == id.high && low[trace] == id.low ? trace : nil
  }

  /// Traces whose ids lie in a range, for finding by prefix.
  ///
  /// - Complexity: O(log traces + traces found).
  package func traces(from first: TraceID, through last: TraceID) -> [Int] {
    var found: [Int] = []
    var index = lowerBound(first.high, first.low)
    while index < order.count {
      let trace = Int(order[index])
      if (high[trace], low[trace]) > (last.high, last.low) { break }
      found.append(trace)
      index += 1
    }
    return found
  }

  /// The trace that a row belongs to.
  ///
  /// - Complexity: O(log traces).
  package func trace(ofRow row: Int) -> Int {
    var (first, last) = (0, count)
    while first + 1 < last {
      let middle = (first + last) / 2
      if Int(firstRow[middle]) <= row { first = middle } else { last = middle }
    }
    return first
  }

  private func lowerBound(_ wantedHigh: UInt64, _ wantedLow: UInt64) -> Int {
    var (first, last) = (0, order.count)
    while first < last {
      let middle = (first + last) / 2
      let trace = Int(order[middle])
      if (high[trace], low[trace]) < (wantedHigh, wantedLow) {
        first = middle + 1
      } else {
        last = middle
      }
    }
    return first
  }

  /// Adds a trace behind the others.
  mutating func append(
    _ id: TraceID, spans: Int, start: UInt64, end: UInt64, errors: UInt32, roots: UInt32,
    missing: UInt32
  ) {
    high.append(id.high)
    low.append(id.low)
    firstRow.append((firstRow.last ?? 0) + UInt32(spans))
    starts.append(start)
    ends.append(end)
    self.errors.append(errors)
    self.roots.append(roots)
    self.missing.append(missing)
  }

  /// Makes it searchable by id.
  mutating func finish() {
    order = (0..<UInt32(count)).sorted {
      (high[Int($0)], low[Int($0)]) < (high[Int($1)], low[Int($1)])
    }
  }

  var byteCount: Int { count * 52 }
}
