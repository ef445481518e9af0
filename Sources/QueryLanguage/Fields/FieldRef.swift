package import Telemetry

/// A field as a query names it: which span it is read from, where in that span, and its name.
package struct FieldRef: Hashable, Sendable {
  package var relation: Relation
  package var scope: FieldScope
  /// As it is in the span: without `root.` or `span.` in front, without back-ticks.
  package var name: String
  /// What it is worked out from; nil for a field that spans have. It has no name then.
  package private(set) var computed: ComputedField?

  /// A value that is worked out for each span.
  package init(_ computed: ComputedField) {
    self.init("")
    self.computed = computed
  }

  package init(_ name: String, scope: FieldScope = .automatic, of relation: Relation = .own) {
    (self.relation, self.scope, self.name) = (relation, scope, name)
  }

  /// Whose value: the span's own, or that of another span of its trace.
  package enum Relation: String, Hashable, CaseIterable, Sendable {
    case own = ""
    /// The span of the trace that names no parent; missing when there is none.
    case root
    /// The span named as parent; missing when it is not held.
    case parent
  }

  /// The built-in this names, if the name is not forced to a scope.
  package var builtin: BuiltinField? {
    scope == .automatic ? BuiltinField(rawValue: name) : nil
  }

  package static let duration = FieldRef(FieldName.durationMS)
  package static let serviceName = FieldRef(FieldName.serviceName)
  package static let spanName = FieldRef(FieldName.name)
  package static let error = FieldRef(FieldName.error)
  package static let isRoot = FieldRef(FieldName.isRoot)
  package static let traceID = FieldRef(FieldName.traceID)
  package static let spanID = FieldRef(FieldName.spanID)
  package static let startTime = FieldRef(FieldName.startTime)
}

/// Where in a span a field is looked up; `automatic` is built-in, span, resource, scope.
package enum FieldScope: String, Hashable, CaseIterable, Sendable {
  case automatic = ""
  case span
  case resource
  /// The instrumentation scope.
  case scope
}
