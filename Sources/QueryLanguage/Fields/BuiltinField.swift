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
