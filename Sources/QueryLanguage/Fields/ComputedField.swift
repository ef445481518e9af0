package import Telemetry

/// A value that is worked out for each span from others.
package indirect enum ComputedField: Hashable, Sendable {
  case related(RelatedValue)
  case expression(Expression<FieldRef>)
  /// Whether the span passes: true or false, never missing.
  case condition(Filter)
}

/// A calculation over the spans that stand to a span in a relation: `COUNT(desc, error)`.
package struct RelatedValue: Hashable, Sendable {
  package var relation: SpanRelation
  package var kind: CalculationKind
  /// nil for COUNT.
  package var field: FieldRef?
  /// Which of them count; nil: all.
  package var filter: Filter?

  package init(
    _ kind: CalculationKind, _ relation: SpanRelation, _ field: FieldRef? = nil,
    where filter: Filter? = nil
  ) {
    (self.kind, self.relation, self.field, self.filter) = (kind, relation, field, filter)
  }

  /// Whether a calculation can be taken over related spans.
  package static func takes(_ kind: CalculationKind) -> Bool {
    let plain: [CalculationKind] = [.count, .countDistinct, .sum, .average, .minimum, .maximum]
    return kind.percentile != nil || plain.contains(kind)
  }
}

extension ComputedField {
  /// As a query writes it.
  var text: String {
    switch self {
    case .related(let value): value.text
    case .expression(let expression): expression.text(\.text) { $0.conditionText }
    case .condition(let filter): "BOOL(\(filter.text))"
    }
  }

  /// Fields it is made of.
  var fields: [FieldRef] {
    switch self {
    case .related(let value): (value.field.map { [$0] } ?? []) + (value.filter?.fields ?? [])
    case .expression(let expression): expression.terms
    case .condition(let filter): filter.fields
    }
  }

  /// Whether it is true or false wherever it has a value, by what it is made of.
  package var isBoolean: Bool {
    switch self {
    case .condition: true
    case .expression(.call(let function, _)): function.result == .type(.bool)
    case .related, .expression: false
    }
  }

  /// Whether its numbers are milliseconds.
  var isDuration: Bool {
    switch self {
    case .related(let value): value.kind.family != .count && value.field?.isDuration ?? false
    case .expression(let expression):
      expression.isDuration(\.isDuration, isTime: { $0.builtin?.type == .time })
    case .condition: false
    }
  }

  /// Whether it needs the whole trace.
  var needsTrace: Bool {
    switch self {
    case .related: true
    case .expression(let expression): expression.terms.contains(where: \.needsTrace)
    case .condition(let filter):
      filter.namesRelations || filter.fields.contains(where: \.needsTrace)
    }
  }
}

extension RelatedValue {
  fileprivate var text: String {
    let start = "\(kind.word)(\(relation.rawValue)"
    guard let field else { return start + (filter.map { ", " + $0.text } ?? "") + ")" }
    return "\(start), \(field.text)\(filter.map { " WHERE " + $0.text } ?? ""))"
  }
}

extension FieldRef {
  /// As IF writes it.
  fileprivate var conditionText: String {
    if case .condition(let filter)? = computed { filter.text } else { text }
  }

  /// Itself, or what it is made of: fields that spans have.
  package var plain: [FieldRef] {
    computed.map { $0.fields.flatMap(\.plain) } ?? [self]
  }

  /// Whether its value depends on other spans of the trace.
  package var needsTrace: Bool {
    if let computed { return computed.needsTrace }
    return relation != .own || (builtin?.needsTrace ?? false)
  }
}

extension BuiltinField {
  /// Whether it follows from the shape of the trace.
  package var needsTrace: Bool {
    switch self {
    case .selfMS, .depth, .childCount, .isLeaf, .descendantCount, .gapMS, .criticalMS,
      .traceDurationMS, .traceSpans, .traceErrors:
      true
    default: false
    }
  }
}
