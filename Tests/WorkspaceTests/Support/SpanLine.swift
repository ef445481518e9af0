/// One span as a line of OTLP JSON.
enum SpanLine {
  static func text(_ name: String, trace: Int = 1, service: String = "shop") -> String {
    let hex = String(trace, radix: 16)
    let id = String(repeating: "0", count: 32 - hex.count) + hex
    return """
      {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":\
      {"stringValue":"\(service)"}}]},"scopeSpans":[{"scope":{"name":"test"},"spans":[{"traceId":\
      "\(id)","spanId":"1112131415161718","name":"\(name)","kind":2,\
      "startTimeUnixNano":"1700000000000000000","endTimeUnixNano":"1700000000100000000"}]}]}]}

      """
  }
}
