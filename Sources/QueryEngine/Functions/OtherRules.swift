import QueryLanguage

extension FunctionRule {
  static let firstPresent = FunctionRule(.firstPresent) { values, _ in
    values.first { $0 != .missing } ?? .missing
  }

  static let perSecond = FunctionRule(.perSecond) { values, context in
    guard let value = values.first?.number, context.seconds > 0 else { return .missing }
    return .double(value / context.seconds)
  }
}
