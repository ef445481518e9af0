/// Telemetry for tests, one OTLP JSON document of one span a line.
enum SpanLines {
  static func line(_ name: String) -> String {
    """
    {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":\
    {"stringValue":"shop"}}]},"scopeSpans":[{"scope":{"name":"test"},"spans":[{"traceId":\
    "0102030405060708090a0b0c0d0e0f10","spanId":"1112131415161718","name":"\(name)","kind":2,\
    "startTimeUnixNano":"1700000000000000000","endTimeUnixNano":"1700000000100000000"}]}]}]}

    """
  }

  static func lines(_ names: some Sequence<String>) -> [UInt8] {
    names.flatMap { line($0).utf8 }
  }

  static func names(_ range: Range<Int>) -> [String] { range.map { "span \($0)" } }
}
