import QueryLanguage
import Telemetry

extension PlainSpan {
  /// An expression over fields, one value after the other.
  func value(of expression: Expression<FieldRef>) -> PlainValue? {
    PlainValue(result: result(of: expression))
  }

  private func result(of expression: Expression<FieldRef>) -> ResultValue {
    switch expression {
    case .term(let field): return value(field)?.result ?? .missing
    case .literal(.text(let text)): return .text(text)
    case .literal(.bool(let bool)): return .bool(bool)
    case .literal(.integer(let integer)): return .integer(integer)
    case .literal(let literal): return literal.number.map { .double($0) } ?? .missing
    case .call(let function, let arguments):
      return apply(function.word, arguments.map(result))
    }
  }

  private func apply(_ word: String, _ values: [ResultValue]) -> ResultValue {
    switch word {
    case "COALESCE": return values.first { $0 != .missing } ?? .missing
    case "IF": return values[0] == .bool(true) ? values[1] : values.count > 2 ? values[2] : .missing
    case "STRING": return values[0].asText.map { .text($0) } ?? .missing
    case "CONCAT", "LOWER", "UPPER", "TRIM", "LENGTH", "CONTAINS", "STARTS_WITH", "ENDS_WITH",
      "REG_VALUE", "REG_COUNT":
      let texts = values.compactMap(\.asText)
      return texts.count == values.count ? text(word, texts) : .missing
    case "INT", "FLOAT":
      if case .bool(let bool) = values[0] {
        return word == "INT" ? .integer(bool ? 1 : 0) : .double(bool ? 1 : 0)
      }
      guard let number = values[0].asNumber else { return .missing }
      if word == "FLOAT" { return .double(number) }
      return number.isFinite && abs(number) < 9e18 ? .integer(Int64(number)) : .missing
    default: break
    }
    let numbers = values.compactMap(\.asNumber)
    guard numbers.count == values.count else { return .missing }
    switch word {
    case "MIN": return .double(numbers.min() ?? 0)
    case "MAX": return .double(numbers.max() ?? 0)
    case "BUCKET":
      guard numbers[1] > 0, !numbers[0].isNaN else { return .missing }
      return .double((numbers[0] / numbers[1]).rounded(.down) * numbers[1])
    default: return PlainFormula.number(word, numbers).map { .double($0) } ?? .missing
    }
  }

  private func text(_ word: String, _ texts: [String]) -> ResultValue {
    let first = texts[0]
    let (own, part) = (Array(first.utf8), Array(texts.last?.utf8 ?? "".utf8))
    switch word {
    case "CONCAT": return .text(texts.joined())
    case "LOWER": return .text(first.lowercased())
    case "UPPER": return .text(first.uppercased())
    case "TRIM":
      let blanks = first.unicodeScalars.filter(\.properties.isWhitespace)
      return .text(blanks.isEmpty ? first : first.trimmed)
    case "LENGTH": return .integer(Int64(first.unicodeScalars.count))
    case "REG_VALUE", "REG_COUNT":
      guard let pattern = try? Regex(texts[1]).matchingSemantics(.unicodeScalar) else {
        return .missing
      }
      let matches = first.matches(of: pattern)
      if word == "REG_COUNT" { return .integer(Int64(matches.count)) }
      guard let match = matches.first else { return .text("") }
      let group = match.output[match.output.count > 1 ? 1 : 0]
      return .text(group.substring.map(String.init) ?? "")
    case "STARTS_WITH": return .bool(own.starts(with: part))
    case "ENDS_WITH": return .bool(own.suffix(part.count).elementsEqual(part))
    default:
      return .bool(
        own.count >= part.count
          && (0...own.count - part.count).contains { own[$0...].starts(with: part) })
    }
  }
}

extension String {
  fileprivate var trimmed: String {
    var text = self
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return text
  }
}

extension PlainValue {
  fileprivate init?(result: ResultValue) {
    switch result {
    case .missing: return nil
    case .text(let text), .json(let text): self = .text(text)
    case .bool(let bool): self = .bool(bool)
    case .integer(let integer): self = .integer(integer)
    // No value is -0.
    case .double(let double): self = .double(double + 0)
    case .time(let time): self = .time(time)
    }
  }
}

extension ResultValue {
  fileprivate var asText: String? {
    switch self {
    case .missing: nil
    case .text(let text), .json(let text): text
    case .bool(let bool): "\(bool)"
    case .integer(let integer): "\(integer)"
    case .double(let double):
      "\(double)".hasSuffix(".0") ? "\("\(double)".dropLast(2))" : "\(double)"
    case .time(let time): "\(time)"
    }
  }

  fileprivate var asNumber: Double? {
    guard case .text(let text) = self else { return number }
    let isNumeric =
      text.contains(where: \.isNumber) && text.allSatisfy { "0123456789+-.eE".contains($0) }
    return isNumeric ? Double(text) : nil
  }
}
