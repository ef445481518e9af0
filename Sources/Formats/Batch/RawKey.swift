/// Attribute keys that keep what a ``SpanRecord`` has no room for, so that writing a span again
/// gives what was sent. They exist only on spans with the mark of the same meaning.
enum RawKey {
  /// What all begin with.
  static let prefix: StaticString = "meta.raw_"

  static let traceID: StaticString = "meta.raw_trace_id"
  static let spanID: StaticString = "meta.raw_span_id"
  static let parentID: StaticString = "meta.raw_parent_id"
  static let kind: StaticString = "meta.raw_kind"
  static let status: StaticString = "meta.raw_status"
  /// Members of the object itself that the program does not know, as a JSON object.
  static let fields: StaticString = "meta.raw_fields"
  /// The same of the object around a resource or scope, and of a status.
  static let outerFields: StaticString = "meta.raw_outer_fields"
  static let statusFields: StaticString = "meta.raw_status_fields"

  static func isOne(_ key: UnsafeBufferPointer<UInt8>) -> Bool {
    key.starts(with: prefix)
      && (key.equals(traceID) || key.equals(spanID) || key.equals(parentID)
        || key.equals(kind) || key.equals(status))
  }

  static func isFields(_ key: UnsafeBufferPointer<UInt8>) -> Bool {
    key.starts(with: prefix)
      && (key.equals(fields) || key.equals(outerFields) || key.equals(statusFields))
  }
}
