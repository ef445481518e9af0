import QueryLanguage

extension FunctionRule {
  static let texts: [FunctionRule] = [
    FunctionRule(.concatenation) { values, _ in
      let texts = values.compactMap(\.shown)
      return texts.count == values.count ? .text(texts.joined()) : .missing
    },
    FunctionRule(.lowercase) { values, _ in mapped(values) { .text($0.lowercased()) } },
    FunctionRule(.uppercase) { values, _ in mapped(values) { .text($0.uppercased()) } },
    FunctionRule(.trimmed) { values, _ in
      mapped(values) { text in
        let blank = { (scalar: Unicode.Scalar) in scalar.properties.isWhitespace }
        var rest = text.unicodeScalars.drop(while: blank)
        while let last = rest.last, blank(last) { rest.removeLast() }
        return .text(String(rest))
      }
    },
    FunctionRule(.length) { values, _ in
      mapped(values) { .integer(Int64($0.unicodeScalars.count)) }
    },
    FunctionRule(.holdsText) { values, _ in compared(values) { $0.firstRange(of: $1) != nil } },
    FunctionRule(.beginsWith) { values, _ in compared(values) { $0.starts(with: $1) } },
    FunctionRule(.endsIn) { values, _ in
      compared(values) { $0.reversed().starts(with: $1.reversed()) }
    },
  ]

  private static func mapped(
    _ values: [ResultValue], _ body: (String) -> ResultValue
  ) -> ResultValue {
    values.first?.shown.map(body) ?? .missing
  }

  /// By bytes, as the operators of WHERE compare.
  private static func compared(
    _ values: [ResultValue], _ body: ([UInt8], [UInt8]) -> Bool
  ) -> ResultValue {
    guard values.count == 2, let text = values[0].shown, let part = values[1].shown else {
      return .missing
    }
    return .bool(part.isEmpty || body(Array(text.utf8), Array(part.utf8)))
  }
}

extension ResultValue {
  /// As a text, as a query's result shows it; nil for no value.
  var shown: String? {
    switch self {
    case .missing: nil
    case .text(let text), .json(let text): text
    case .bool(let bool): bool ? "true" : "false"
    case .integer(let number): "\(number)"
    case .double(let number):
      Int64(exactly: number).map { "\($0)" } ?? "\(number)"
    case .time(let time): "\(time)"
    }
  }
}
