import Telemetry
import TestSupport
import Testing

@testable import Formats

@Suite struct OTLPProtobufTests {
  private func read(_ bytes: [UInt8]) throws -> SpanBatch {
    var batch = SpanBatch()
    let count = try bytes.withUnsafeBytes { try OTLPProtobuf.decodeTraces($0, into: &batch) }
    #expect(count == batch.spans.count)
    return batch
  }

  @Test("Any batch in protobuf reads back as the same spans", arguments: 0..<200)
  func roundTrip(seed: Int) throws {
    var random = RandomBatch(seed: UInt64(seed))
    let batch = random.next()
    #expect(try SpanText.all(read(WireWriter.request(batch))) == SpanText.all(batch))
  }

  @Test("Equal resources and scopes of one request are shared")
  func sharing() throws {
    var batch = SpanBatch()
    var resource = ResourceRecord()
    resource.attributes = batch.append(attributes: [.init("service.name", .text("shop"))])
    batch.resources = [resource]
    batch.scopes = [ScopeRecord()]
    var span = SpanRecord()
    (span.traceLow, span.spanID) = (1, 2)
    batch.spans = [span, span, span]
    let back = try read(WireWriter.request(batch))
    #expect(back.resources.count == 1)
    #expect(back.scopes.count == 1)
    #expect(back.attributes.count == 1)
  }

  @Test("An empty payload is a request without spans")
  func empty() throws {
    #expect(try read([]).isEmpty)
    #expect([UInt8]().withUnsafeBytes { OTLPProtobuf.signal(of: $0) } == .traces)
  }

  @Test("Fields that are not known are written again under their numbers")
  func unknown() throws {
    let bytes = WireWriter.message { request in
      request.message(1) { owner in
        owner.message(1) { $0.text(77, "new") }
        owner.varint(40, 1)
        owner.message(2) { scoped in
          scoped.fixed32(41, 2)
          scoped.message(1) { $0.varint(42, 3) }
          scoped.message(2) { span in
            span.bytes(1, Array(1...16))
            span.bytes(2, Array(1...8))
            span.varint(99, 7)
            span.bytes(99, [0xFF])
            span.fixed64(100, .max)
            span.message(11) { $0.varint(50, 1) }
            span.message(13) { $0.text(51, "link") }
            span.message(15) { $0.text(9, "why") }
          }
        }
      }
    }
    let batch = try read(bytes)
    var writer = OTLPJSONWriter()
    var line: [UInt8] = []
    writer.write(batch, to: &line)
    let text = String(decoding: line, as: UTF8.self)
    for member in [
      #""77":"bmV3""#, #""40":"1""#, #""41":"2""#, #""42":"3""#, #""99":["7","/w=="]"#,
      #""100":"18446744073709551615""#, #""50":"1""#, #""51":"bGluaw==""#, #""9":"d2h5""#,
    ] {
      #expect(text.contains(member), "\(member) in \(text)")
    }
    #expect(!text.contains("meta.raw"))
    var again = SpanBatch()
    #expect(try line.withUnsafeBytes { try OTLPJSON.decodeTraces($0, into: &again) } == 1)
    var second: [UInt8] = []
    writer.write(again, to: &second)
    #expect(second == line)
  }

  @Test("Ids of a wrong length and unknown enums are kept and marked")
  func broken() throws {
    let bytes = WireWriter.message { request in
      request.message(1) { owner in
        owner.message(2) { scoped in
          scoped.message(2) { span in
            span.bytes(1, [0xAB, 0xCD])
            span.bytes(2, [1, 2, 3])
            span.bytes(4, [9])
            span.varint(6, 77)
            span.fixed64(7, 10)
            span.fixed64(8, 5)
            span.message(15) { $0.varint(3, 9) }
          }
        }
      }
    }
    let batch = try read(bytes)
    let span = try #require(batch.spans.first)
    #expect(span.traceLow == 0xABCD)
    #expect(span.spanID == 0x010203)
    #expect(span.parentID == 9)
    #expect(span.duration == 0)
    #expect(
      span.marks == [
        .invalidTraceID, .invalidSpanID, .invalidParentID, .unknownEnum, .invalidDuration,
      ])
    #expect(
      batch.entries(span.attributes) == [
        .init("meta.raw_trace_id", .text("abcd")), .init("meta.raw_span_id", .text("010203")),
        .init("meta.raw_parent_id", .text("09")), .init("meta.raw_kind", .integer(77)),
        .init("meta.raw_status", .integer(9)),
      ])
  }

  @Test("Of a request that is cut anywhere, the whole spans before the cut are kept")
  func cuts() {
    var random = RandomBatch(seed: 5)
    let batch = random.next()
    let whole = WireWriter.request(batch)
    let texts = SpanText.all(batch)
    for length in stride(from: 0, to: whole.count, by: 7) {
      var cut = SpanBatch()
      whole[..<length].withUnsafeBytes { bytes in
        _ = try? OTLPProtobuf.decodeTraces(bytes, into: &cut)
      }
      #expect(cut.spans.count <= texts.count)
      let ids = zip(cut.spans, batch.spans).allSatisfy { $0.spanID == $1.spanID }
      #expect(ids)
    }
  }

  @Test("Values nested deeper than the limit become empty instead of a crash")
  func depth() throws {
    var value = AttributeValue.text("deep")
    for _ in 0..<300 { value = .map([.init("k", value)]) }
    var list = AttributeValue.integer(1)
    for _ in 0..<300 { list = .array([list]) }
    let bytes = WireWriter.message { request in
      request.message(1) { owner in
        owner.message(2) { scoped in
          scoped.message(2) { span in
            for (key, value) in [("m", value), ("l", list)] {
              span.message(9) { pair in
                pair.text(1, key)
                pair.message(2) { $0.value(value) }
              }
            }
          }
        }
      }
    }
    let batch = try read(bytes)
    #expect(batch.spans.count == 1)
    #expect(batch.attributes.count == 2)
  }
}
