#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The χ² distribution.
enum ChiSquare {
  /// How likely a value of at least `value` is, with `degrees` of freedom.
  ///
  /// The regularized upper incomplete gamma function Q(degrees/2, value/2): a series below its mean,
  /// Lentz's continued fraction above.
  static func survival(_ value: Double, degrees: Int) -> Double {
    guard degrees > 0, value > 0 else { return 1 }
    guard value.isFinite else { return 0 }
    let (a, x) = (Double(degrees) / 2, value / 2)
    let scale = exp(a * log(x) - x - lgamma(a))
    return min(1, max(0, x < a + 1 ? 1 - scale * series(a, x) : scale * fraction(a, x)))
  }

  /// Steps that are enough for any number of degrees that spans have.
  private static let stepLimit = 100_000

  private static func series(_ a: Double, _ x: Double) -> Double {
    var term = 1 / a
    var sum = term
    for step in 1..<stepLimit {
      term *= x / (a + Double(step))
      sum += term
      if term < sum * 1e-16 { break }
    }
    return sum
  }

  private static func fraction(_ a: Double, _ x: Double) -> Double {
    let tiny = 1e-300
    var b = x + 1 - a
    var c = 1 / tiny
    var d = 1 / (abs(b) < tiny ? tiny : b)
    var result = d
    for step in 1..<stepLimit {
      let an = -Double(step) * (Double(step) - a)
      b += 2
      d = an * d + b
      if abs(d) < tiny { d = tiny }
      c = b + an / c
      if abs(c) < tiny { c = tiny }
      d = 1 / d
      let change = c * d
      result *= change
      if abs(change - 1) < 1e-15 { break }
    }
    return result
  }
}
