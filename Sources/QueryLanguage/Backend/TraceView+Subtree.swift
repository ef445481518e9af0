import Telemetry

extension TraceView {
  /// One span with all below it, as a trace of its own; everything when `node` is nil.
  ///
  /// The tables of the batch stay as they are; only the spans are fewer.
  package func subtree(_ node: Int?) -> TraceView {
    guard let node, nodes.indices.contains(node) else { return self }
    let range = node..<node + Int(nodes[node].subtreeSize)
    var part = self
    part.batch.spans = Array(batch.spans[range])
    part.nodes = nodes[range].map { original in
      var copy = original
      copy.depth -= nodes[node].depth
      copy.parent = copy.parent >= Int32(node) ? copy.parent - Int32(node) : -1
      return copy
    }
    part.start = part.nodes.map(\.start).min() ?? start
    part.end = part.nodes.map(\.end).max() ?? end
    part.rootCount = 1
    part.missingParents = 0
    part.errorCount = part.nodes.count(where: \.isError)
    part.criticalPath = criticalPath.filter { range.contains(Int($0.node)) }
      .map { CriticalStretch(node: $0.node - Int32(node), start: $0.start, end: $0.end) }
    return part
  }
}
