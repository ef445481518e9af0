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
      (#"{"unknownValue":1}"#, .text(#"{"unknownValue":1}"#)), (#""bare""#, .text("bare")),
      ("7", .integer(7)),
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
      ("0123456789abcdef0123456789abcdeg", "6716c63818802941e0ffe7b285a34a47", false),
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
      ("\"\"", 0), ("null", 0), ("-1", .max), ("\"-1\"", .max),
      // In other spellings; a fraction is told by its size.
      ("\"2026-03-01T10:00:00.250000001Z\"", 1_772_359_200_250_000_001),
      ("\"2026-03-01T12:00:00.25+02:00\"", 1_772_359_200_250_000_000),
      ("[1772359200,250000001]", 1_772_359_200_250_000_001),
      ("{\"low\":1632367232,\"high\":412659533}", 1_772_359_200_250_000_000),
      ("{\"seconds\":1772359200,\"nanos\":250000001}", 1_772_359_200_250_000_001),
      ("1772359200.25", 1_772_359_200_250_000_000),
      ("\"1772359200.250000001\"", 1_772_359_200_250_000_001),
      ("1772359200250.5", 1_772_359_200_250_500_000),
      ("\"1772359200250.5\"", 1_772_359_200_250_500_000),
      ("1772359200250500.5", 1_772_359_200_250_501_000),
      ("\" 1772359200250000001 \"", 1_772_359_200_250_000_001),
    ] as [(String, UInt64)])
  func times(json: String, expected: UInt64) throws {
    let batch = try read(
      #"{"resourceSpans":[{"scopeSpans":[{"spans":[{"endTimeUnixNano":\#(json)}]}]}]}"#)
    #expect(batch.spans[0].end == expected)
  }

  @Test(
    "A time that cannot be read costs its span alone, and is counted",
    arguments: [
      "\"1234567x\"", "\"18446744073709551616\"", "\"yesterday\"", "true", "{}", "[1]", "-1.5",
      "\"2026-13-01T10:00:00Z\"",
    ])
  func unreadableTimes(json: String) {
    let good = #"{"traceId":"0000000000000000000000000000000a","spanId":"000000000000000a"}"#
    let line = Array(
      #"{"resourceSpans":[{"scopeSpans":[{"spans":[\#(good),{"startTimeUnixNano":\#(json)},{"events":[{"timeUnixNano":\#(json)}]}]}]}]}"#
        .utf8)
    var batch = SpanBatch()
    #expect(throws: DecodeError(.unreadableTime(spans: 2), at: 0)) {
      try line.withUnsafeBytes { try OTLPJSON.decodeTraces($0, into: &batch) }
    }
    #expect(batch.spans.count == 1)
    var report = DecodeReport()
    batch.removeAll()
    #expect(line.withUnsafeBytes { OTLPJSON.decodeLines($0, into: &batch, report: &report) })
    #expect(report.spans == 1 && report.badRecords == 2 && report.firstBad?.line == 1)
  }

  @Test(
    "Values in other spellings are what they say",
    arguments: [
      (#"{"Value":{"StringValue":"a"}}"#, .text("a")),
      (#"{"Value":{"IntValue":17}}"#, .integer(17)),
      (#"{"StringValue":"a"}"#, .text("a")), (#"{"INTVALUE":"5"}"#, .integer(5)),
      (#"{"string_value":"a"}"#, .text("a")), (#"{"stringvalue":"a"}"#, .text("a")),
      (#"{"type":"STRING","value":"a"}"#, .text("a")),
      (#"{"type":"INT64","value":"5"}"#, .integer(5)),
      (#"{"type":"double","value":5}"#, .double(5)),
      (#"{"Type":"BOOL","Value":true}"#, .bool(true)),
      (#"{"intValue":{"low":7,"high":0}}"#, .integer(7)),
      (#"{"intValue":{"low":-1,"high":-1}}"#, .integer(-1)),
      (#"{"intValue":{"low":0,"high":1,"unsigned":false}}"#, .integer(1 << 32)),
      (#"{"intValue":"+5"}"#, .integer(5)), (#"{"intValue":"5n"}"#, .integer(5)),
      (#"{"intValue":"5.0"}"#, .integer(5)), (#"{"intValue":" 5 "}"#, .integer(5)),
      (#"{"boolValue":1}"#, .bool(true)), (#"{"boolValue":"False"}"#, .bool(false)),
      (#"{"doubleValue":"-inf"}"#, .double(-.infinity)),
      (#"{"doubleValue":" 1.5 "}"#, .double(1.5)),
      (
        #"{"Value":{"ArrayValue":{"Values":[{"Value":{"StringValue":"x"}}]}}}"#,
        .array([.text("x")])
      ),
      (#""plain""#, .text("plain")), ("7", .integer(7)), ("true", .bool(true)),
    ] as [(String, AttributeValue)])
  func odd(json: String, expected: AttributeValue) throws {
    #expect(try attributes(json) == [.init("k", expected)])
  }

  @Test("What is no value is kept as text, counted, and written as it came")
  func unknownValues() throws {
    for json in [#"{"novelValue":{"a":[1]}}"#, #"{"stringValue":5}"#, #"{"boolValue":7}"#] {
      let line = Array(
        #"{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"0000000000000000000000000000000a","spanId":"000000000000000a","attributes":[{"key":"k","value":\#(json)},{"key":"l","value":{"arrayValue":{"values":[\#(json)]}}}]}]}]}]}"#
          .utf8)
      var batch = SpanBatch()
      var report = DecodeReport()
      #expect(line.withUnsafeBytes { OTLPJSON.decodeLines($0, into: &batch, report: &report) })
      #expect(report.unreadValues == 2)
      #expect(batch.entries(batch.spans[0].attributes)[0] == .init("k", .text(json)))
      var out: [UInt8] = []
      var writer = OTLPJSONWriter()
      writer.write(batch, to: &out)
      let text = String(decoding: out, as: UTF8.self)
      #expect(text.contains(#"{"key":"k","value":\#(json)}"#), "\(text)")
      #expect(text.contains(#""values":[\#(json)]"#), "\(text)")
    }
  }

  @Test("Attributes may be a plain map, of values or of what they are")
  func plainMap() throws {
    let batch = try read(
      #"{"resourceSpans":[{"scopeSpans":[{"spans":[{"attributes":{"a":1,"b":{"stringValue":"x"},"c":{"d":{"e":true}},"f":[1,"z"],"g":null}}]}]}]}"#
    )
    #expect(
      batch.entries(batch.spans[0].attributes) == [
        .init("a", .integer(1)), .init("b", .text("x")), .init("c.d.e", .bool(true)),
        .init("f", .array([.integer(1), .text("z")])), .init("g", .empty),
      ])
  }

  @Test(
    "Status codes and kinds are read in any case",
    arguments: [
      (#"{"code":"error"}"#, SpanStatus.error), (#"{"code":"STATUS_CODE_ERROR"}"#, .error),
      (#"{"Code":"Ok"}"#, .ok), (#""ERROR""#, .error), ("2", .error), (#"{"code":"1"}"#, .ok),
      (#"{"code":"unset"}"#, .unset),
    ])
  func status(json: String, expected: SpanStatus) throws {
    let batch = try read(
      #"{"resourceSpans":[{"scopeSpans":[{"spans":[{"status":\#(json),"kind":"server"}]}]}]}"#)
    #expect(batch.spans[0].status == expected)
    #expect(batch.spans[0].kind == .server)
    #expect(!batch.spans[0].marks.contains(.unknownEnum))
  }
}
