import QueryLanguage
import Telemetry

/// A condition on one field, compiled: what a value of it must be.
struct ValueTest {
  enum Kind {
    case isTrue
    case compare(Comparison, Operand)
    case between(Operand, Operand)
    case isIn([Operand])
    case text(TextMatcher)
  }

  let kind: Kind
  /// The condition is that no value passes, as in `!=` and `not-in`.
  let isNegated: Bool

  init(_ matcher: TextMatcher) { (kind, isNegated) = (.text(matcher), false) }

  /// Nil when the filter is not a test of one field's values.
  ///
  /// - Throws: ``QueryError`` when a regular expression cannot be read.
  init?(_ filter: Filter) throws(QueryError) {
    switch filter {
    case .holds:
      (kind, isNegated) = (.isTrue, false)
    case .compare(_, let comparison, let literal):
      isNegated = comparison == .notEqual
      kind = .compare(isNegated ? .equal : comparison, Operand(literal))
    case .between(_, let low, let high):
      (kind, isNegated) = (.between(Operand(low), Operand(high)), false)
    case .isIn(_, let literals):
      (kind, isNegated) = (.isIn(literals.map(Operand.init)), false)
    case .isNotIn(_, let literals):
      (kind, isNegated) = (.isIn(literals.map(Operand.init)), true)
    case .text(_, let test, let text):
      (kind, isNegated) = (.text(try TextMatcher(test, text)), test.negated != nil)
    case .exists, .doesNotExist, .phrase, .and, .or, .not: return nil
    }
  }

  /// How to find the texts that pass before negation, when they need only hold a part.
  var search: DictionarySearch? {
    if case .text(let matcher) = kind { return matcher.search }
    return nil
  }

  /// Whether a value that is there passes; any element of an array may.
  func holds(_ value: Scalar) -> Bool { anyHolds(value) != isNegated }

  private func anyHolds(_ value: Scalar) -> Bool {
    guard case .json(let json) = value else { return holdsOne(value) }
    if case .array(let elements)? = ValueJSON.parse(json) {
      return elements.contains { holdsElement($0) }
    }
    return holdsOne(.text(json))
  }

  private func holdsElement(_ element: AttributeValue) -> Bool {
    switch element {
    case .empty: return false
    case .bool(let value): return holdsOne(.bool(value))
    case .integer(let value): return holdsOne(.integer(value))
    case .double(let value): return holdsOne(.double(value))
    case .text(var text): return text.withUTF8 { holdsOne(.text($0)) }
    case .bytes(let bytes): return bytes.withUnsafeBufferPointer { holdsOne(.bytes($0)) }
    case .array, .map:
      var text = ValueJSON.text(element)
      return text.withUTF8 { holdsOne(.text($0)) }
    }
  }

  private func holdsOne(_ value: Scalar) -> Bool {
    switch kind {
    case .isTrue:
      if case .bool(let own) = value { return own }
      return false
    case .compare(let comparison, let operand):
      return comparison == .equal ? operand.equals(value) : Self.holds(comparison, operand, value)
    case .between(let low, let high):
      return Self.holds(.greaterOrEqual, low, value) && Self.holds(.lessOrEqual, high, value)
    case .isIn(let operands): return operands.contains { $0.equals(value) }
    case .text(let matcher): return value.withText { matcher.matches($0) }
    }
  }

  private static func holds(_ comparison: Comparison, _ operand: Operand, _ value: Scalar) -> Bool {
    guard let order = operand.order(of: value) else { return false }
    return switch comparison {
    case .equal: order == 0
    case .notEqual: order != 0
    case .greater: order > 0
    case .greaterOrEqual: order >= 0
    case .less: order < 0
    case .lessOrEqual: order <= 0
    }
  }
}
