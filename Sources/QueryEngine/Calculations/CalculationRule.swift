import QueryLanguage

/// How a calculation is worked out: what it needs of every segment and what it makes of the parts
/// that segments give. Parts merge as their kind says, whatever the calculation.
///
/// Each is defined in a file of its own and is one row of ``all``.
struct CalculationRule: Sendable {
  let kind: CalculationKind
  let needs: Needs
  let yield: Yield
  /// The type of its values, given what numbers its field has.
  let type: @Sendable (NumberKind?) -> FieldType
  let sorting: Sorting

  init(
    _ kind: CalculationKind, needs: Needs, _ yield: Yield, sorting: Sorting = .byGroup,
    type: @escaping @Sendable (NumberKind?) -> FieldType
  ) {
    self.kind = kind
    self.needs = needs
    self.yield = yield
    self.sorting = sorting
    self.type = type
  }

  /// How groups are sorted by it.
  enum Sorting: Sendable {
    /// By its value of each group.
    case byGroup
    /// In one pass over the cells: by rows, by an extreme, or by a figure of a sum and a number.
    case rows, smallest, largest, sums
  }

  /// Parts that segments give.
  struct Needs: OptionSet, Sendable {
    let rawValue: Int
    /// Number, sum, smallest and largest of the field's numbers in each cell.
    static let summary = Needs(rawValue: 1)
    /// All the numbers of each cell.
    static let values = Needs(rawValue: 2)
    /// The different values of any type in each cell.
    static let distinct = Needs(rawValue: 4)
    /// Time that spans were in flight, by group and bucket.
    static let overlaps = Needs(rawValue: 8)
    /// Cells by bucket even where no graph is wanted.
    static let buckets = Needs(rawValue: 16)
    /// True and false count as 1 and 0 in fields that hold nothing else.
    static let booleans = Needs(rawValue: 32)
    /// How often each value of any type is in each cell.
    static let tallies = Needs(rawValue: 64)
    /// What the earliest, the latest, the longest span of each cell shows.
    static let earliest = Needs(rawValue: 128)
    static let latest = Needs(rawValue: 256)
    static let longest = Needs(rawValue: 512)
  }

  /// A figure of a summary.
  typealias Figure = @Sendable (FieldTotals, FieldTotals.Summary) -> ResultValue

  /// What comes of the merged parts.
  enum Yield: Sendable {
    /// How many rows there are: 0 where there are none.
    case rows
    /// How many different values there are: 0 where there are none.
    case distinct
    case summary(Figure)
    /// The mean change of a figure from bucket to bucket; in a graph each change.
    case change(Figure)
    case percentile(Quantile)
    /// Time in flight over the time there was.
    case flight
    /// Counts by bucket and value.
    case cells
    /// What one span of each group shows.
    case pick(PickPart.Order)
    /// The commonest values.
    case tallies
    /// A figure of all the numbers.
    case values(@Sendable (Calculation, FieldTotals, [CellRange]) -> ResultValue)
    /// A figure of the group over that of all groups.
    case portion(Figure)
  }
}

extension CalculationRule {
  /// All but the percentiles.
  static let all: [CalculationRule] = [
    .count, .countDistinct, .sum, .average, .minimum, .maximum, .deviation, .heatmap,
    .errorRate, .apdex, .impact, .first, .last, .top, .exemplar, .concurrency,
    .rateAverage, .rateSum, .rateMaximum,
  ]

  private static let byKind = Dictionary(uniqueKeysWithValues: all.map { ($0.kind, $0) })

  /// nil for a calculation that only another backend knows.
  static func rule(of kind: CalculationKind) -> CalculationRule? {
    kind.percentile.map { .percentile($0) } ?? byKind[kind]
  }

  /// - Throws: ``QueryError`` when a calculation cannot be worked out here.
  static func check(_ calculations: [Calculation]) throws(QueryError) {
    for calculation in calculations where rule(of: calculation.kind) == nil {
      throw QueryError("\(calculation.kind.word) cannot be worked out on spans in memory")
    }
  }

  /// The numbers a field holds, or instants as such.
  static let typeOfField: @Sendable (NumberKind?) -> FieldType = { kind in
    switch kind {
    case .integer(.plain): .integer
    case .integer(.time): .time
    case .integer(.milliseconds), .double, nil: .double
    }
  }

  /// Fractions of numbers; instants as such.
  static let typeBetween: @Sendable (NumberKind?) -> FieldType = { kind in
    kind == .integer(.time) ? .time : .double
  }
}
