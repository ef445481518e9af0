import QueryLanguage
import Telemetry
import _StringProcessing

extension PlainSpan {
  /// Whether a filter holds, by the words of the language's description.
  func passes(_ filter: Filter) -> Bool {
    if let owner {
      switch filter {
      case .related, .item: return owner.passes(filter)
      default: break
      }
    }
    switch filter {
    case .item(.link, _): return false
    case .item(.event, let filter):
      return events.contains { event in
        let proxy = PlainSpan()
        (proxy.owner, proxy.event) = (self, event)
        return proxy.passes(filter)
      }
    case .and(let terms): return terms.allSatisfy(passes)
    case .or(let terms): return terms.contains(where: passes)
    case .not(let term): return !passes(term)
    case .holds(let field): return any(field) { $0 == .bool(true) }
    case .test(let field, let op, let operand):
      guard let value = value(field) else { return op.word == "does-not-exist" }
      return passes(field, value, op.word, operand)
    case .phrase(let text): return has(text.lowercased())
    case .related(.none, let filter): return !spans(.any).contains { $0.passes(filter) }
    case .related(let relation, let filter): return spans(relation).contains { $0.passes(filter) }
    }
  }

  /// The spans that stand to it in a relation, by the ids they name.
  func spans(_ relation: SpanRelation) -> [PlainSpan] {
    switch relation {
    case .any, .none: return whole
    case .root: return whole.filter { $0.parentID == 0 }
    case .parent: return parent.map { [$0] } ?? []
    case .child: return children
    case .ancestor:
      var found: [PlainSpan] = []
      var above = parent
      while let span = above {
        found.append(span)
        above = span.parent
      }
      return found
    case .descendant: return children.flatMap { [$0] + $0.spans(.descendant) }
    case .sibling: return whole.filter { parentID != 0 && $0.parentID == parentID && $0 !== self }
    }
  }

  /// Whether a value that is there passes, operator by operator.
  private func passes(
    _ field: FieldRef, _ value: PlainValue, _ word: String, _ operand: FilterOperand
  ) -> Bool {
    switch (word, operand) {
    case ("exists", _): return true
    case ("does-not-exist", _): return false
    case ("!=", _): return !passes(field, value, "=", operand)
    case ("is-not-exactly", _): return !passes(field, value, "is-exactly", operand)
    case ("not-in", _): return !passes(field, value, "in", operand)
    case ("not-between", _): return !passes(field, value, "between", operand)
    case ("does-not-contain", _): return !passes(field, value, "contains", operand)
    case ("does-not-start-with", _): return !passes(field, value, "starts-with", operand)
    case ("does-not-end-with", _): return !passes(field, value, "ends-with", operand)
    case ("does-not-match", _): return !passes(field, value, "matches", operand)
    case ("not-like", _): return !passes(field, value, "like", operand)
    case ("is-exactly", .value(let literal)): return value.isSame(literal)
    case ("=", .value(.json(let json))): return value.isSame(.json(json))
    case ("in", .list(let literals)):
      return literals.contains { passes(field, value, "=", .value($0)) }
    case ("between", .pair(let low, let high)):
      return any(field) { $0.compares(">=", low) && $0.compares("<=", high) }
    case (_, .value(let literal)): return any(field) { $0.compares(word, literal) }
    case (_, .text(let text)): return any(field) { $0.passes(word, text) }
    default: return false
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
    let shownEvents = event.map { [$0] } ?? events
    let texts = [name, message, library.name, library.version] + shownEvents.map(\.name)
    let values = (own + resource + scope + shownEvents.flatMap(\.attributes))
      .compactMap { PlainValue($0.value) }
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
  func compares(_ sign: String, _ literal: Literal) -> Bool {
    guard let order = order(literal) else { return false }
    return switch sign {
    case "=": order == 0
    case "!=": order != 0
    case ">": order > 0
    case ">=": order >= 0
    case "<": order < 0
    default: order <= 0
    }
  }

  /// One value of one type: NaN with NaN, arrays as their JSON.
  func isSame(_ literal: Literal) -> Bool {
    switch (self, literal) {
    case (.text, .text(let other)), (.bytes, .text(let other)), (.id, .text(let other)):
      text.utf8.elementsEqual(other.utf8)
    case (.array, .json(let other)): text.utf8.elementsEqual(other.utf8)
    case (.bool(let own), .bool(let other)): own == other
    case (.time(let own), .time(let other)): own == other
    case (.double(let own), .double(let other)) where own.isNaN: other.isNaN
    case (.integer, .integer), (.integer, .double), (.double, .integer), (.double, .double),
      (.length, .double), (.length, .integer), (.length, .duration):
      order(literal) == 0
    default: false
    }
  }

  private func order(_ literal: Literal) -> Int? {
    switch self {
    case .array: return nil
    case .bool(let own):
      guard case .bool(let other) = literal else { return nil }
      return own == other ? 0 : own ? 1 : -1
    case .time(let own):
      if case .time(let other) = literal { return Self.order(own, other) }
    case .integer(let own):
      if case .integer(let other) = literal { return Self.order(own, other) }
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
    case .double(let value): value.isNaN ? nil : value
    case .duration(let value): Double(value) / 1_000_000
    case .text(let text): isNumeric(text) ? Double(text) : nil
    case .time(let value): Double(value)
    case .bool, .json: nil
    }
  }

  private static func isNumeric(_ text: String) -> Bool {
    !text.isEmpty && text.allSatisfy { "0123456789+-.eE".contains($0) }
      && text.contains(where: \.isNumber)
  }

  private static func order<Value: Comparable>(_ a: Value, _ b: Value) -> Int {
    a < b ? -1 : a == b ? 0 : 1
  }

  func passes(_ word: String, _ pattern: String) -> Bool {
    let (own, part) = (Array(text.utf8), Array(pattern.utf8))
    switch word {
    case "contains":
      return own.count >= part.count
        && (0...own.count - part.count).contains { Array(own[$0..<$0 + part.count]) == part }
    case "starts-with": return own.starts(with: part)
    case "ends-with": return own.reversed().starts(with: part.reversed())
    case "matches": return (try? Regex(pattern)).map { text.firstMatch(of: $0) != nil } ?? false
    case "like":
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
