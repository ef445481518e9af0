package import QueryLanguage
import Telemetry

/// The critical path as Jaeger words it, by recursion over lists of children: small traces only.
package enum SlowCriticalPath {
  private struct Span {
    var start: UInt64
    var end: UInt64
    var children: [Int] = []
  }

  package static func stretches(of nodes: [TraceNode]) -> [CriticalStretch] {
    // A deep chain would exhaust the stack of a test.
    guard (nodes.map(\.depth).max() ?? 0) < 2_000 else { return [] }
    var spans = nodes.map { Span(start: $0.start.sinceEpoch, end: $0.end.sinceEpoch) }
    var kept = [Bool](repeating: true, count: nodes.count)
    for (index, node) in nodes.enumerated() where node.parent >= 0 {
      let parent = Int(node.parent)
      let (outer, inner) = (spans[parent], spans[index])
      let isApart =
        inner.start == inner.end
        ? inner.start < outer.start || inner.start > outer.end
        : inner.start >= outer.end || inner.end <= outer.start
      let isUnawaited = node.kind == .consumer && nodes[parent].kind == .producer
      kept[index] = kept[parent] && !isApart && !isUnawaited
      guard kept[index] else { continue }
      spans[index].start = max(inner.start, outer.start)
      spans[index].end = min(inner.end, outer.end)
      spans[parent].children.append(index)
    }
    var found: [CriticalStretch] = []
    for root in nodes.indices where nodes[root].parent < 0 { walk(root, spans, &found) }
    return found.sorted { ($0.start, $0.end, $0.node) < ($1.start, $1.end, $1.node) }
  }

  /// The child that ends last, then each that ends before the one before began.
  private static func walk(_ span: Int, _ spans: [Span], _ found: inout [CriticalStretch]) {
    var until = spans[span].end
    var isFirst = true
    while true {
      let candidates = spans[span].children.filter { isFirst || spans[$0].end < until }
      guard
        let last = candidates.max(by: { (spans[$0].end, $1) < (spans[$1].end, $0) })
      else { break }
      add(span, spans[last].end, until, &found)
      walk(last, spans, &found)
      until = spans[last].start
      isFirst = false
    }
    add(span, spans[span].start, until, &found)
  }

  private static func add(
    _ span: Int, _ start: UInt64, _ end: UInt64, _ found: inout [CriticalStretch]
  ) {
    guard start < end else { return }
    found.append(
      CriticalStretch(node: Int32(span), start: UnixNanos(start), end: UnixNanos(end)))
  }
}
