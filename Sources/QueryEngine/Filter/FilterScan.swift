import QueryLanguage
import SpanStore

/// Finds the rows of a segment that a filter holds for.
struct FilterScan {
  /// Tests compiled once a segment, in the order in which the filter names them.
  private let plan: Node

  private indirect enum Node {
    case test(FieldRef, ValueTest)
    case exists(FieldRef)
    case doesNotExist(FieldRef)
    case phrase(Phrase)
    case related(SpanRelation, Node)
    case item(SpanItem, Node)
    case and([Node])
    case or([Node])
    case not(Node)
  }

  /// - Throws: ``QueryError`` when a regular expression cannot be read.
  init(_ filter: Filter) throws(QueryError) { plan = try Self.node(filter) }

  private static func node(_ filter: Filter) throws(QueryError) -> Node {
    switch filter {
    case .phrase(let text): return .phrase(Phrase(text))
    case .item(let item, let filter): return .item(item, try node(filter))
    case .related(let relation, let filter): return .related(relation, try node(filter))
    case .and(let terms): return .and(try nodes(terms))
    case .or(let terms): return .or(try nodes(terms))
    case .not(let term): return .not(try node(term))
    case .holds(let field): return .test(field, ValueTest(.isTrue))
    case .test(let field, let op, let operand):
      guard let kind = try OperatorTest.test(op).compile(operand) else {
        return op.isNegated ? .doesNotExist(field) : .exists(field)
      }
      return .test(field, ValueTest(kind, isNegated: op.isNegated))
    }
  }

  private static func nodes(_ filters: [Filter]) throws(QueryError) -> [Node] {
    var nodes: [Node] = []
    for filter in filters { nodes.append(try node(filter)) }
    return nodes
  }

  /// - Complexity: O(rows × tests); tests of text run once for each distinct value.
  ///
  /// - Throws: `CancellationError`.
  func rows(_ reader: inout SegmentReader) throws -> Bitmap { try Self.rows(plan, &reader) }

  private static func rows(_ node: Node, _ reader: inout SegmentReader) throws -> Bitmap {
    try Cancellation.check()
    let count = reader.rowCount
    switch node {
    case .test(let field, let test):
      guard let column = try reader.column(field) else {
        return Bitmap(repeating: false, count: count)
      }
      return try ColumnTest.rows(test, column)
    case .exists(let field):
      guard let column = try reader.column(field) else {
        return Bitmap(repeating: false, count: count)
      }
      return column.present ?? Bitmap(repeating: true, count: count)
    case .doesNotExist(let field):
      guard let column = try reader.column(field) else {
        return Bitmap(repeating: true, count: count)
      }
      guard var rows = column.present else { return Bitmap(repeating: false, count: count) }
      rows.formNot()
      return rows
    case .phrase(let phrase):
      return try reader.items.map { try phrase.items($0.item, reader.segment) }
        ?? phrase.rows(reader.segment)
    case .related, .item:
      guard let items = reader.items else { return try related(node, &reader) }
      // About the span of the event or link.
      var spans = SegmentReader(reader.view)
      return items.items(of: try related(node, &spans))
    case .and(let terms):
      var all = Bitmap(repeating: true, count: count)
      for term in terms {
        all.formAnd(try rows(term, &reader))
        if all.isEmpty { break }
      }
      return all
    case .or(let terms):
      var any = Bitmap(repeating: false, count: count)
      for term in terms { any.formOr(try rows(term, &reader)) }
      return any
    case .not(let term):
      var all = try rows(term, &reader)
      all.formNot()
      return all
    }
  }

  /// Spans by what other spans, events or links pass.
  private static func related(_ node: Node, _ reader: inout SegmentReader) throws -> Bitmap {
    switch node {
    case .related(let relation, let node):
      let found = try rows(node, &reader)
      return try reader.relations().rows(relation, of: found)
    case .item(let item, let node):
      let items = ItemRows(item, reader.segment)
      guard !items.owners.isEmpty else {
        return Bitmap(repeating: false, count: reader.segment.rowCount)
      }
      var own = SegmentReader(reader.view, items)
      return items.spans(with: try rows(node, &own), of: reader.segment)
    default: return try rows(node, &reader)
    }
  }
}
