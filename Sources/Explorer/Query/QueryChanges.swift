import QueryLanguage
import Telemetry

extension Query {
  /// The query after a change chosen from a menu.
  func changed(by edit: QueryEdit) -> Query {
    var query = self
    switch edit {
    case .showOnly(let field, let value): query.narrow(Filter.whether(field, is: value))
    case .exclude(let field, let value): query.narrow(Filter.whether(field, isNot: value))
    case .groupBy(let field):
      if !query.groupBy.contains(field) { query.groupBy.append(field) }
      if query.visualize.isEmpty { query.visualize = [.count] }
    case .addColumn: break
    case .visualize(let calculation):
      if !query.visualize.contains(calculation) { query.visualize.append(calculation) }
    case .and(let filter): query.narrow(filter)
    case .setTime(let clause): query.time = clause
    }
    return query
  }

  /// Adds a condition; one that is there already is not repeated, and its opposite goes.
  mutating func narrow(_ term: Filter) {
    switch filter {
    case nil: filter = term
    case .and(let terms):
      let kept = terms.filter { $0 != term && !$0.contradicts(term) }
      filter = kept.isEmpty ? term : .and(kept + [term])
    case let old? where old == term || old.contradicts(term): filter = term
    case let old?: filter = .and([old, term])
    }
  }

  /// Whether rows can be ordered by it; heatmaps cannot.
  static func key(_ column: ResultColumn) -> Ordering.Key? {
    switch column.source {
    case .field(let field): .field(field)
    case .calculation(let calculation): calculation.isHeatmap ? nil : .calculation(calculation)
    }
  }
}

extension Filter {
  /// The condition that a span is in the group of `value`.
  static func whether(_ field: FieldRef, is value: ResultValue) -> Filter {
    guard let literal = Literal(value) else { return .doesNotExist(field) }
    return .compare(field, .equal, literal)
  }

  static func whether(_ field: FieldRef, isNot value: ResultValue) -> Filter {
    guard let literal = Literal(value) else { return .exists(field) }
    return .compare(field, .notEqual, literal)
  }

  /// `a = 1` and `a != 1`: nothing could match both.
  fileprivate func contradicts(_ other: Filter) -> Bool {
    guard case .compare(let field, let comparison, let value) = self,
      case .compare(field, let opposite, value) = other
    else { return false }
    return (comparison == .equal && opposite == .notEqual)
      || (comparison == .notEqual && opposite == .equal)
  }

  /// What holds for every span when all of `terms` do; nil for none.
  static func all(_ terms: [Filter]) -> Filter? {
    terms.count < 2 ? terms.first : .and(terms)
  }
}

extension Literal {
  /// A cell's value as a query writes it; nil for none.
  init?(_ value: ResultValue) {
    switch value {
    case .missing: return nil
    case .text(let text), .json(let text): self = .text(text)
    case .bool(let bool): self = .bool(bool)
    case .integer(let number): self = .integer(number)
    case .double(let number): self = .double(number)
    case .time(let nanoseconds): self = .integer(Int64(clamping: nanoseconds))
    }
  }
}
