/// The built-in field names, once, as DESIGN §2 lists them.
package enum FieldName {
  package static let name = "name"
  package static let serviceName = "service.name"
  package static let durationMS = "duration_ms"
  package static let startTime = "start_time"
  package static let endTime = "end_time"
  package static let traceID = "trace.trace_id"
  package static let spanID = "trace.span_id"
  package static let parentID = "trace.parent_id"
  package static let spanKind = "span.kind"
  package static let statusCode = "status_code"
  package static let statusMessage = "status_message"
  package static let error = "error"
  package static let isRoot = "is_root"
  package static let libraryName = "library.name"
  package static let libraryVersion = "library.version"
  package static let numEvents = "span.num_events"
  package static let numLinks = "span.num_links"
  package static let traceState = "trace_state"
  package static let traceFlags = "trace_flags"
  package static let depth = "depth"
  package static let childCount = "child_count"
  package static let selfMS = "self_ms"
  /// True on spans with ``SpanMarks/invalidDuration``; absent on others.
  package static let invalidDuration = "meta.invalid_duration"
  /// What `service.name` is for a resource without one.
  package static let unknownService = "unknown_service"
}
