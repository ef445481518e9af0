import Foundation
import QueryLanguage

/// Works out a formula sign by sign.
struct PlainFormula {
  /// That its calculations cover.
  let seconds: Double
  let term: (Calculation) -> ResultValue

  func value(_ formula: QueryLanguage.Expression<Calculation>) -> ResultValue {
    switch formula {
    case .term(let calculation): return term(calculation)
    case .literal(let literal): return literal.number.map { .double($0) } ?? .missing
    case .call(let function, let arguments):
      let values = arguments.map(value)
      if function.word == "COALESCE" { return values.first { $0 != .missing } ?? .missing }
      if function.word == "-", case .time(let to) = values[0], case .time(let from) = values[1] {
        let length = to < from ? -Double(from - to) : Double(to - from)
        return .double(length / 1_000_000)
      }
      let numbers = values.compactMap(\.number)
      guard numbers.count == values.count else { return .missing }
      return Self.number(function.word, numbers, seconds: seconds).map { .double($0) } ?? .missing
    }
  }

  static func number(_ word: String, _ values: [Double], seconds: Double = 0) -> Double? {
    let x = values[0]
    let y = values.count > 1 ? values[1] : 0
    switch word {
    case "+": return x + y
    case "-": return x - y
    case "*": return x * y
    case "/": return y == 0 ? nil : x / y
    case "%": return y == 0 ? nil : fmod(x, y)
    case "PER_SEC": return seconds > 0 ? x / seconds : nil
    case "ABS": return abs(x)
    case "ROUND" where values.count == 1: return x.rounded(.toNearestOrAwayFromZero)
    case "ROUND":
      let scale = pow(10, abs(y))
      let rounded = y < 0 ? (x / scale).rounded() * scale : (x * scale).rounded() / scale
      return rounded.isFinite ? rounded : x
    case "CEIL": return ceil(x)
    case "FLOOR": return floor(x)
    case "SQRT": return x < 0 ? nil : sqrt(x)
    case "POW":
      let power = pow(x, y)
      return power.isNaN ? nil : power
    case "LN": return x > 0 ? log(x) : nil
    case "LOG10": return x > 0 ? log10(x) : nil
    default: return nil
    }
  }
}
