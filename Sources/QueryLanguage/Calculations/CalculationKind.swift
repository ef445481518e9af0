/// A calculation without its field: its word, what it does and what it takes.
///
/// Each is defined in a file of its own and is one row of ``all``; the percentiles are a family of
/// one definition. Equal kinds have the same word.
package struct CalculationKind: Sendable {
  /// As a query writes it: `COUNT`, `P99.9`.
  package let word: String
  /// What it computes, in a few words.
  package let help: String
  /// What its values are, by which they are drawn and written.
  package let family: Family
  /// Types of fields it can be taken over; nil: it takes no field.
  private let types: Set<FieldType>?
  /// Set for percentiles.
  package let percentile: Percentile?
  /// What it needs besides its field; nil: nothing.
  package let parameter: Parameter?

  /// What sort of figure it gives: by it values are scaled, drawn and written with their unit.
  package enum Family: Hashable, Sendable {
    /// Whole numbers of spans or values, the larger the longer spans are collected.
    case count
    /// A sum of the field's values, growing likewise.
    case total
    /// A value such as the field has.
    case value
    /// The difference of two such values or totals.
    case change
    /// A number of spans at a time.
    case flight
    /// Counts over time and value: a drawing, and no column of numbers.
    case cells
    /// A part of a whole, 0…1.
    case share
    /// Texts or arrays, whatever the field: a column, and no graph.
    case listing
    /// What others make of it.
    case formula
  }

  /// What stands in its parentheses behind the field.
  package enum Parameter: Hashable, Sendable {
    /// A number or a length of time above zero that must be given.
    case threshold
    /// A whole number above zero, this unless given.
    case count(Int)
  }

  init(
    _ word: String, _ family: Family, of types: Set<FieldType>? = nil,
    percentile: Percentile? = nil, parameter: Parameter? = nil, help: String
  ) {
    self.word = word
    self.help = help
    self.family = family
    self.types = types
    self.percentile = percentile
    self.parameter = parameter
  }

  package var takesField: Bool { types != nil }

  /// Whether its field must hold numbers.
  package var needsNumbers: Bool { types.map { !$0.contains(.text) } ?? false }

  /// Whether it can be taken over a field that holds nothing but this type.
  package func takes(_ type: FieldType) -> Bool { types?.contains(type) ?? false }

  /// The calculation over `field`, of the spans that pass `filter`; nil when it needs a field or a
  /// parameter and there is none, or the reverse.
  package func over(
    _ field: FieldRef?, parameter: Literal? = nil, where filter: Filter? = nil
  ) -> Calculation? {
    guard takesField == (field != nil) else { return nil }
    var given = parameter
    switch (self.parameter, given) {
    case (nil, nil), (.some, .some): break
    case (.count(let count), nil): given = .integer(Int64(count))
    case (.threshold, nil), (nil, .some): return nil
    }
    return Calculation(self, field, parameter: given, where: filter)
  }
}

extension CalculationKind: Hashable {
  package static func == (a: Self, b: Self) -> Bool { a.word == b.word }
  package func hash(into hasher: inout Hasher) { hasher.combine(word) }
}

extension CalculationKind {
  /// Every calculation but the percentiles, in the order in which they are offered.
  package static let all: [CalculationKind] = [
    .count, .countDistinct, .sum, .average, .minimum, .maximum, .deviation,
    .heatmap, .errorRate, .apdex, .impact, .first, .last, .top, .exemplar,
    .concurrency, .rateAverage, .rateSum, .rateMaximum,
  ]

  private static let byWord = Dictionary(uniqueKeysWithValues: all.map { ($0.word, $0) })

  /// Those a list offers, with the commonest percentiles.
  package static let offered: [CalculationKind] = {
    let percentiles = ["P50", "P75", "P90", "P95", "P99", "P999"]
      .compactMap { CalculationKind(word: $0) }
    let index = all.firstIndex(of: .heatmap) ?? all.count
    return all[..<index] + percentiles + all[index...]
  }()

  /// Reads `P99.9`, `sum` …; nil when it is none.
  package init?(word: String) {
    let word = word.uppercased()
    if let known = Self.byWord[word] {
      self = known
    } else if let percentile = Percentile(word: word) {
      self = .percentile(percentile)
    } else {
      return nil
    }
  }
}
