import Telemetry

extension CalculationKind {
  /// Between two of the values where the rank falls between them, in proportion (Hyndman and Fan's
  /// definition 7).
  package static func percentile(_ percentile: Percentile) -> CalculationKind {
    CalculationKind(
      percentile.text, .value, of: .numbers, percentile: percentile,
      help: "\(percentile.text.dropFirst()) % of the values are at most this")
  }
}

/// A percentile, exact: thousandths of a percent, so that `P99.9` is 99,900.
package struct Percentile: Hashable, Comparable, Sendable {
  /// Above 0, below 100,000.
  package let thousandths: Int32

  /// - Returns: nil outside 0 < p < 100.
  package init?(thousandths: Int) {
    guard (1..<100_000).contains(thousandths) else { return nil }
    self.thousandths = Int32(thousandths)
  }

  private init(whole: Int32) { thousandths = whole * 1_000 }

  package static let p50 = Percentile(whole: 50)
  package static let p95 = Percentile(whole: 95)
  package static let p99 = Percentile(whole: 99)

  /// 0 < q < 1.
  package var quantile: Double { Double(thousandths) / 100_000 }

  package static func < (a: Self, b: Self) -> Bool { a.thousandths < b.thousandths }
}

extension Percentile {
  /// Reads `P5`, `P05`, `P99`, `P001` (0.1), `P999` (99.9), `P99.9`.
  ///
  /// Three digits and more without a point are Honeycomb's spelling: the point stands after the
  /// second. It is taken only below 1 and above 90, where nobody can mean anything else.
  init?(word: String) {
    let digits = word.dropFirst()
    guard word.first == "P" || word.first == "p", let first = digits.utf8.first,
      NameCharacters.isDigit(first)
    else { return nil }
    let parts = digits.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    var (whole, fraction) = (parts[0], parts.count > 1 ? parts[1] : "")
    if parts.count == 1, whole.count > 2 {
      guard whole.hasPrefix("00") || whole.hasPrefix("9") else { return nil }
      fraction = whole.dropFirst(2)
      whole = whole.prefix(2)
    }
    guard whole.count <= 2, fraction.count <= 3, parts.count == 1 || !fraction.isEmpty,
      (whole + fraction).utf8.allSatisfy(NameCharacters.isDigit), let hundreds = Int(whole),
      let rest = Int(fraction + String(repeating: "0", count: 3 - fraction.count))
    else { return nil }
    self.init(thousandths: hundreds * 1_000 + rest)
  }

  /// `P99.9`.
  package var text: String {
    let (whole, rest) = thousandths.quotientAndRemainder(dividingBy: 1_000)
    return "P" + DecimalText.text(UInt64(whole), fraction: UInt64(rest), digits: 3)
  }
}
