/// The order of two values that a comparison asks for; its raw value is its sign.
package enum Comparison: String, CaseIterable, Hashable, Sendable {
  case equal = "="
  case notEqual = "!="
  case greater = ">"
  case greaterOrEqual = ">="
  case less = "<"
  case lessOrEqual = "<="

  /// Whether it asks for more or less.
  package var isOrder: Bool { self != .equal && self != .notEqual }

  /// Whether it holds for values of this order: negative for less, zero for equal.
  package func holds(_ order: Int) -> Bool {
    switch self {
    case .equal: order == 0
    case .notEqual: order != 0
    case .greater: order > 0
    case .greaterOrEqual: order >= 0
    case .less: order < 0
    case .lessOrEqual: order <= 0
    }
  }
}

extension FilterOperator {
  /// Equal by value: a number is what a text spells, any element of an array counts.
  package static let equal = FilterOperator(
    Comparison.equal.rawValue, symbols: [Comparison.equal.rawValue, "=="], also: ["is"],
    help: "equals, by value", takes: .value, of: .any, comparison: .equal)
  package static let notEqual = FilterOperator(
    not: equal, Comparison.notEqual.rawValue, symbols: [Comparison.notEqual.rawValue, "<>"],
    also: ["is-not"], help: "is there and is not", comparison: .notEqual)
  /// Numbers compare by value, with texts that spell numbers too; texts with texts by their bytes.
  /// So for the three below.
  package static let greater = comparing(.greater, "is more than")
  package static let greaterOrEqual = comparing(.greaterOrEqual, "is at least")
  package static let less = comparing(.less, "is less than")
  package static let lessOrEqual = comparing(.lessOrEqual, "is at most")

  private static func comparing(_ comparison: Comparison, _ help: String) -> FilterOperator {
    FilterOperator(
      comparison.rawValue, symbols: [comparison.rawValue], help: help, takes: .value, of: .numbers,
      comparison: comparison)
  }
}
