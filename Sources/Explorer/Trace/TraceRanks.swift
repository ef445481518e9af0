import QueryLanguage
import Telemetry

/// Where each span stands among all held spans of its service and name, asked for pair by pair.
package struct TraceRanks: Sendable {
  private struct Pair: Hashable {
    var service: Int32
    var name: Int32
  }

  private var ranks: [Double] = []
  private var pairs: [Pair] = []
  private var members: [Pair: [Int32]] = [:]
  /// The pair being asked about.
  private var asked = 0

  package init() {}

  /// 0 … 1; nil while it is not known.
  package func rank(of node: Int) -> Double? {
    ranks.indices.contains(node) && ranks[node] >= 0 ? ranks[node] : nil
  }

  /// Starts anew for a view; what was known stays until it is known better.
  mutating func begin(_ view: TraceView) {
    if ranks.count != view.nodes.count {
      ranks = [Double](repeating: -1, count: view.nodes.count)
    }
    (pairs, members, asked) = ([], [:], 0)
    for (index, node) in view.nodes.enumerated() {
      let pair = Pair(service: node.service, name: node.name)
      if members[pair] == nil { pairs.append(pair) }
      members[pair, default: []].append(Int32(index))
    }
  }

  /// What to ask next; nil when everything is known.
  func request(_ view: TraceView) -> Request? {
    guard pairs.indices.contains(asked) else { return nil }
    let pair = pairs[asked]
    let durations = (members[pair] ?? []).map { view.nodes[Int($0)].duration }
    return .ranks(
      service: view.texts[Int(pair.service)], name: view.texts[Int(pair.name)],
      durations: durations)
  }

  mutating func receive(_ response: [Double]) {
    guard pairs.indices.contains(asked) else { return }
    for (node, rank) in zip(members[pairs[asked]] ?? [], response) { ranks[Int(node)] = rank }
    asked += 1
  }
}

extension WaterfallTab {
  static let rankSlot = Slot(TraceModel.id, "ranks")

  /// Asks for ranks when a column shows them.
  mutating func askRanks() -> [Intent] {
    guard let view, columns.contains(.rank) else { return [] }
    ranks.begin(view)
    return ranks.request(view).map { [.ask(Self.rankSlot, $0)] } ?? []
  }

  mutating func receive(ranks response: [Double]) -> [Intent] {
    guard let view else { return [] }
    ranks.receive(response)
    return ranks.request(view).map { [.ask(Self.rankSlot, $0)] } ?? []
  }
}
