import Telemetry

/// Every field of the spans held: for completion, `otel-tui fields` and the nearest name.
package struct FieldCatalog: Sendable {
  /// Built-ins first, then attributes by name.
  package var fields: [FieldSummary]
  /// Spans held; what counts and shares of fields are of.
  package var spanCount: Int

  package init(fields: [FieldSummary] = [], spanCount: Int = 0) {
    (self.fields, self.spanCount) = (fields, spanCount)
  }

  /// The first field of that name where `field` is looked for; nil when no span has it.
  ///
  /// - Complexity: O(fields).
  package func summary(of field: FieldRef) -> FieldSummary? {
    fields.first { $0.name == field.name && (field.scope == .automatic || $0.scope == field.scope) }
  }

  /// The type of a field's values in all spans held; nil when none has it.
  package func type(of field: FieldRef) -> FieldType? {
    if let builtin = field.builtin { return builtin.type }
    let types = Set(
      fields.filter {
        $0.name == field.name && $0.scope != .automatic
          && (field.scope == .automatic || $0.scope == field.scope)
      }.map(\.type))
    return types.count > 1 ? .mixed : types.first
  }
}

/// One field: its type, how many spans have it, its commonest values.
package struct FieldSummary: Sendable {
  /// Without a scope in front and without back-ticks.
  package var name: String
  /// Where it is found; `automatic` for a built-in.
  package var scope: FieldScope
  /// `mixed` when spans have values of different types here; other scopes do not count.
  package var type: FieldType
  /// Spans that have it.
  package var spans: Int
  /// Distinct values, exact.
  package var distinct: Int
  /// The commonest values with their counts, commonest first, at most 50.
  package var top: [(value: ResultValue, count: Int)]

  package init(
    name: String, scope: FieldScope, type: FieldType, spans: Int, distinct: Int = 0,
    top: [(value: ResultValue, count: Int)] = []
  ) {
    self.name = name
    self.scope = scope
    self.type = type
    self.spans = spans
    self.distinct = distinct
    self.top = top
  }
}
