import QueryLanguage
package import Telemetry

/// Something striking about a trace, with its figure and the spans that show it.
package struct TraceNote: Sendable {
  /// One for each rule; notes of equal weight come in this order.
  package enum Kind: Int, CaseIterable, Hashable, Sendable {
    case repeatedCalls, manyAlike, serialCalls, timeout, retries, gap, childLonger, clockSkew

    package var title: String {
      switch self {
      case .repeatedCalls: "the same call again and again"
      case .manyAlike: "many alike under one span"
      case .serialCalls: "one after the other"
      case .timeout: "all end together at an error"
      case .retries: "tried again after an error"
      case .gap: "nothing runs"
      case .childLonger: "runs on after its parent"
      case .clockSkew: "clocks differ"
      }
    }
  }

  package var kind: Kind
  /// A sentence or two, with the figures.
  package var text: String
  /// Nodes, ascending.
  package var nodes: [Int32]
  /// Time it concerns, for putting the gravest first.
  package var weight: Nanoseconds

  /// - Parameter nodes: in any order.
  package init(_ kind: Kind, _ text: String, _ nodes: [Int32], weight: Nanoseconds) {
    (self.kind, self.text, self.nodes, self.weight) = (kind, text, nodes.sorted(), weight)
  }
}
