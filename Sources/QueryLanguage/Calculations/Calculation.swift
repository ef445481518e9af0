import Telemetry

/// A term of VISUALIZE: one column of the table and one graph.
package struct Calculation: Hashable, Sendable {
  /// What it computes, whatever the field.
  package let kind: CalculationKind
  /// The field it is taken over; nil for those that take none.
  package let field: FieldRef?
  /// The threshold or number it needs besides: `500ms`.
  package let parameter: Literal?
  /// Which of the spans that the query takes count: `COUNT(WHERE error)`; nil: all.
  package let filter: Filter?
  /// What a formula is made of; nil for all others.
  package let formula: Expression<Calculation>?
  /// What it is called: `AS error_rate`. Of a reference the name it refers to.
  package var name: String?

  init(
    _ kind: CalculationKind, _ field: FieldRef? = nil, parameter: Literal? = nil,
    where filter: Filter? = nil
  ) {
    (self.kind, self.field, self.parameter, self.filter) = (kind, field, parameter, filter)
    formula = nil
  }

  /// A formula over other calculations.
  package init(formula: Expression<Calculation>, name: String? = nil) {
    kind = .formula
    (field, parameter, filter) = (nil, nil, nil)
    (self.formula, self.name) = (formula, name)
  }

  /// The calculation of this name.
  package static func reference(_ name: String) -> Calculation {
    var reference = Calculation(.reference)
    reference.name = name
    return reference
  }

  /// The same over some of the spans; nil takes all.
  package func over(_ filter: Filter?) -> Calculation {
    var changed = Calculation(kind, field, parameter: parameter, where: filter)
    changed.name = name
    return changed
  }

  package var isHeatmap: Bool { kind.family == .cells }

  /// Whether its values are no numbers, whatever the field.
  package var isListing: Bool { kind.family == .listing }

  package var isReference: Bool { kind == .reference }

  /// Whether it needs a field of numbers.
  package var needsNumbers: Bool { kind.needsNumbers }

  /// Whether its values are instants.
  package var isTime: Bool { kind.family == .value && field?.builtin?.type == .time }

  /// Whether its values are lengths of time in milliseconds.
  package var isDuration: Bool {
    switch kind.family {
    case .value, .total, .change: field?.isDuration ?? false
    case .count, .flight, .cells, .share, .listing: false
    case .formula: formula?.isDuration(\.isDuration, isTime: \.isTime) ?? false
    }
  }
}

extension Calculation {
  package static let count = Calculation(.count)
  package static let concurrency = Calculation(.concurrency)
  package static let errorRate = Calculation(.errorRate)
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
