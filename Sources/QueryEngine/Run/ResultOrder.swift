import QueryLanguage

/// The order of results, total and the same on every run: numbers by value, then booleans, texts by
/// their bytes, arrays; "no value" comes last in both directions.
enum ResultOrder {
  /// Negative, zero or positive as `a` comes before, with or after `b` when ascending.
  static func order(_ a: ResultValue, _ b: ResultValue) -> Int {
    let (first, second) = (rank(a), rank(b))
    guard first == second else { return first < second ? -1 : 1 }
    switch (a, b) {
    case (.bool(let a), .bool(let b)): return a == b ? 0 : a ? 1 : -1
    case (.text(let a), .text(let b)), (.json(let a), .json(let b)): return order(a, b)
    case (.time(let a), .time(let b)): return a == b ? 0 : a < b ? -1 : 1
    default: break
    }
    guard let x = number(a), let y = number(b) else { return 0 }
    if let order = x.order(against: y), order != 0 { return order }
    // NaN after all numbers; an integer before the equal double.
    let (p, q) = (x.double.isNaN, y.double.isNaN)
    if p != q { return p ? 1 : -1 }
    return kind(a) - kind(b)
  }

  /// The order of two rows' values under a direction.
  static func order(
    _ a: ResultValue, _ b: ResultValue, _ direction: Ordering.Direction
  ) -> Int {
    if a == .missing || b == .missing { return order(a, b) }
    return direction == .ascending ? order(a, b) : -order(a, b)
  }

  private static func order(_ a: String, _ b: String) -> Int {
    a.utf8.elementsEqual(b.utf8) ? 0 : a.utf8.lexicographicallyPrecedes(b.utf8) ? -1 : 1
  }

  private static func number(_ value: ResultValue) -> Number? {
    switch value {
    case .integer(let value): .integer(value)
    case .double(let value): .double(value)
    case .time(let value): Int64(exactly: value).map { .integer($0) } ?? .double(Double(value))
    default: nil
    }
  }

  private static func rank(_ value: ResultValue) -> Int {
    switch value {
    case .integer, .double, .time: 0
    case .bool: 1
    case .text: 2
    case .json: 3
    case .missing: 4
    }
  }

  private static func kind(_ value: ResultValue) -> Int {
    switch value {
    case .integer: 0
    case .double: 1
    default: 2
    }
  }
}
