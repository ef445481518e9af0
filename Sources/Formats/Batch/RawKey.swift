/// Attribute keys that keep what a ``SpanRecord`` has no room for, so that writing a span again
/// gives what was sent. They exist only on spans with the mark of the same meaning.
enum RawKey {
  static let traceID: StaticString = "meta.raw_trace_id"
  static let spanID: StaticString = "meta.raw_span_id"
  static let parentID: StaticString = "meta.raw_parent_id"
  static let kind: StaticString = "meta.raw_kind"
  static let status: StaticString = "meta.raw_status"

  static func isOne(_ key: UnsafeBufferPointer<UInt8>) -> Bool {
    key.starts(with: "meta.raw_")
      && (key.equals(traceID) || key.equals(spanID) || key.equals(parentID)
        || key.equals(kind) || key.equals(status))
  }
}
