package import QueryLanguage
import Telemetry

/// The chain of spans whose own work decides when a trace ends.
///
/// Definition: Jaeger UI, `components/TracePage/CriticalPath`. From each root: step into the child
/// that ends last; from its start, walk back to the child that ends strictly before; what lies
/// between belongs to the parent itself. Children are clipped to their parent; those wholly outside
/// are left out, and so is a consumer under a producer, for which nobody waits.
package struct CriticalPath {
  private let nodes: [TraceNode]
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
    var path = CriticalPath(nodes)
    return path.walk()
  }

  private init(_ nodes: [TraceNode]) {
    self.nodes = nodes
    start = nodes.map(\.start.sinceEpoch)
    end = nodes.map(\.end.sinceEpoch)
    isLeftOut = [Bool](repeating: false, count: nodes.count)
    firstChild = [Int32](repeating: 0, count: nodes.count + 1)
    children = []
    clip()
    linkChildren()
  }

  /// Parents come before their children in pre-order, so one pass clips whole chains.
  private mutating func clip() {
    for index in nodes.indices {
      let parent = Int(nodes[index].parent)
      guard parent >= 0 else { continue }
      let isUnawaited = nodes[index].kind == .consumer && nodes[parent].kind == .producer
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
    for (index, node) in nodes.enumerated() where node.parent >= 0 && !isLeftOut[index] {
      firstChild[Int(node.parent) + 1] += 1
    }
    for index in nodes.indices { firstChild[index + 1] += firstChild[index] }
    children = [Int32](repeating: 0, count: Int(firstChild[nodes.count]))
    var position = firstChild
    for (index, node) in nodes.enumerated() where node.parent >= 0 && !isLeftOut[index] {
      children[Int(position[Int(node.parent)])] = Int32(index)
      position[Int(node.parent)] += 1
    }
    for index in nodes.indices where firstChild[index + 1] - firstChild[index] > 1 {
      let range = Int(firstChild[index])..<Int(firstChild[index + 1])
      children[range].sort { (end[Int($0)], $1) > (end[Int($1)], $0) }
    }
    cursor = firstChild
  }

  private mutating func walk() -> [CriticalStretch] {
    var stretches: [CriticalStretch] = []
    for root in nodes.indices where nodes[root].parent < 0 {
      var current = root
      var until = end[root]
      var isReturning = false
      while true {
        if let child = lastChild(of: current, before: isReturning ? until : nil) {
          add(current, from: end[child], to: until, &stretches)
          current = child
          until = end[child]
          isReturning = false
        } else {
          add(current, from: start[current], to: until, &stretches)
          guard current != root else { break }
          until = start[current]
          current = Int(nodes[current].parent)
          isReturning = true
        }
      }
    }
    return stretches.sorted { ($0.start, $0.end, $0.node) < ($1.start, $1.end, $1.node) }
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

  private func add(
    _ node: Int, from: UInt64, to: UInt64, _ stretches: inout [CriticalStretch]
  ) {
    guard from < to else { return }
    stretches.append(
      CriticalStretch(node: Int32(node), start: UnixNanos(from), end: UnixNanos(to)))
  }
}
