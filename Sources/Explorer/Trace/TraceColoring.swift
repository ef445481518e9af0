package import QueryLanguage
import Telemetry

/// What colours the bars when it is not the service: a number for each value of a field, in the
/// order in which the trace shows them.
package struct TraceColoring: Sendable {
  /// Nil: the service colours.
  package private(set) var field: FieldRef?
  /// Value number of each node; -1 without the field.
  private var numbers: [Int32] = []
  /// By their numbers.
  package private(set) var values: [String] = []

  /// Bars have the colours of their services.
  package init() {}

  /// Of no trace yet.
  init(_ field: FieldRef?) { self.field = field }

  /// - Complexity: O(attributes of the trace); once a view.
  init(_ field: FieldRef, _ view: TraceView) {
    self.field = field
    let reader = SpanField(field, view)
    var known: [ResultValue: Int32] = [:]
    numbers.reserveCapacity(view.nodes.count)
    for index in view.nodes.indices {
      guard let value = reader.value(index) else {
        numbers.append(-1)
        continue
      }
      if known[value] == nil {
        known[value] = Int32(values.count)
        values.append(ValueMenu.text(value))
      }
      numbers.append(known[value] ?? -1)
    }
  }

  func number(of node: Int) -> Int? {
    numbers.indices.contains(node) && numbers[node] >= 0 ? Int(numbers[node]) : nil
  }
}

extension WaterfallTab {
  /// The colour of a row: of its service, or of its value of the field that colours; nil for a
  /// span without the field.
  package func series(of row: TraceRow, _ context: Context) -> Int? {
    let entry = tree.entries[Int(row.entry)]
    guard let view, entry.node >= 0 else { return nil }
    guard coloring.field != nil else {
      return context.services[view.texts[Int(view.nodes[Int(entry.node)].service)]]
    }
    return coloring.number(of: Int(entry.node))
  }

  /// Whether a row failed itself, or only something below it.
  package enum ErrorPosition: Equatable, Sendable { case own, below, none }

  /// Where a row is to be marked as failed.
  package func errorPosition(_ row: TraceRow) -> ErrorPosition {
    let entry = tree.entries[Int(row.entry)]
    guard let view else { return .none }
    guard entry.node >= 0 else {
      let below = Int(row.entry) + 1..<Int(row.entry) + Int(entry.size)
      return below.contains { view.nodes[Int(tree.entries[$0].node)].isError } ? .below : .none
    }
    if case .run = row.kind {
      let members = tree.runMembers(Int(row.entry)).map { view.nodes[Int(tree.entries[$0].node)] }
      if members.contains(where: \.isError) { return .own }
      return members.contains(where: \.hasErrorBelow) ? .below : .none
    }
    let node = view.nodes[Int(entry.node)]
    return node.isError ? .own : node.hasErrorBelow ? .below : .none
  }
}
