package import Telemetry

extension BuiltinField {
  /// The type of its values.
  package var type: FieldType {
    switch self {
    case .name, .serviceName, .spanKind, .statusCode, .statusMessage, .libraryName,
      .libraryVersion, .traceState:
      .text
    case .durationMS, .selfMS, .gapMS, .criticalMS, .traceDurationMS: .double
    case .startTime, .endTime: .time
    case .traceID, .spanID, .parentID: .id
    case .error, .isRoot, .isLeaf, .invalidDuration: .bool
    case .numEvents, .numLinks, .traceFlags, .depth, .childCount, .descendantCount, .traceSpans,
      .traceErrors:
      .integer
    }
  }

  /// Whether its numbers are milliseconds, so that `1.5s` compares with them.
  package var isDuration: Bool {
    switch self {
    case .durationMS, .selfMS, .gapMS, .criticalMS, .traceDurationMS: true
    default: false
    }
  }
}

extension BuiltinField {
  /// What it says of a span, in a few words.
  package var help: String {
    switch self {
    case .name: "name of the span"
    case .serviceName: "unknown_service where the resource names none"
    case .durationMS: "end less start, milliseconds"
    case .startTime: "an instant"
    case .endTime: "an instant"
    case .traceID: "32 hex digits"
    case .spanID: "16 hex digits"
    case .parentID: "missing where the span names no parent"
    case .spanKind: "internal, server, client, producer, consumer, unspecified"
    case .statusCode: "unset, ok, error"
    case .statusMessage: "what the status says"
    case .error: "whether the status is error"
    case .isRoot: "whether it names no parent"
    case .libraryName: "instrumentation scope"
    case .libraryVersion: "its version"
    case .numEvents: "span events it has"
    case .numLinks: "links it has"
    case .traceState: "W3C trace state"
    case .traceFlags: "W3C trace flags"
    case .depth: "spans above it"
    case .childCount: "direct children"
    case .selfMS: "duration less the time in which a child runs"
    case .isLeaf: "whether it has no child"
    case .descendantCount: "spans below it"
    case .gapMS: "time inside it with no child running: of a leaf all of it"
    case .criticalMS: "time on the critical path of its trace"
    case .traceDurationMS: "first start to last end of its trace"
    case .traceSpans: "spans of its trace that are held"
    case .traceErrors: "spans of its trace that are errors"
    case .invalidDuration: "true where the end was before the start"
    }
  }
}

/// The type of a field's values, or of a column of a result.
package enum FieldType: String, Hashable, Sendable {
  case text
  /// 64 bits, signed.
  case integer
  case double
  case bool
  /// Unix nanoseconds.
  case time
  /// Lower-case hex.
  case id
  /// Shown as base64.
  case bytes
  /// Arrays and maps, shown as JSON.
  case array
  /// Different types in different spans.
  case mixed

  /// Whether calculations such as AVG can take it.
  package var isNumber: Bool { self == .integer || self == .double || self == .time }
}
