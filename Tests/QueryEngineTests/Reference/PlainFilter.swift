import QueryLanguage
import Telemetry
import _StringProcessing

extension PlainSpan {
  /// Whether a filter holds, by the words of the language's description.
  func passes(_ filter: Filter) -> Bool {
    switch filter {
    case .and(let terms): return terms.allSatisfy(passes)
    case .or(let terms): return terms.contains(where: passes)
    case .not(let term): return !passes(term)
    case .exists(let field): return value(field) != nil
    case .doesNotExist(let field): return value(field) == nil
    case .holds(let field): return any(field) { $0 == .bool(true) }
    case .compare(let field, .notEqual, let literal):
      return value(field) != nil && !any(field) { $0.compares(.equal, literal) }
    case .compare(let field, let comparison, let literal):
      return any(field) { $0.compares(comparison, literal) }
    case .between(let field, let low, let high):
      return any(field) { $0.compares(.greaterOrEqual, low) && $0.compares(.lessOrEqual, high) }
    case .isIn(let field, let literals):
      return any(field) { value in literals.contains { value.compares(.equal, $0) } }
    case .isNotIn(let field, let literals):
      return value(field) != nil
        && !any(field) { value in literals.contains { value.compares(.equal, $0) } }
    case .text(let field, let test, let text):
      if let plain = test.negated {
        return value(field) != nil && !any(field) { $0.passes(plain, text) }
      }
      return any(field) { $0.passes(test, text) }
    case .phrase(let text): return has(text.lowercased())
    }
  }

  /// Whether the value, or any element of it, passes.
  private func any(_ field: FieldRef, _ test: (PlainValue) -> Bool) -> Bool {
    guard let value = value(field) else { return false }
    guard case .array(let elements) = value else { return test(value) }
    return elements.contains { element in
      switch element {
      case .array, .map: test(.text(ValueJSON.text(element)))
      default: PlainValue(element).map(test) ?? false
      }
    }
  }

  private func has(_ phrase: String) -> Bool {
    let texts = [name, message, library.name, library.version] + events
    let values = (own + resource + scope).compactMap { PlainValue($0.value) }
    let shown = values.flatMap { value -> [String] in
      if case .array(let elements) = value {
        return elements.map { PlainValue($0)?.text ?? "" }
      }
      return [value.text]
    }
    return (texts + shown).contains { $0.lowercased().contains(phrase) }
  }
}

extension PlainValue {
  func compares(_ comparison: Comparison, _ literal: Literal) -> Bool {
    if case .bool(let own) = self, case .bool(let other) = literal {
      return comparison == .equal && own == other
    }
    guard let order = order(literal) else { return false }
    return switch comparison {
    case .equal: order == 0
    case .notEqual: order != 0
    case .greater: order > 0
    case .greaterOrEqual: order >= 0
    case .less: order < 0
    case .lessOrEqual: order <= 0
    }
  }

  private func order(_ literal: Literal) -> Int? {
    switch self {
    case .bool, .array: return nil
    case .length(let count):
      if case .duration(let other) = literal { return Self.order(Int64(count), other) }
    case .text, .bytes, .id:
      if case .text(let other) = literal {
        if text.utf8.elementsEqual(other.utf8) { return 0 }
        return text.utf8.lexicographicallyPrecedes(other.utf8) ? -1 : 1
      }
      if case .id = self { return nil }
      guard Self.isNumeric(text), let own = Double(text) else { return nil }
      return Self.number(literal).flatMap { Self.order(own, $0) }
    default: break
    }
    guard let own = number, let other = Self.number(literal) else { return nil }
    return Self.order(own, other)
  }

  private static func number(_ literal: Literal) -> Double? {
    switch literal {
    case .integer(let value): Double(value)
    case .double(let value): value
    case .duration(let value): Double(value) / 1_000_000
    case .text(let text): isNumeric(text) ? Double(text) : nil
    case .bool: nil
    }
  }

  private static func isNumeric(_ text: String) -> Bool {
    !text.isEmpty && text.allSatisfy { "0123456789+-.eE".contains($0) }
      && text.contains(where: \.isNumber)
  }

  private static func order<Value: Comparable>(_ a: Value, _ b: Value) -> Int {
    a < b ? -1 : a == b ? 0 : 1
  }

  func passes(_ test: TextTest, _ pattern: String) -> Bool {
    let (own, part) = (Array(text.utf8), Array(pattern.utf8))
    switch test {
    case .contains:
      return own.count >= part.count
        && (0...own.count - part.count).contains { Array(own[$0..<$0 + part.count]) == part }
    case .startsWith: return own.starts(with: part)
    case .endsWith: return own.reversed().starts(with: part.reversed())
    case .matches: return (try? Regex(pattern)).map { text.firstMatch(of: $0) != nil } ?? false
    case .like:
      return Self.like(Array(text.unicodeScalars)[...], Array(pattern.unicodeScalars)[...])
    default: return false
    }
  }

  private static func like(
    _ text: ArraySlice<Unicode.Scalar>, _ pattern: ArraySlice<Unicode.Scalar>
  ) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    if first == "%" {
      return (text.startIndex...text.endIndex).contains { like(text[$0...], pattern.dropFirst()) }
    }
    guard let own = text.first else { return false }
    return (first == "_" || first == own) && like(text.dropFirst(), pattern.dropFirst())
  }
}
