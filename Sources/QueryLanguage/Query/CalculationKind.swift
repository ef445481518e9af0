import Telemetry

/// A calculation without its field: `COUNT`, `P99`, `HEATMAP` …
package enum CalculationKind: Hashable, Sendable {
  case count
  case countDistinct
  case sum
  case average
  case minimum
  case maximum
  case percentile(Percentile)
  case heatmap
  case concurrency
  case rateAverage
  case rateSum
  case rateMaximum

  private static let words: [(String, CalculationKind)] = [
    ("COUNT", .count), ("COUNT_DISTINCT", .countDistinct), ("SUM", .sum), ("AVG", .average),
    ("MIN", .minimum), ("MAX", .maximum), ("HEATMAP", .heatmap), ("CONCURRENCY", .concurrency),
    ("RATE_AVG", .rateAverage), ("RATE_SUM", .rateSum), ("RATE_MAX", .rateMaximum),
  ]

  /// Those a list offers, with the commonest percentiles.
  package static let offered: [CalculationKind] =
    words.prefix(6).map(\.1)
    + ["P50", "P75", "P90", "P95", "P99", "P999"].compactMap { CalculationKind(word: $0) }
    + words.dropFirst(6).map(\.1)

  /// Reads `P99.9`, `sum` …; nil when it is none.
  package init?(word: String) {
    let word = word.uppercased()
    if let known = Self.words.first(where: { $0.0 == word }) {
      self = known.1
    } else if let percentile = Percentile(word: word) {
      self = .percentile(percentile)
    } else {
      return nil
    }
  }

  /// As a query writes it.
  package var word: String {
    switch self {
    case .percentile(let percentile): percentile.text
    default: Self.words.first { $0.1 == self }?.0 ?? ""
    }
  }

  package var takesField: Bool { self != .count && self != .concurrency }

  /// Whether its field must hold numbers.
  package var needsNumbers: Bool { takesField && self != .countDistinct }

  /// What it computes, in a few words.
  package var help: String {
    switch self {
    case .count: "number of spans"
    case .countDistinct: "number of different values, exact"
    case .sum: "sum of the values"
    case .average: "mean of the values"
    case .minimum: "smallest value"
    case .maximum: "largest value"
    case .percentile(let percentile):
      "\(percentile.text.dropFirst()) % of the values are at most this"
    case .heatmap: "how many spans, over time and value"
    case .concurrency: "mean number of spans in flight"
    case .rateAverage: "change of AVG from one bucket to the next"
    case .rateSum: "change of SUM from one bucket to the next"
    case .rateMaximum: "change of MAX from one bucket to the next"
    }
  }

  /// The calculation over `field`; nil when it needs one and there is none, or the reverse.
  package func over(_ field: FieldRef?) -> Calculation? {
    guard takesField == (field != nil) else { return nil }
    guard let field else { return self == .count ? .count : .concurrency }
    return switch self {
    case .count, .concurrency: nil
    case .countDistinct: .countDistinct(field)
    case .sum: .sum(field)
    case .average: .average(field)
    case .minimum: .minimum(field)
    case .maximum: .maximum(field)
    case .percentile(let percentile): .percentile(percentile, field)
    case .heatmap: .heatmap(field)
    case .rateAverage: .rateAverage(field)
    case .rateSum: .rateSum(field)
    case .rateMaximum: .rateMaximum(field)
    }
  }
}

extension Calculation {
  /// What it computes, whatever the field.
  package var kind: CalculationKind {
    switch self {
    case .count: .count
    case .countDistinct: .countDistinct
    case .sum: .sum
    case .average: .average
    case .minimum: .minimum
    case .maximum: .maximum
    case .percentile(let percentile, _): .percentile(percentile)
    case .heatmap: .heatmap
    case .concurrency: .concurrency
    case .rateAverage: .rateAverage
    case .rateSum: .rateSum
    case .rateMaximum: .rateMaximum
    }
  }
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
