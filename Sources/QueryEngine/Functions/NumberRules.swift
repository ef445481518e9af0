import QueryLanguage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

extension FunctionRule {
  static let rounding: [FunctionRule] = [
    FunctionRule(.absolute, ofNumber: { $0.magnitude }),
    FunctionRule(.round) { values, _ in rounded(values) },
    FunctionRule(.ceiling, ofNumber: { $0.rounded(.up) }),
    FunctionRule(.floor, ofNumber: { $0.rounded(.down) }),
  ]

  static let powers: [FunctionRule] = [
    FunctionRule(.squareRoot, ofNumber: { $0 < 0 ? nil : $0.squareRoot() }),
    FunctionRule(
      .power,
      ofNumbers: {
        let power = pow($0, $1)
        return power.isNaN ? nil : power
      }),
    FunctionRule(.naturalLogarithm, ofNumber: { $0 > 0 ? log($0) : nil }),
    FunctionRule(.decimalLogarithm, ofNumber: { $0 > 0 ? log10($0) : nil }),
  ]

  /// To a number of digits behind the point, or before it when below zero.
  private static func rounded(_ values: [ResultValue]) -> ResultValue {
    guard let x = values.first?.spelt else { return .missing }
    guard values.count > 1 else { return .double(x.rounded()) }
    guard let digits = values[1].spelt, digits.isFinite, digits.magnitude <= 300 else {
      return .missing
    }
    let scale = pow(10, digits.rounded().magnitude)
    let rounded =
      digits < 0 ? (x / scale).rounded() * scale : (x * scale).rounded() / scale
    // What is too large to have digits there stays as it is.
    return .double(rounded.isFinite ? rounded : x)
  }
}
