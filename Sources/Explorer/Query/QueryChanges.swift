import QueryLanguage
import Telemetry

extension Query {
  /// The query after a change chosen from a menu.
  ///
  /// - Parameter catalog: knows the types of fields that hold several.
  func changed(by edit: QueryEdit, _ catalog: FieldCatalog = FieldCatalog()) -> Query {
    var query = self
    switch edit {
    case .showOnly(let field, let value):
      query.narrow(.whether(field, is: value, of: catalog.type(of: field)))
    case .exclude(let field, let value):
      query.narrow(.whether(field, isNot: value, of: catalog.type(of: field)))
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
    case .calculation(let calculation):
      if calculation.isHeatmap {
        nil
      } else if let name = calculation.name {
        .field(FieldRef(name))
      } else {
        .calculation(calculation)
      }
    }
  }
}

extension Filter {
  /// `a = 1` and `a != 1`: nothing could match both.
  fileprivate func contradicts(_ other: Filter) -> Bool {
    guard case .test(let field, let op, let value) = self,
      case .test(field, let opposite, value) = other
    else { return false }
    return op != opposite && op.plain == opposite.plain
  }

  /// What holds for every span when all of `terms` do; nil for none.
  static func all(_ terms: [Filter]) -> Filter? {
    terms.count < 2 ? terms.first : .and(terms)
  }
}
