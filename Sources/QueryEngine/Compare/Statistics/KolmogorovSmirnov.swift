#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Whether two samples of numbers are from one distribution.
enum KolmogorovSmirnov {
  /// The probability of a distance of at least this by chance, by Kolmogorov's limiting
  /// distribution: 2 Σ (−1)^(j−1) e^(−2j²λ²).
  static func probability(distance: Double, _ first: Int, _ second: Int) -> Double {
    guard first > 0, second > 0, distance > 0 else { return 1 }
    let (n, m) = (Double(first), Double(second))
    let lambda = (n * m / (n + m)).squareRoot() * distance
    // The series needs ever more terms, and is 1 to all digits.
    guard lambda > 0.2 else { return 1 }
    var sum = 0.0
    for term in 1...100 {
      let j = Double(term)
      let part = exp(-2 * j * j * lambda * lambda)
      sum += term % 2 == 1 ? part : -part
      if part < 1e-18 * abs(sum) { break }
    }
    return min(1, max(0, 2 * sum))
  }
}
