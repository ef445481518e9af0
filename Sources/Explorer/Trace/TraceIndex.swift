package import QueryLanguage
package import Telemetry

/// What the screen needs to know of a trace besides its spans, worked out once for each view so
/// that drawing looks things up and never scans.
package struct TraceIndex: Sendable {
  package private(set) var serviceCount = 0
  package private(set) var deepest = 0
  /// Nodes with an error, ascending.
  package private(set) var errors: [Int32] = []
  /// When the first span of each entry's subtree starts, and the last one ends.
  package private(set) var earliest: [UnixNanos] = []
  package private(set) var latest: [UnixNanos] = []
  /// Runs of equal siblings by their first entry.
  package private(set) var runs: [Int32: RunFigures] = [:]
  /// Nodes by span id, then by node.
  private var byID: [Int32] = []
  /// Stretches of node `i`: `stretches[firstStretch[i]..<firstStretch[i + 1]]`.
  private var stretches: [CriticalStretch] = []
  private var firstStretch: [Int32] = []

  package init() {}

  /// - Complexity: O(*n* log *n*) in the spans.
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
    let ids = view.nodes.enumerated().map { (id: $1.spanID.value, node: Int32($0)) }
    byID = ids.sorted { $0.id != $1.id ? $0.id < $1.id : $0.node < $1.node }.map(\.node)
  }

  private mutating func measureExtents(_ view: TraceView, _ tree: TraceTree) {
    earliest = tree.entries.map { $0.node < 0 ? UnixNanos(.max) : view.nodes[Int($0.node)].start }
    latest = tree.entries.map { $0.node < 0 ? .zero : view.nodes[Int($0.node)].end }
    for place in tree.entries.indices.reversed() {
      let parent = Int(tree.entries[place].parent)
      guard parent >= 0 else { continue }
      if earliest[place] < earliest[parent] { earliest[parent] = earliest[place] }
      if latest[place] > latest[parent] { latest[parent] = latest[place] }
    }
  }

  private mutating func measureRuns(_ view: TraceView, _ tree: TraceTree) {
    for (place, entry) in tree.entries.enumerated() where entry.runLength > 0 {
      runs[Int32(place)] = RunFigures(
        tree.runMembers(place).map { view.nodes[Int(tree.entries[$0].node)].duration })
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
    let first = firstPlace(of: id, view)
    var found: Int?
    for place in first..<min(byID.count, first + Int(occurrence) + 1) {
      let node = Int(byID[place])
      guard view.nodes[node].spanID == id else { break }
      found = node
    }
    return found
  }

  /// How many nodes before this one have its span id.
  func occurrence(of node: Int, _ view: TraceView) -> Int32 {
    guard view.nodes[node].marks.contains(.duplicateID) else { return 0 }
    var place = firstPlace(of: view.nodes[node].spanID, view)
    var before: Int32 = 0
    while place < byID.count, byID[place] != node {
      before += 1
      place += 1
    }
    return before
  }

  private func firstPlace(of id: SpanID, _ view: TraceView) -> Int {
    var low = 0
    var high = byID.count
    while low < high {
      let middle = (low + high) / 2
      if view.nodes[Int(byID[middle])].spanID < id { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// Durations of a run of equal siblings.
package struct RunFigures: Hashable, Sendable {
  package let count: Int
  package let least: Nanoseconds
  package let median: Nanoseconds
  package let most: Nanoseconds
  package let total: Nanoseconds

  init(_ durations: [Nanoseconds]) {
    let sorted = durations.map(\.count).sorted()
    count = sorted.count
    least = Nanoseconds(sorted.first ?? 0)
    most = Nanoseconds(sorted.last ?? 0)
    median = Nanoseconds(Quantiles.of(sorted, 0.5))
    total = Nanoseconds(sorted.reduce(0) { $0.addingReportingOverflow($1).partialValue })
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
    return a + Int64((Double(b - a) * (rank - Double(low))).rounded())
  }
}
