import Telemetry
import Testing

@testable import Formats

@Suite struct OTLPJSONValueTests {
  private func read(_ json: String) throws -> SpanBatch {
    var batch = SpanBatch()
    _ = try Array(json.utf8).withUnsafeBytes { try OTLPJSON.decodeTraces($0, into: &batch) }
    return batch
  }

  /// The attributes of a span with one of these values under the key `k`.
  private func attributes(_ value: String) throws -> [AttributeValue.Entry] {
    let batch = try read(
      #"{"resourceSpans":[{"scopeSpans":[{"spans":[{"attributes":[{"key":"k","value":"#
        + value + "}]}]}]}]}")
    return batch.spans.first.map { batch.entries($0.attributes) } ?? []
  }

  @Test(
    "Every kind of value is read with its type",
    arguments: [
      (#"{"stringValue":"x\n"}"#, .text("x\n")), (#"{"string_value":""}"#, .text("")),
      (#"{"boolValue":true}"#, .bool(true)), (#"{"boolValue":"false"}"#, .bool(false)),
      (#"{"intValue":"9007199254740993"}"#, .integer(9_007_199_254_740_993)),
      (#"{"intValue":9007199254740993}"#, .integer(9_007_199_254_740_993)),
      (#"{"intValue":"-9223372036854775808"}"#, .integer(.min)),
      (#"{"intValue":"9223372036854775808"}"#, .text("9223372036854775808")),
      (#"{"intValue":18446744073709551615}"#, .double(18_446_744_073_709_551_616)),
      (#"{"int_value":"12345678"}"#, .integer(12_345_678)),
      (#"{"doubleValue":3}"#, .double(3)), (#"{"doubleValue":"-Infinity"}"#, .double(-.infinity)),
      (#"{"doubleValue":"1.5e3"}"#, .double(1_500)), (#"{"doubleValue":"x"}"#, .text("x")),
      (#"{"bytesValue":"AP8="}"#, .bytes([0, 255])), (#"{"bytesValue":"?"}"#, .text("?")),
      ("{}", .empty), ("null", .empty), (#"{"stringValue":null}"#, .empty),
      (#"{"unknownValue":1}"#, .empty), (#""bare""#, .text("bare")), ("7", .integer(7)),
      (#"{"kvlistValue":{"values":[]}}"#, .map([])), (#"{"kvlistValue":{}}"#, .map([])),
      (
        #"{"arrayValue":{"values":[{"intValue":"1"},{"doubleValue":1},{"bytesValue":"AP8="},{}]}}"#,
        .array([.integer(1), .double(1), .text("AP8="), .empty])
      ),
      (#"{"arrayValue":[{"boolValue":true}]}"#, .array([.bool(true)])),
      (#"{"arrayValue":{}}"#, .array([])),
      (
        #"{"array_value":{"values":[{"kvlistValue":{"values":[{"key":"a\"","value":{"stringValue":"é"}}]}}]}}"#,
        .array([.map([.init("a\"", .text("é"))])])
      ),
    ] as [(String, AttributeValue)])
  func kinds(json: String, expected: AttributeValue) throws {
    #expect(try attributes(json) == [.init("k", expected)])
  }

  @Test("Maps flatten to dotted names, whatever they are called")
  func maps() throws {
    let json = """
      {"kvListValue":{"values":[{"key":"a","value":{"intValue":"1"}},\
      {"key":"b","value":{"kvlist_value":[{"key":"","value":{"boolValue":true}},\
      {"key":"c","value":{"kvlistValue":{"values":[]}}}]}}]}}
      """
    #expect(
      try attributes(json) == [
        .init("k.a", .integer(1)), .init("k.b.", .bool(true)), .init("k.b.c", .map([])),
      ])
  }

  @Test("Nesting beyond the limit becomes empty, not a crash")
  func depth() throws {
    let open = #"{"kvlistValue":{"values":[{"key":"k","value":"#
    let json = String(repeating: open, count: 200) + "{}" + String(repeating: "}]}}", count: 200)
    #expect(try attributes(json).count == 1)
    let lists = String(repeating: #"{"arrayValue":{"values":["#, count: 200)
    #expect(try attributes(lists + String(repeating: "]}}", count: 200)).count == 1)
  }

  @Test("Long keys over many nested values do not blow up")
  func blowUp() throws {
    let key = String(repeating: "x", count: 100_000)
    let leaves = (0..<2_000).map { #"{"key":"\#($0)","value":{}}"# }.joined(separator: ",")
    let json =
      #"{"resourceSpans":[{"scopeSpans":[{"spans":[{"attributes":[{"key":"\#(key)","value":"#
      + #"{"kvlistValue":{"values":[\#(leaves)]}}}]}]}]}]}"#
    var batch = SpanBatch()
    #expect(throws: DecodeError.self) {
      try Array(json.utf8).withUnsafeBytes { try OTLPJSON.decodeTraces($0, into: &batch) }
    }
    #expect(batch.arena.count < 10 * json.utf8.count)
  }

  @Test(
    "Ids are read as hex in any case and as base64",
    arguments: [
      ("0123456789ABCDEFfedcba9876543210", "0123456789abcdeffedcba9876543210", true),
      ("ASNFZ4mrze/+3LqYdlQyEA==", "0123456789abcdeffedcba9876543210", true),
      ("0123456789ABCDEF", "00000000000000000123456789abcdef", false),
      ("0123456789abcdef0123456789abcdeg", "00000000000000000000000000000000", false),
      ("", "00000000000000000000000000000000", false),
      ("00000000000000000000000000000000", "00000000000000000000000000000000", false),
    ])
  func ids(text: String, hex: String, isValid: Bool) throws {
    let batch = try read(
      #"{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"\#(text)"}]}]}]}"#)
    #expect(batch.spans[0].traceID.hex == hex)
    #expect(batch.spans[0].marks.contains(.invalidTraceID) != isValid)
  }

  @Test("Every hex digit and no other character is one")
  func hexDigits() {
    for byte in UInt8.min...UInt8.max {
      let digits = [UInt8](repeating: 0x30, count: 7) + [byte] + [UInt8](repeating: 0x66, count: 8)
      let value = digits.withUnsafeBufferPointer { digits in
        digits.baseAddress.flatMap { OTLPNumbers.hex16($0) }
      }
      let expected = HexDigits.value(byte).map { UInt64($0) << 32 | 0xFFFF_FFFF }
      #expect(value == expected)
    }
  }

  @Test(
    "Times are read as text and number",
    arguments: [
      ("\"1700000000123456789\"", 1_700_000_000_123_456_789),
      ("1700000000123456789", 1_700_000_000_123_456_789),
      ("\"18446744073709551615\"", .max), ("18446744073709551615", .max), ("\"7\"", 7),
      ("\"12345678\"", 12_345_678), ("1.5e18", 1_500_000_000_000_000_000),
      ("\"1234567x\"", 0), ("\"\"", 0), ("null", 0), ("\"18446744073709551616\"", 0),
      ("-1", .max), ("\"-1\"", .max),
    ] as [(String, UInt64)])
  func times(json: String, expected: UInt64) throws {
    let batch = try read(
      #"{"resourceSpans":[{"scopeSpans":[{"spans":[{"endTimeUnixNano":\#(json)}]}]}]}"#)
    #expect(batch.spans[0].end == expected)
  }
}
