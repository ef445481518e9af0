/// A field that every span has by its nature and that no attribute can hide.
///
/// `service.name` is a resource attribute, but counts as built-in because it is never missing:
/// a span without it belongs to `unknown_service`.
package enum BuiltinField: String, CaseIterable, Hashable, Sendable {
  case name
  case serviceName = "service.name"
  /// End minus start in milliseconds; 0 when the end is before the start.
  case durationMS = "duration_ms"
  /// Unix nanoseconds.
  case startTime = "start_time"
  /// Start plus duration in Unix nanoseconds: the start itself when the end sent was before it.
  case endTime = "end_time"
  case traceID = "trace.trace_id"
  case spanID = "trace.span_id"
  /// Missing on a root.
  case parentID = "trace.parent_id"
  case spanKind = "span.kind"
  /// `unset`, `ok` or `error`.
  case statusCode = "status_code"
  case statusMessage = "status_message"
  /// Whether the status is error; unset and ok are false alike.
  case error
  /// Whether the span was sent without a parent id; a span whose parent is not held is none.
  case isRoot = "is_root"
  /// Name of the instrumentation scope, missing when it is empty. So is its version.
  case libraryName = "library.name"
  case libraryVersion = "library.version"
  /// Events that came with the span; those that the SDK dropped are not among them. Links likewise.
  case numEvents = "span.num_events"
  case numLinks = "span.num_links"
  /// W3C `tracestate` as sent, missing when it is empty.
  case traceState = "trace_state"
  /// The 8 bits of W3C trace flags; 1 is "sampled".
  case traceFlags = "trace_flags"
  /// Parents above it, 0 for a root and for a span whose parent is not held.
  case depth
  /// Direct children that are held.
  case childCount = "child_count"
  /// Milliseconds that no child covers: the duration minus the union of the children's intervals.
  case selfMS = "self_ms"
  /// Whether no span is held whose parent it is.
  case isLeaf = "leaf"
  /// Spans below it that are held.
  case descendantCount = "desc_count"
  /// Milliseconds of it in which no child runs; of a leaf all of them.
  case gapMS = "gap_ms"
  /// Milliseconds in which it decides when its trace ends, by Jaeger's rule.
  case criticalMS = "crit_ms"
  /// Milliseconds from the first start to the last end of its trace.
  case traceDurationMS = "trace_duration_ms"
  /// Spans of its trace that are held.
  case traceSpans = "trace_spans"
  /// Those of them whose status is error.
  case traceErrors = "trace_errors"
  /// True on a span that ends before it starts, missing on all others.
  case invalidDuration = "meta.invalid_duration"
}

/// The built-in fields' names as texts.
package enum FieldName {
  package static let name = BuiltinField.name.rawValue
  package static let serviceName = BuiltinField.serviceName.rawValue
  package static let durationMS = BuiltinField.durationMS.rawValue
  package static let startTime = BuiltinField.startTime.rawValue
  package static let traceID = BuiltinField.traceID.rawValue
  package static let spanID = BuiltinField.spanID.rawValue
  package static let parentID = BuiltinField.parentID.rawValue
  package static let spanKind = BuiltinField.spanKind.rawValue
  package static let statusCode = BuiltinField.statusCode.rawValue
  package static let statusMessage = BuiltinField.statusMessage.rawValue
  package static let error = BuiltinField.error.rawValue
  package static let isRoot = BuiltinField.isRoot.rawValue
  package static let libraryName = BuiltinField.libraryName.rawValue
  package static let libraryVersion = BuiltinField.libraryVersion.rawValue
  package static let traceState = BuiltinField.traceState.rawValue
  package static let selfMS = BuiltinField.selfMS.rawValue
  /// What `service.name` is for a resource without one.
  package static let unknownService = "unknown_service"
}
