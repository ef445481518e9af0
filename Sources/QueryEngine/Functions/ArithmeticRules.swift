import QueryLanguage

extension FunctionRule {
  static let arithmetic: [FunctionRule] = [
    FunctionRule(.add, ofNumbers: +),
    FunctionRule(.subtract) { values, _ in difference(values) },
    FunctionRule(.multiply, ofNumbers: *),
    FunctionRule(.divide, ofNumbers: { $1 == 0 ? nil : $0 / $1 }),
    FunctionRule(.modulo, ofNumbers: { $1 == 0 ? nil : $0.truncatingRemainder(dividingBy: $1) }),
  ]

  /// Of two instants exact milliseconds: as numbers they are too large for doubles.
  private static func difference(_ values: [ResultValue]) -> ResultValue {
    guard values.count == 2 else { return .missing }
    if case .time(let to) = values[0], case .time(let from) = values[1] {
      let nanoseconds = to >= from ? Double(to - from) : -Double(from - to)
      return .double(nanoseconds / 1_000_000)
    }
    guard let x = values[0].spelt, let y = values[1].spelt else { return .missing }
    return .double(x - y)
  }
}
