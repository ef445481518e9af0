package import QueryLanguage
package import Telemetry

/// What the screen needs to know of a trace besides its spans, worked out once for each view so
/// that drawing looks things up and never scans.
package struct TraceIndex: Sendable {
  /// Distinct services of the trace.
  package private(set) var serviceCount = 0
  /// The largest depth; a root has 0.
  package private(set) var deepest = 0
  /// Nodes with an error, ascending.
  package private(set) var errors: [Int32] = []
  /// When the first span of each entry's subtree starts, and the last one ends.
  package private(set) var earliest: [UnixNanos] = []
  package private(set) var latest: [UnixNanos] = []
  /// Runs of equal siblings by their first entry.
  package private(set) var runs: [Int32: RunFigures] = [:]
  /// Nodes by span id: a table with open addressing, -1 where it is empty. Nodes of the same id
  /// are met in their order.
  private var slots: [Int32] = []
  /// Stretches of node `i`: `stretches[firstStretch[i]..<firstStretch[i + 1]]`.
  private var stretches: [CriticalStretch] = []
  private var firstStretch: [Int32] = []

  package init() {}

  /// - Complexity: O(*n*) in the spans, and sorting the runs.
  package init(_ view: TraceView, _ tree: TraceTree) {
    var services = [Bool](repeating: false, count: view.texts.count)
    for (index, node) in view.nodes.enumerated() {
      services[Int(node.service)] = true
      if node.isError { errors.append(Int32(index)) }
    }
    serviceCount = services.count { $0 }
    for entry in tree.entries { deepest = max(deepest, Int(entry.depth)) }
    measureExtents(view, tree)
    measureRuns(view, tree)
    sortStretches(view)
    hashIDs(view)
  }

  private mutating func hashIDs(_ view: TraceView) {
    var size = 16
    while size < view.nodes.count * 2 { size *= 2 }
    slots = [Int32](repeating: -1, count: size)
    for (index, node) in view.nodes.enumerated() {
      var slot = firstSlot(node.spanID)
      while slots[slot] >= 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = Int32(index)
    }
  }

  /// Where the search for an id starts; ids may count up from 1, so their bits are mixed.
  private func firstSlot(_ id: SpanID) -> Int {
    let mixed = (id.value ^ id.value >> 32) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed >> 32) & (slots.count - 1)
  }

  private mutating func measureExtents(_ view: TraceView, _ tree: TraceTree) {
    earliest = tree.entries.map { $0.node < 0 ? UnixNanos(.max) : view.nodes[Int($0.node)].start }
    latest = tree.entries.map { $0.node < 0 ? .zero : view.nodes[Int($0.node)].end }
    for index in tree.entries.indices.reversed() {
      let parent = Int(tree.entries[index].parent)
      guard parent >= 0 else { continue }
      if earliest[index] < earliest[parent] { earliest[parent] = earliest[index] }
      if latest[index] > latest[parent] { latest[parent] = latest[index] }
    }
  }

  private mutating func measureRuns(_ view: TraceView, _ tree: TraceTree) {
    for (index, entry) in tree.entries.enumerated() where entry.runLength > 0 {
      runs[Int32(index)] = RunFigures(
        tree.runMembers(index).map { view.nodes[Int(tree.entries[$0].node)].duration })
    }
  }

  private mutating func sortStretches(_ view: TraceView) {
    firstStretch = [Int32](repeating: 0, count: view.nodes.count + 1)
    for stretch in view.criticalPath { firstStretch[Int(stretch.node) + 1] += 1 }
    for index in view.nodes.indices { firstStretch[index + 1] += firstStretch[index] }
    var next = firstStretch
    stretches = view.criticalPath
    for stretch in view.criticalPath {
      stretches[Int(next[Int(stretch.node)])] = stretch
      next[Int(stretch.node)] += 1
    }
  }

  /// The parts of the critical path that are a node's own work, in time order.
  package func criticalStretches(of node: Int) -> ArraySlice<CriticalStretch> {
    guard firstStretch.indices.contains(node + 1) else { return [] }
    return stretches[Int(firstStretch[node])..<Int(firstStretch[node + 1])]
  }

  /// The node with a span id; of several with the same id, the one at `occurrence` or the last.
  func node(_ id: SpanID, occurrence: Int32 = 0, _ view: TraceView) -> Int? {
    guard !slots.isEmpty else { return nil }
    var slot = firstSlot(id)
    var left = occurrence
    var found: Int?
    while slots[slot] >= 0 {
      let node = Int(slots[slot])
      if view.nodes[node].spanID == id {
        found = node
        if left == 0 { return found }
        left -= 1
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return found
  }

  /// How many nodes before this one have its span id.
  func occurrence(of node: Int, _ view: TraceView) -> Int32 {
    let id = view.nodes[node].spanID
    guard view.nodes[node].marks.contains(.duplicateID), !slots.isEmpty else { return 0 }
    var slot = firstSlot(id)
    var before: Int32 = 0
    while slots[slot] >= 0, Int(slots[slot]) != node {
      if view.nodes[Int(slots[slot])].spanID == id { before += 1 }
      slot = (slot + 1) & (slots.count - 1)
    }
    return before
  }
}

/// Durations of a run of equal siblings.
package struct RunFigures: Hashable, Sendable {
  /// Siblings in the run.
  package let count: Int
  /// The shortest.
  package let least: Nanoseconds
  /// The mean of the middle two where their number is even.
  package let median: Nanoseconds
  /// The longest.
  package let most: Nanoseconds
  /// All of them added up, whether they overlap or not.
  package let total: Nanoseconds

  init(_ durations: [Nanoseconds]) {
    let sorted = durations.map(\.count).sorted()
    count = sorted.count
    least = Nanoseconds(sorted.first ?? 0)
    most = Nanoseconds(sorted.last ?? 0)
    median = Nanoseconds(Quantiles.of(sorted, 0.5))
    total = .sum(of: durations)
  }
}

/// Quantiles as the query language defines them: linear between the two nearest ranks (Hyndman and
/// Fan's definition 7).
enum Quantiles {
  /// - Parameter sorted: ascending; 0 for none.
  static func of(_ sorted: [Int64], _ share: Double) -> Int64 {
    guard let last = sorted.last else { return 0 }
    let rank = Double(sorted.count - 1) * share
    let low = Int(rank)
    guard low + 1 < sorted.count else { return last }
    let (a, b) = (sorted[low], sorted[low + 1])
    let step = (Double(b) - Double(a)) * (rank - Double(low))
    return Int64(clamping: Int128(a) + Int128(step.rounded()))
  }
}
