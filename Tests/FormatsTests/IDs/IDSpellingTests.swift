import Telemetry
import TestSupport
import Testing

@testable import Formats

/// Whatever an id looks like, it stays one id: never zero, never merged with another.
@Suite struct IDSpellingTests {
  private static let hex = "5b8efff798038103d269b633813fc60c"
  private static let spanHex = "eee19b7ec3c1b174"

  @Test(
    "Spellings that leave no doubt are the same trace",
    arguments: [
      #""5b8efff798038103d269b633813fc60c""#, #""5B8EFFF798038103D269B633813FC60C""#,
      #""0x5b8efff798038103d269b633813fc60c""#, #""0X5B8EFFF798038103D269B633813FC60C""#,
      #""5b8efff7-9803-8103-d269-b633813fc60c""#, #""{5b8efff7-9803-8103-d269-b633813fc60c}""#,
      #""urn:uuid:5b8efff7-9803-8103-d269-b633813fc60c""#,
      #""1-5b8efff7-98038103d269b633813fc60c""#, #""W47/95gDgQPSabYzgT/GDA==""#,
      #""W47/95gDgQPSabYzgT/GDA""#, #""W47_95gDgQPSabYzgT_GDA""#,
      #""NWI4ZWZmZjc5ODAzODEwM2QyNjliNjMzODEzZmM2MGM=""#,
      #""NWI4ZWZmZjc5ODAzODEwM2QyNjliNjMzODEzZmM2MGM""#,
      #""00-5b8efff798038103d269b633813fc60c-eee19b7ec3c1b174-01""#,
      "121702245401190319682828931810593850892",
      "[91,142,255,247,152,3,129,3,210,105,182,51,129,63,198,12]",
      "[91,-114,-1,-9,-104,3,-127,3,-46,105,-74,51,-127,63,-58,12]",
      #"{"type":"Buffer","data":[91,142,255,247,152,3,129,3,210,105,182,51,129,63,198,12]}"#,
      #"{"0":91,"1":142,"2":255,"3":247,"4":152,"5":3,"6":129,"7":3,"8":210,"9":105,"10":182,"11":51,"12":129,"13":63,"14":198,"15":12}"#,
      #""  5b8efff798038103d269b633813fc60c ""#,
    ])
  func sameTrace(json: String) throws {
    let batch = try read(#"{"traceId":\#(json),"spanId":"\#(Self.spanHex)"}"#)
    #expect(batch.spans[0].traceID.hex == Self.hex)
    #expect(batch.spans[0].marks.isDisjoint(with: [.invalidTraceID, .invalidSpanID]))
    #expect(batch.entries(batch.spans[0].attributes).isEmpty)
  }

  @Test(
    "Spellings that leave no doubt are the same span",
    arguments: [
      #""EEE19B7EC3C1B174""#, #""0xeee19b7ec3c1b174""#, #""7uGbfsPBsXQ=""#, #""7uGbfsPBsXQ""#,
      #""ZWVlMTliN2VjM2MxYjE3NA==""#, #""ZWVlMTliN2VjM2MxYjE3NA""#, "17213210219539181940",
      #""17213210219539181940""#, "-1233533854170369676", "[238,225,155,126,195,193,177,116]",
      #"{"low":-1010716300,"high":-287204482}"#,
      #"{"low":3284250996,"high":4007762814,"unsigned":true}"#,
    ])
  func sameSpan(json: String) throws {
    let batch = try read(#"{"traceId":"\#(Self.hex)","spanId":\#(json),"parentSpanId":\#(json)}"#)
    #expect(SpanID(batch.spans[0].spanID).hex == Self.spanHex, "\(json)")
    #expect(batch.spans[0].parentID == batch.spans[0].spanID)
    #expect(batch.spans[0].marks.isDisjoint(with: [.invalidSpanID, .invalidParentID]))
  }

  @Test("Any other text is an id of its own, the same in every run, and is written as it came")
  func texts() throws {
    let texts = [
      "trace-123", "trace-124", "t1", "t2", "order 1", "ж", "my-checkout-trace-0001",
      String(repeating: "ab", count: 20), String(repeating: "ab", count: 20) + "ac",
      "5b8efff7-9803-8103-d269-b633813fc60g", "-", "0x", "0xg",
      "99999999999999999999999999999999999999999",
    ]
    var ids: Set<TraceID> = []
    for text in texts {
      let batch = try read(
        #"{"traceId":"\#(text)","spanId":"\#(text)","parentSpanId":"\#(text)","links":[{"traceId":"\#(text)","spanId":"\#(text)"}]}"#
      )
      let span = batch.spans[0]
      #expect(!span.traceID.isZero && span.spanID != 0, "\(text)")
      #expect(span.parentID == span.spanID && batch.links[0].spanID == span.spanID, "\(text)")
      #expect(batch.links[0].traceID == span.traceID)
      #expect(
        batch.entries(span.attributes) == [
          .init("meta.raw_trace_id", .text(text)), .init("meta.raw_span_id", .text(text)),
          .init("meta.raw_parent_id", .text(text)),
        ])
      let line = try written(batch)
      #expect(line.components(of: "Id\":\"\(text)\"") == 5, "\(line)")
      #expect(!line.contains("meta.raw"))
      #expect(ids.insert(span.traceID).inserted, "\(text) is another")
    }
    // Written down once: links and files keep them.
    #expect(
      try read(#"{"traceId":"trace-123"}"#).spans[0].traceID.hex
        == "4185d90bde2162c58fdec7627a815e93")
    let named = try read(#"{"traceId":"t1","spanId":"s1"}"#).spans[0].spanID
    #expect(SpanID(named).hex == "8330a6630307277e")
  }

  @Test("A readable span id names a span within its trace alone, whatever the order of the members")
  func named() throws {
    let one = try read(#"{"traceId":"t1","spanId":"s1"}"#).spans[0]
    let two = try read(#"{"spanId":"s1","traceId":"t2"}"#).spans[0]
    let same = try read(#"{"spanId":"s1","traceId":"t1"}"#).spans[0]
    #expect(one.spanID != two.spanID)
    #expect(one.spanID == same.spanID)
  }

  @Test(
    "What stands for no id is none",
    arguments: [
      #""""#, "null", #""None""#, #""undefined""#, #""<nil>""#, #""N/A""#, "[]", "{}",
      #""00000000-0000-0000-0000-000000000000""#,
    ])
  func none(json: String) throws {
    let batch = try read(#"{"traceId":"t1","spanId":"s1","parentSpanId":\#(json)}"#)
    #expect(batch.spans[0].parentID == 0)
  }

  @Test("An empty or absent id of a link stays so")
  func emptyLink() throws {
    let batch = try read(#"{"traceId":"t1","spanId":"s1","links":[{"traceId":"","spanId":""},{}]}"#)
    #expect(try written(batch).contains(#""links":[{},{}]"#))
  }

  @Test("Texts in protobuf ids are read like texts, long bytes get an id of their own")
  func protobuf() {
    func trace(_ bytes: [UInt8]) -> IDText.Trace {
      bytes.withUnsafeBufferPointer { IDBytes.trace($0) }
    }
    let text = trace(Array(Self.hex.utf8))
    #expect(TraceID(high: text.high, low: text.low).hex == Self.hex && text.isValid)
    let one = trace(Array(repeating: 7, count: 20))
    let two = trace(Array(repeating: 7, count: 20) + [8])
    #expect((one.high, one.low) != (two.high, two.low))
    #expect(!one.isValid && one.low != 0)
    let span = Array(Self.spanHex.utf8).withUnsafeBufferPointer { IDBytes.span($0) }
    #expect(SpanID(span.id).hex == Self.spanHex && span.isWhole)
  }

  private func read(_ span: String) throws -> SpanBatch {
    var batch = SpanBatch()
    let json = #"{"resourceSpans":[{"scopeSpans":[{"spans":[\#(span)]}]}]}"#
    _ = try Array(json.utf8).withUnsafeBytes { try OTLPJSON.decodeTraces($0, into: &batch) }
    return batch
  }

  private func written(_ batch: SpanBatch) throws -> String {
    var writer = OTLPJSONWriter()
    var out: [UInt8] = []
    writer.write(batch, to: &out)
    return String(decoding: out, as: UTF8.self)
  }
}

extension String {
  /// How often `text` stands in it.
  fileprivate func components(of text: String) -> Int {
    var count = 0
    var rest = self[...]
    while let first = rest.first {
      if rest.hasPrefix(text) { count += 1 }
      _ = first
      rest = rest.dropFirst()
    }
    return count
  }
}
