/// OTLP requests in protobuf for tests, written from the field numbers of trace.proto.
enum ProtobufBody {
  static func traces(_ names: [String]) -> [UInt8] {
    let spans = names.flatMap { name in
      field(2, span(name))  // ScopeSpans.spans
    }
    return field(1, field(2, spans))  // resource_spans, scope_spans
  }

  /// One metric or log record of nothing but its name or text.
  static func metrics(_ count: Int) -> [UInt8] {
    let metric = field(2, field(1, Array("requests".utf8)) + field(5, []))
    return field(1, field(2, (0..<count).flatMap { _ in metric }))
  }

  static func logs(_ count: Int) -> [UInt8] {
    let record = field(2, field(3, Array("INFO".utf8)))
    return field(1, field(2, (0..<count).flatMap { _ in record }))
  }

  /// Log records as exporters write them, with their time.
  static func timedLogs(_ count: Int) -> [UInt8] {
    let record = field(2, fixed(1, 1_700_000_000_000_000_000) + field(3, Array("INFO".utf8)))
    return field(1, field(2, (0..<count).flatMap { _ in record }))
  }

  private static func span(_ name: String) -> [UInt8] {
    field(1, Array(1...16)) + field(2, Array(1...8)) + field(5, Array(name.utf8))
      + fixed(7, 1_700_000_000_000_000_000) + fixed(8, 1_700_000_000_100_000_000)
  }

  static func field(_ number: Int, _ bytes: [UInt8]) -> [UInt8] {
    varint(number << 3 | 2) + varint(bytes.count) + bytes
  }

  private static func fixed(_ number: Int, _ value: UInt64) -> [UInt8] {
    varint(number << 3 | 1) + withUnsafeBytes(of: value.littleEndian) { Array($0) }
  }

  private static func varint(_ value: Int) -> [UInt8] {
    value < 0x80
      ? [UInt8(value)] : [UInt8(truncatingIfNeeded: value) | 0x80] + varint(value >> 7)
  }
}
