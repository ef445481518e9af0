import QueryLanguage
import Telemetry

/// What a calculation is taken over in a segment: the values of a field in some of the spans.
struct CalculationSource: Hashable, Sendable {
  /// nil: the spans themselves, whatever they hold.
  var field: FieldRef?
  /// Of the spans that the query takes, those that count; nil: all.
  var filter: Filter?
}

extension Calculation {
  /// nil for what needs no more than the number of rows or the time in flight.
  var source: CalculationSource? {
    let field: FieldRef? =
      switch kind {
      case .errorRate: .error
      case .exemplar: .traceID
      default: self.field
      }
    if field == nil, filter == nil { return nil }
    return CalculationSource(field: field, filter: filter)
  }
}
