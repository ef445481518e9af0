import QueryLanguage
import Telemetry

/// A condition on one field, compiled: what a value of it must be.
struct ValueTest {
  enum Kind {
    case isTrue
    case compare(Comparison, Operand)
    case between(Operand, Operand)
    case isIn([Operand])
    /// The value itself, of the same type, is one of these.
    case same([Operand])
    case text(TextMatcher)
  }

  let kind: Kind
  /// The condition is that no value passes, as in `!=` and `not-in`.
  let isNegated: Bool

  init(_ kind: Kind, isNegated: Bool = false) { (self.kind, self.isNegated) = (kind, isNegated) }

  init(_ matcher: TextMatcher) { self.init(.text(matcher)) }

  /// How to find the texts that pass before negation, when they need only hold a part.
  var search: DictionarySearch? {
    if case .text(let matcher) = kind { return matcher.search }
    return nil
  }

  /// Whether a value that is there passes; any element of an array may.
  func holds(_ value: Scalar) -> Bool { anyHolds(value) != isNegated }

  private func anyHolds(_ value: Scalar) -> Bool {
    guard case .json(let json) = value else { return holdsOne(value) }
    if let whole = holdsWhole(json) { return whole }
    if case .array(let elements)? = ValueJSON.parse(json) {
      return elements.contains { holdsElement($0) }
    }
    return holdsOne(.text(json))
  }

  /// Whether an array passes as a whole; nil where its elements may decide.
  private func holdsWhole(_ json: UnsafeBufferPointer<UInt8>) -> Bool? {
    switch kind {
    case .same(let operands): operands.contains { $0.isSame(.json(json)) }
    case .compare(.equal, let operand) where operand.json != nil: operand.isSame(.json(json))
    case .isIn(let operands) where operands.contains { $0.isSame(.json(json)) }: true
    case .isTrue, .compare, .between, .isIn, .text: nil
    }
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
      return comparison == .equal
        ? operand.equals(value) : operand.order(of: value).map(comparison.holds) ?? false
    case .between(let low, let high):
      guard let above = low.order(of: value), let below = high.order(of: value) else {
        return false
      }
      return above >= 0 && below <= 0
    case .isIn(let operands): return operands.contains { $0.equals(value) }
    case .same(let operands): return operands.contains { $0.isSame(value) }
    case .text(let matcher): return value.withText { matcher.matches($0) }
    }
  }
}
