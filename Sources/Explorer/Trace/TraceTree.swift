package import QueryLanguage
package import Telemetry

/// A trace as a flat tree to draw: every span once, and a node for each parent that is not held.
///
/// Entries are in pre-order with subtree sizes, so that folding is skipping and nothing recurses.
package struct TraceTree: Sendable {
  /// A span, or a parent that is named and not held.
  package struct Entry: Sendable {
    /// Index of the span in the view; -1 for a missing span.
    package var node: Int32
    /// A root has 0.
    package var depth: Int32
    /// Entries in its subtree, itself included.
    package var size: Int32
    /// Index of the parent's entry; -1 at the top.
    package var parent: Int32
    /// Entries directly below it.
    package var childCount: Int32
    /// Among its siblings: how the lines of the tree end.
    package var isLastChild: Bool
    /// First of a run of equal siblings: how many there are; otherwise 0.
    package var runLength: Int32 = 0
    /// The entry behind the run's last subtree.
    package var runEnd: Int32 = 0
  }

  /// In pre-order: an entry's subtree follows it.
  package private(set) var entries: [Entry] = []
  /// Entry of each span.
  package private(set) var entryOfNode: [Int32] = []
  /// Id of the missing span of each entry that is one.
  package private(set) var missing: [Int32: SpanID] = [:]

  /// Siblings of the same service and name fold from this many on.
  package static let runMinimum = 3

  package init() {}

  /// - Complexity: O(*n*) in the spans, plus sorting the roots.
  package init(_ view: TraceView) {
    entryOfNode = [Int32](repeating: -1, count: view.nodes.count)
    entries.reserveCapacity(view.nodes.count + 4)
    for top in Self.tops(view) {
      switch top {
      case .root(let node): append(node, view, under: -1, deeper: 0)
      case .missing(let id, let orphans): append(id, orphans, view)
      }
    }
    linkSiblings()
    findRuns(view)
  }

  private enum Top {
    case root(Int)
    case missing(SpanID, [Int])
  }

  /// Roots and missing parents, by the start of the earliest span under each.
  private static func tops(_ view: TraceView) -> [Top] {
    var roots: [(start: UnixNanos, order: Int, top: Top)] = []
    var orphans: [SpanID: [Int]] = [:]
    for (index, node) in view.nodes.enumerated() {
      if node.parent == -1 { roots.append((node.start, index, .root(index))) }
      if node.parent == -2 { orphans[node.parentID, default: []].append(index) }
    }
    for (id, nodes) in orphans {
      let start = nodes.map { view.nodes[$0].start }.min() ?? .zero
      roots.append((start, nodes[0], .missing(id, nodes)))
    }
    return roots.sorted { ($0.start, $0.order) < ($1.start, $1.order) }.map(\.top)
  }

  private mutating func append(_ id: SpanID, _ orphans: [Int], _ view: TraceView) {
    let index = entries.count
    missing[Int32(index)] = id
    entries.append(
      Entry(
        node: -1, depth: 0, size: 1, parent: -1, childCount: Int32(orphans.count),
        isLastChild: false))
    for orphan in orphans { append(orphan, view, under: Int32(index), deeper: 1) }
    entries[index].size = Int32(entries.count - index)
  }

  /// Copies the subtree of a top node, which is contiguous in the view.
  private mutating func append(_ top: Int, _ view: TraceView, under: Int32, deeper: Int32) {
    let base = view.nodes[top].depth
    for node in top..<top + Int(view.nodes[top].subtreeSize) {
      let span = view.nodes[node]
      entryOfNode[node] = Int32(entries.count)
      entries.append(
        Entry(
          node: Int32(node), depth: span.depth - base + deeper, size: span.subtreeSize,
          parent: node == top ? under : entryOfNode[Int(span.parent)],
          childCount: span.childCount, isLastChild: false))
    }
  }

  private mutating func linkSiblings() {
    var lastTop = -1
    var index = 0
    while index < entries.count {
      lastTop = index
      index += Int(entries[index].size)
    }
    if lastTop >= 0 { entries[lastTop].isLastChild = true }
    for parent in entries.indices where entries[parent].size > 1 {
      var child = parent + 1
      let end = parent + Int(entries[parent].size)
      while child < end {
        let next = child + Int(entries[child].size)
        if next == end { entries[child].isLastChild = true }
        child = next
      }
    }
  }

  private mutating func findRuns(_ view: TraceView) {
    for parent in entries.indices where entries[parent].childCount >= Self.runMinimum {
      let end = parent + Int(entries[parent].size)
      var first = parent + 1
      while first < end {
        var next = first
        var length = 0
        while next < end, isAlike(entries[first], entries[next], view) {
          length += 1
          next += Int(entries[next].size)
        }
        if length >= Self.runMinimum {
          entries[first].runLength = Int32(length)
          entries[first].runEnd = Int32(next)
        }
        first = max(next, first + 1)
      }
    }
  }

  /// The entries of the run that starts at `first`.
  package func runMembers(_ first: Int) -> [Int] {
    var members: [Int] = []
    members.reserveCapacity(Int(entries[first].runLength))
    var index = first
    while index < Int(entries[first].runEnd) {
      members.append(index)
      index += Int(entries[index].size)
    }
    return members
  }

  private func isAlike(_ a: Entry, _ b: Entry, _ view: TraceView) -> Bool {
    guard a.node >= 0, b.node >= 0 else { return false }
    let (a, b) = (view.nodes[Int(a.node)], view.nodes[Int(b.node)])
    return a.name == b.name && a.service == b.service
  }
}
