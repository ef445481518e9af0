import Telemetry

extension OTLPJSONReader {
  /// Reads spans of OTLP without the lists around: one span, or `{"spans":[…]}`, perhaps with their
  /// scope and resource.
  ///
  /// - Returns: nil when it is neither.
  static func readBare(_ root: TapeValue, bytes: Int, into batch: inout SpanBatch) -> Outcome? {
    let fields = OTLPFieldTable.shared
    var list: TapeValue?
    var members = TapeFields(root)
    while members.next() {
      if fields.field(members.key) == .spans, members.value.isArray { list = members.value }
    }
    if let list {
      var elements = TapeElements(list)
      guard elements.next(), isSpan(elements.value, fields) else { return nil }
    } else {
      guard isSpan(root, fields) else { return nil }
    }
    return readBare(root, isList: list != nil, bytes: bytes, into: &batch)
  }

  private static func isSpan(_ value: TapeValue, _ fields: OTLPFieldTable) -> Bool {
    var hasTrace = false
    var hasSpan = false
    var hasTime = false
    var members = TapeFields(value)
    while members.next() {
      switch fields.field(members.key) {
      case .traceID: hasTrace = true
      case .spanID: hasSpan = true
      case .start, .end: hasTime = true
      // Another's span, which says more than OTLP's.
      case .unknown: return false
      default: break
      }
    }
    return hasTrace && hasSpan && hasTime
  }
}
