/// A field that every span has by its nature and that no attribute can hide.
///
/// `service.name` is a resource attribute, but counts as built-in because it is never missing:
/// a span without it belongs to `unknown_service`.
package enum BuiltinField: String, CaseIterable, Hashable, Sendable {
  case name
  case serviceName = "service.name"
  case durationMS = "duration_ms"
  case startTime = "start_time"
  case endTime = "end_time"
  case traceID = "trace.trace_id"
  case spanID = "trace.span_id"
  case parentID = "trace.parent_id"
  case spanKind = "span.kind"
  case statusCode = "status_code"
  case statusMessage = "status_message"
  case error
  case isRoot = "is_root"
  case libraryName = "library.name"
  case libraryVersion = "library.version"
  case numEvents = "span.num_events"
  case numLinks = "span.num_links"
  case traceState = "trace_state"
  case traceFlags = "trace_flags"
  case depth
  case childCount = "child_count"
  case selfMS = "self_ms"
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
