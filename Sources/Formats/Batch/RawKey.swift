/// Attribute keys that keep what a ``SpanRecord`` has no room for, so that writing a span again
/// gives what was sent. They exist only on spans with the mark of the same meaning.
enum RawKey {
  static let traceID = "meta.raw_trace_id"
  static let spanID = "meta.raw_span_id"
  static let parentID = "meta.raw_parent_id"
  static let kind = "meta.raw_kind"
  static let status = "meta.raw_status"
}
