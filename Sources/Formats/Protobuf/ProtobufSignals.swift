/// Tells OTLP messages of the three signals apart and counts what is not read further.
///
/// All have the shape *field 1 of field 2 of field 2*; only the innermost messages differ.
struct ProtobufSignals {
  private let message: WireReader

  init(_ message: WireReader) { self.message = message }

  /// The signal of the first innermost message that tells.
  func signal() -> OTLPProtobuf.Signal {
    var found = OTLPProtobuf.Signal.unknown
    var isEmpty = true
    _ = visit { item in
      isEmpty = false
      found = Self.signal(of: item)
      return found == .unknown
    }
    return isEmpty && !hasForeignFields ? .traces : found
  }

  /// How many innermost messages there are.
  func count() throws(DecodeError) -> Int {
    var count = 0
    let failure = visit { _ in
      count += 1
      return true
    }
    if let failure { throw failure }
    return count
  }

  /// Whether the outer message has other fields than 1: then it is no OTLP request.
  private var hasForeignFields: Bool {
    var outer = message
    while case let tag = outer.tag(), tag != 0 {
      if tag != Tag.bytes(1) { return true }
      _ = outer.bytesOrRest()
    }
    return outer.hasFailed
  }

  /// Calls `body` for each innermost message until it says stop.
  private func visit(_ body: (WireReader) -> Bool) -> DecodeError? {
    var outer = message
    while case let tag = outer.tag(), tag != 0 {
      guard tag == Tag.bytes(1) else {
        outer.skip(tag)
        continue
      }
      var owner = outer.sub(outer.bytesOrRest().range)
      while case let tag = owner.tag(), tag != 0 {
        guard tag == Tag.bytes(2) || tag == Tag.bytes(1000) else {
          owner.skip(tag)
          continue
        }
        var scope = owner.sub(owner.bytesOrRest().range)
        while case let tag = scope.tag(), tag != 0 {
          guard tag == Tag.bytes(2) else {
            scope.skip(tag)
            continue
          }
          let (range, isCut) = scope.bytesOrRest()
          if isCut { return DecodeError(.truncated, at: scope.end) }
          if !body(scope.sub(range)) { return nil }
        }
        if scope.hasFailed { return DecodeError(.badWireFormat, at: scope.failure) }
      }
      if owner.hasFailed { return DecodeError(.badWireFormat, at: owner.failure) }
    }
    return outer.hasFailed ? DecodeError(.badWireFormat, at: outer.failure) : nil
  }

  /// Judges one innermost message by its field types.
  ///
  /// Span: fixed64 in 7 and 8, varint in 6, 16 bytes in 1 and 8 in 2. LogRecord: fixed64 in 1 or
  /// 11, varint in 2. Metric: none of these, a text in 1, a message in 5, 7, 9, 10 or 11.
  private static func signal(of item: WireReader) -> OTLPProtobuf.Signal {
    var item = item
    var traceIDs = false
    var spanIDs = false
    var isText = false
    var hasData = false
    while case let tag = item.tag(), tag != 0 {
      switch tag {
      case Tag.fixed64(7), Tag.fixed64(8), Tag.varint(6): return .traces
      case Tag.fixed64(1), Tag.fixed64(11), Tag.varint(2): return .logs
      case Tag.bytes(1):
        let range = item.bytes()
        isText = true
        for offset in range where item.base[offset] < 0x20 { isText = false }
        traceIDs = range.count == 16
      case Tag.bytes(2): spanIDs = item.bytes().count == 8
      case Tag.bytes(5), Tag.bytes(7), Tag.bytes(9), Tag.bytes(10), Tag.bytes(11):
        hasData = true
        _ = item.bytes()
      default: item.skip(tag)
      }
    }
    if item.hasFailed { return .unknown }
    if traceIDs, spanIDs, !(isText && hasData) { return .traces }
    return isText ? .metrics : .unknown
  }
}
