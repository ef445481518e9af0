import Telemetry

/// How the numbers of one column are written, so that their points stand under each other.
struct ColumnFigures {
  private let unit: Unit
  /// Three, or none when all are whole.
  private let decimals: Int

  private enum Unit { case none, milliseconds, microseconds }

  init(_ values: [Double], isDuration: Bool) {
    let finite = values.filter(\.isFinite)
    if isDuration {
      let isSmall = !finite.isEmpty && finite.allSatisfy { abs($0) < 1 }
      unit = isSmall ? .microseconds : .milliseconds
      decimals = 3
    } else {
      unit = .none
      decimals = finite.allSatisfy { $0.rounded() == $0 } ? 0 : 3
    }
  }

  /// `1,204`, `0.250`, `333.086ms`; very large and very small numbers with an exponent.
  func text(_ value: Double) -> String {
    guard value.isFinite else { return "\(value)" }
    switch unit {
    case .none: return Self.fixed(value, decimals) ?? "\(value)"
    case .milliseconds: return (Self.fixed(value, decimals) ?? "\(value)") + "ms"
    case .microseconds: return (Self.fixed(value * 1_000, decimals) ?? "\(value)") + "us"
    }
  }

  /// With thousands separated, rounded half away from zero.
  private static func fixed(_ value: Double, _ decimals: Int) -> String? {
    let scale = decimals == 0 ? 1.0 : 1_000
    let scaled = (abs(value) * scale).rounded()
    guard scaled < 1e15, scaled > 0 || value == 0 else { return nil }
    let (whole, rest) = Int(scaled).quotientAndRemainder(dividingBy: Int(scale))
    let sign = value < 0 ? "-" : ""
    guard decimals > 0 else { return sign + whole.grouped }
    let digits = String(rest)
    return
      "\(sign)\(whole.grouped).\(String(repeating: "0", count: decimals - digits.count))\(digits)"
  }
}
