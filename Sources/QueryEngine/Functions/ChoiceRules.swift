import QueryLanguage

extension FunctionRule {
  static let choices: [FunctionRule] = [
    FunctionRule(.choice) { values, _ in
      if values.first == .bool(true) { return values[1] }
      return values.count > 2 ? values[2] : .missing
    },
    FunctionRule(.least) { values, _ in extreme(values) { $0.min() } },
    FunctionRule(.greatest) { values, _ in extreme(values) { $0.max() } },
    FunctionRule(.bucket) { values, _ in bucket(values) },
  ]

  private static func extreme(
    _ values: [ResultValue], _ best: ([Double]) -> Double?
  ) -> ResultValue {
    let numbers = values.compactMap(\.spelt)
    guard numbers.count == values.count else { return .missing }
    return best(numbers).map { .double($0) } ?? .missing
  }

  private static func bucket(_ values: [ResultValue]) -> ResultValue {
    let numbers = values.compactMap(\.spelt)
    guard numbers.count == values.count, numbers.count > 1, numbers[1] > 0, !numbers[0].isNaN else {
      return .missing
    }
    let step = numbers[1]
    var x = numbers[0]
    if numbers.count > 2 { x = max(x, numbers[2]) }
    let low = numbers.count > 2 ? numbers[2] : 0
    var start = low + ((x - low) / step).rounded(.down) * step
    if numbers.count > 3, start >= numbers[3] {
      let steps = max(1, ((numbers[3] - low) / step).rounded(.up))
      start = low + (steps - 1) * step
    }
    return .double(start)
  }
}

extension ResultValue {
  /// The number it is, or that its text spells.
  var spelt: Double? {
    if case .text(let text) = self { return Number(text)?.double }
    return number
  }
}
