import Telemetry

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

  /// The type of its values.
  package var type: FieldType {
    switch self {
    case .name, .serviceName, .spanKind, .statusCode, .statusMessage, .libraryName,
      .libraryVersion, .traceState:
      .text
    case .durationMS, .selfMS: .double
    case .startTime, .endTime: .time
    case .traceID, .spanID, .parentID: .id
    case .error, .isRoot, .invalidDuration: .bool
    case .numEvents, .numLinks, .traceFlags, .depth, .childCount: .integer
    }
  }

  /// Whether its numbers are milliseconds, so that `1.5s` compares with them.
  package var isDuration: Bool { self == .durationMS || self == .selfMS }
}

/// The type of a field's values, or of a column of a result.
package enum FieldType: String, Hashable, Sendable {
  case text
  case integer
  case double
  case bool
  /// Unix nanoseconds.
  case time
  /// Lower-case hex.
  case id
  case bytes
  /// Arrays and maps, shown as JSON.
  case array
  /// Different types in different spans.
  case mixed

  /// Whether calculations such as AVG can take it.
  package var isNumber: Bool { self == .integer || self == .double || self == .time }
}
