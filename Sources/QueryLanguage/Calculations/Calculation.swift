/// A term of VISUALIZE: one column of the table and one graph.
package struct Calculation: Hashable, Sendable {
  /// What it computes, whatever the field.
  package let kind: CalculationKind
  /// The field it is taken over; nil for those that take none.
  package let field: FieldRef?

  init(_ kind: CalculationKind, _ field: FieldRef? = nil) {
    (self.kind, self.field) = (kind, field)
  }

  package var isHeatmap: Bool { kind.family == .cells }

  /// Whether it needs a field of numbers.
  package var needsNumbers: Bool { kind.needsNumbers }

  /// Whether its values are instants.
  package var isTime: Bool { kind.family == .value && field?.builtin?.type == .time }

  /// Whether its values are lengths of time in milliseconds.
  package var isDuration: Bool {
    switch kind.family {
    case .value, .total, .change: field?.isDuration ?? false
    case .count, .flight, .cells: false
    }
  }
}

extension Calculation {
  package static let count = Calculation(.count)
  package static let concurrency = Calculation(.concurrency)
  package static func countDistinct(_ field: FieldRef) -> Self { Self(.countDistinct, field) }
  package static func sum(_ field: FieldRef) -> Self { Self(.sum, field) }
  package static func average(_ field: FieldRef) -> Self { Self(.average, field) }
  package static func minimum(_ field: FieldRef) -> Self { Self(.minimum, field) }
  package static func maximum(_ field: FieldRef) -> Self { Self(.maximum, field) }
  package static func heatmap(_ field: FieldRef) -> Self { Self(.heatmap, field) }
  package static func rateAverage(_ field: FieldRef) -> Self { Self(.rateAverage, field) }
  package static func rateSum(_ field: FieldRef) -> Self { Self(.rateSum, field) }
  package static func rateMaximum(_ field: FieldRef) -> Self { Self(.rateMaximum, field) }
  package static func percentile(_ percentile: Percentile, _ field: FieldRef) -> Self {
    Self(.percentile(percentile), field)
  }
}
