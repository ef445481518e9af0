package import QueryLanguage
import SpanStore
import Telemetry

/// The chain of spans whose own work decides when a trace ends.
///
/// Definition: Jaeger UI, `components/TracePage/CriticalPath`. From each root: step into the child
/// that ends last; from its start, walk back to the child that ends strictly before; what lies
/// between belongs to the parent itself. Children are clipped to their parent; those wholly outside
/// are left out, and so is a consumer under a producer, for which nobody waits.
package struct CriticalPath {
  /// The row of each span's parent, below zero for none; parents come first.
  private let parents: [Int32]
  private let kinds: [UInt8]
  private var start: [UInt64]
  private var end: [UInt64]
  private var isLeftOut: [Bool]
  /// Children of node `i`: `children[firstChild[i]..<firstChild[i + 1]]`, latest end first.
  private var firstChild: [Int32]
  private var children: [Int32]
  /// The next child of each node to look at; ends only fall, so it never goes back.
  private var cursor: [Int32] = []

  /// - Complexity: O(*n* log *n*) in the spans of the trace.
  package static func stretches(of nodes: [TraceNode]) -> [CriticalStretch] {
    var path = CriticalPath(
      parents: nodes.map(\.parent), kinds: nodes.map(\.kind.rawValue),
      starts: nodes.map(\.start.sinceEpoch), ends: nodes.map(\.end.sinceEpoch))
    var stretches: [CriticalStretch] = []
    path.walk { node, from, to in
      stretches.append(
        CriticalStretch(node: Int32(node), start: UnixNanos(from), end: UnixNanos(to)))
    }
    return stretches.sorted { ($0.start, $0.end, $0.node) < ($1.start, $1.end, $1.node) }
  }

  /// The time of each row on its trace's critical path, nanoseconds.
  ///
  /// - Complexity: O(rows), and a sort of each span's children.
  static func times(in segment: Segment) -> [Int64] {
    let starts = segment.start.decoded().map { UInt64(bitPattern: $0) }
    let durations = segment.duration.decoded()
    let ends = starts.indices.map { row in
      let end = starts[row].addingReportingOverflow(UInt64(bitPattern: durations[row]))
      return end.overflow ? .max : end.partialValue
    }
    var path = CriticalPath(
      parents: TraceRelations(segment).parents,
      kinds: segment.kind.decoded().map { UInt8(truncatingIfNeeded: $0) }, starts: starts,
      ends: ends)
    var times = [Int64](repeating: 0, count: starts.count)
    path.walk { row, from, to in times[row] &+= Int64(truncatingIfNeeded: to - from) }
    return times
  }

  private init(parents: [Int32], kinds: [UInt8], starts: [UInt64], ends: [UInt64]) {
    (self.parents, self.kinds, start, end) = (parents, kinds, starts, ends)
    isLeftOut = [Bool](repeating: false, count: parents.count)
    firstChild = [Int32](repeating: 0, count: parents.count + 1)
    children = []
    clip()
    linkChildren()
  }

  /// Parents come before their children in pre-order, so one pass clips whole chains.
  private mutating func clip() {
    let (consumer, producer) = (SpanKind.consumer.rawValue, SpanKind.producer.rawValue)
    for index in parents.indices {
      let parent = Int(parents[index])
      guard parent >= 0 else { continue }
      let isUnawaited = kinds[index] == consumer && kinds[parent] == producer
      let isOutside = start[index] >= end[parent] || end[index] <= start[parent]
      if isLeftOut[parent] || isUnawaited || (isOutside && end[index] != start[index])
        || start[index] > end[parent] || end[index] < start[parent]
      {
        isLeftOut[index] = true
        continue
      }
      start[index] = max(start[index], start[parent])
      end[index] = min(end[index], end[parent])
    }
  }

  private mutating func linkChildren() {
    for (index, parent) in parents.enumerated() where parent >= 0 && !isLeftOut[index] {
      firstChild[Int(parent) + 1] += 1
    }
    for index in parents.indices { firstChild[index + 1] += firstChild[index] }
    children = [Int32](repeating: 0, count: Int(firstChild[parents.count]))
    var position = firstChild
    for (index, parent) in parents.enumerated() where parent >= 0 && !isLeftOut[index] {
      children[Int(position[Int(parent)])] = Int32(index)
      position[Int(parent)] += 1
    }
    for index in parents.indices where firstChild[index + 1] - firstChild[index] > 1 {
      let range = Int(firstChild[index])..<Int(firstChild[index + 1])
      children[range].sort { (end[Int($0)], $1) > (end[Int($1)], $0) }
    }
    cursor = firstChild
  }

  /// Calls `body` with a span and a stretch of time that is its own, for each.
  private mutating func walk(_ body: (Int, UInt64, UInt64) -> Void) {
    for root in parents.indices where parents[root] < 0 {
      var current = root
      var until = end[root]
      var isReturning = false
      while true {
        if let child = lastChild(of: current, before: isReturning ? until : nil) {
          if end[child] < until { body(current, end[child], until) }
          current = child
          until = end[child]
          isReturning = false
        } else {
          if start[current] < until { body(current, start[current], until) }
          guard current != root else { break }
          until = start[current]
          current = Int(parents[current])
          isReturning = true
        }
      }
    }
  }

  /// The child that ends last; when walking back, strictly before `limit`.
  private mutating func lastChild(of node: Int, before limit: UInt64?) -> Int? {
    while cursor[node] < firstChild[node + 1] {
      let child = Int(children[Int(cursor[node])])
      cursor[node] += 1
      if let limit, end[child] >= limit { continue }
      return child
    }
    return nil
  }
}
