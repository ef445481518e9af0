package import Telemetry

extension FieldRef {
  /// The names of a span's events, of which it may have several; a condition on it is one on an
  /// event, such as `event.name = "exception"`.
  package static let eventName = FieldRef("event.name")
}

/// How a selection differs from its baseline, field by field.
package struct CompareResult: Sendable {
  package var request: CompareRequest
  /// What was held against what, as a filter with its time range.
  package var selectionText = ""
  package var baselineText = ""
  /// Spans, or traces, on either side.
  package var counts = Sides()
  /// By score, the largest first; a field that repeats another follows it, and fields whose values
  /// nearly all differ come last.
  package var fields: [FieldDifference] = []
  /// Pairs of values that tell the sides apart better than either alone, the best first.
  package var pairs: [PairDifference] = []
  package var spansExamined = 0
  package var elapsed = Nanoseconds.zero
  package var warnings: [QueryWarning] = []

  package init(request: CompareRequest) { self.request = request }
}

/// A number of spans, or traces, of the selection and of the baseline.
package struct Sides: Hashable, Sendable {
  package var selection: Int
  package var baseline: Int

  package init(_ selection: Int = 0, _ baseline: Int = 0) {
    (self.selection, self.baseline) = (selection, baseline)
  }

  package static func + (a: Sides, b: Sides) -> Sides {
    Sides(a.selection + b.selection, a.baseline + b.baseline)
  }

  package static func - (a: Sides, b: Sides) -> Sides {
    Sides(a.selection - b.selection, a.baseline - b.baseline)
  }

  /// The share of the selection less the share of the baseline, −1…1; of an empty side the share
  /// is 0.
  package func difference(of whole: Sides) -> Double {
    share(\.selection, of: whole) - share(\.baseline, of: whole)
  }

  /// 0…1.
  package func share(_ side: KeyPath<Sides, Int>, of whole: Sides) -> Double {
    let all = whole[keyPath: side]
    return all > 0 ? Double(self[keyPath: side]) / Double(all) : 0
  }
}

/// How one field differs.
package struct FieldDifference: Sendable {
  package var field: FieldRef
  package var type: FieldType
  /// The largest difference of shares among the values and "missing", or of a measure the
  /// Kolmogorov–Smirnov distance; 0…1.
  package var score = 0.0
  /// How likely chance alone makes such a difference; adjusted for the number of fields.
  package var pValue = 1.0
  package var adjustedP = 1.0
  /// More than nine tenths of its values differ, as ids do.
  package var isMostlyUnique = false
  /// The field whose values divide the spans in the same way.
  package var sameAs: FieldRef?
  /// The values with the largest differences, those first, at most ``valueLimit``; of a measure what
  /// is no number.
  package var values: [ValueCount] = []
  /// All other values together; nil when there is none.
  package var rest: Sides?
  package var missing = Sides()
  /// Of numbers with more than ``measureLimit`` different values.
  package var measure: MeasureDifference?

  package static let valueLimit = 40
  package static let measureLimit = 20

  package init(_ field: FieldRef, _ type: FieldType) { (self.field, self.type) = (field, type) }

  package var certainty: Certainty { Certainty(adjustedP) }

  /// As a query writes it.
  package var name: String { field == .eventName ? field.name : QueryText.print(field) }

  /// A value and how many have it.
  package struct ValueCount: Hashable, Sendable {
    package var value: ResultValue
    package var counts: Sides

    package init(_ value: ResultValue, _ counts: Sides) {
      (self.value, self.counts) = (value, counts)
    }
  }

  /// The value, or "missing", whose shares differ most, and by how much.
  package func leading(of whole: Sides) -> (value: ResultValue, counts: Sides) {
    let first = values.first.map { ($0.value, $0.counts) } ?? (.missing, missing)
    let isMissing =
      abs(missing.difference(of: whole)) > abs(first.1.difference(of: whole))
    return isMissing ? (.missing, missing) : first
  }
}

/// How the numbers of a field differ.
package struct MeasureDifference: Hashable, Sendable {
  /// The largest distance between the two cumulative distributions, exact; 0…1.
  package var distance = 0.0
  /// Medians; nil of a side without numbers.
  package var selectionP50: Double?
  package var baselineP50: Double?
  /// One more than there are counts, ascending; the last bin has its upper edge too.
  package var edges: [Double] = []
  package var selectionCounts: [Int] = []
  package var baselineCounts: [Int] = []

  package init() {}
}

/// Two values that together tell more than each alone.
package struct PairDifference: Hashable, Sendable {
  package var fields: [FieldRef]
  package var values: [ResultValue]
  /// Spans, or traces, that have both.
  package var counts: Sides
  /// The difference of the shares that have both, and of those that have each.
  package var score: Double
  package var alone: [Double]
  package var aloneCounts: [Sides]

  package init(
    fields: [FieldRef], values: [ResultValue], counts: Sides, score: Double, alone: [Double],
    aloneCounts: [Sides]
  ) {
    (self.fields, self.values, self.counts) = (fields, values, counts)
    (self.score, self.alone, self.aloneCounts) = (score, alone, aloneCounts)
  }

  /// What the pair tells beyond the better of the two.
  package var gain: Double { score - (alone.max() ?? 0) }
}

/// How sure it is that a difference is none of chance.
package enum Certainty: Int, Comparable, Sendable {
  case chance, likely, certain

  package init(_ adjustedP: Double) {
    self = adjustedP < 0.001 ? .certain : adjustedP < 0.05 ? .likely : .chance
  }

  package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

  package var text: String {
    switch self {
    case .certain: "certain"
    case .likely: "likely"
    case .chance: "may be chance"
    }
  }
}
