import Telemetry
import TestSupport
import Testing

@testable import Formats

/// Batches in Thrift: bodies that Go's exporter sent, and small ones made here.
@Suite struct JaegerThriftTests {
  @Test(
    "Bodies of a real exporter hold the spans of the same run's console",
    .enabled(if: SampleFolder.names("jaeger/thrift-http") != nil))
  func samples() throws {
    let console = StreamRun(
      try #require(SampleFolder.bytes("go-stdouttrace/fib-go.v1.1.0.compact.jsonl")))
    var batch = SpanBatch()
    for name in try #require(SampleFolder.names("jaeger/thrift-http")) {
      let body = try #require(SampleFolder.bytes("jaeger/thrift-http/" + name))
      _ = try body.withUnsafeBytes { try JaegerThrift.decode($0, into: &batch) }
      // As a file it is known by its first bytes.
      #expect(StreamRun(body).report.badRecords == 0)
      #expect(body.withUnsafeBytes { ContentKind.sniff($0, isWhole: true) } == .jaegerThrift)
    }
    #expect(batch.spans.count == 165)
    let known = Dictionary(
      console.batch.spans.map { ($0.spanID, $0) }, uniquingKeysWith: { first, _ in first })
    for span in batch.spans {
      let other = try #require(known[span.spanID])
      #expect(span.traceID == other.traceID && span.parentID == other.parentID)
      #expect(span.start == other.start / 1_000 * 1_000)
      // This exporter tells neither `internal` nor `ok`.
      #expect(span.kind == (other.kind == .internal ? .unspecified : other.kind))
      #expect(batch.text(span.name) == console.batch.text(other.name))
      #expect(span.status == (other.status == .ok ? .unset : other.status))
      #expect(span.events.count == other.events.count)
      #expect(
        batch.hasService("fib-go", batch.resources[Int(span.resource)]))
    }
  }

  /// One span with all fields, in both encodings.
  private static let binary: [UInt8] =
    [0x0C, 0, 1, 0x0B, 0, 1] + text("kettle") + [0] + [0x0F, 0, 2, 0x0C, 0, 0, 0, 1]
    + [0x0A, 0, 1] + long(0x1112) + [0x0A, 0, 2] + long(0x2122) + [0x0A, 0, 3] + long(7)
    + [0x0A, 0, 4] + long(6) + [0x0B, 0, 5] + text("brew") + [0x08, 0, 7, 0, 0, 0, 1]
    + [0x0A, 0, 8] + long(1_772_359_200_000_000) + [0x0A, 0, 9] + long(250_000)
    + [0x0F, 0, 10, 0x0C, 0, 0, 0, 2] + [0x0B, 0, 1] + text("n") + [0x08, 0, 2, 0, 0, 0, 3]
    + [0x0A, 0, 6] + long(5) + [0] + [0x0B, 0, 1] + text("error") + [0x08, 0, 2, 0, 0, 0, 2]
    + [0x02, 0, 5, 1] + [0] + [0x0D, 0, 99, 0x0B, 0x08, 0, 0, 0, 1] + text("k") + [0, 0, 0, 9] + [
      0, 0,
    ]

  private static let compact: [UInt8] =
    [0x1C, 0x18, 6] + Array("kettle".utf8) + [0] + [0x19, 0x1C] + [0x16] + zigzag(0x1112) + [0x16]
    + zigzag(0x2122) + [0x16] + zigzag(7) + [0x16] + zigzag(6) + [0x18, 4] + Array("brew".utf8)
    + [0x25] + zigzag(1) + [0x16] + zigzag(1_772_359_200_000_000) + [0x16] + zigzag(250_000)
    + [0x19, 0x2C] + [0x18, 1] + Array("n".utf8) + [0x15] + zigzag(3) + [0x46] + zigzag(5) + [0]
    + [0x18, 5] + Array("error".utf8) + [0x15] + zigzag(2) + [0x31, 0] + [0, 0]

  private static func text(_ text: String) -> [UInt8] {
    [0, 0, 0, UInt8(text.utf8.count)] + Array(text.utf8)
  }

  private static func long(_ value: Int64) -> [UInt8] {
    (0..<8).reversed().map { UInt8(truncatingIfNeeded: value >> (Int64($0) * 8)) }
  }

  private static func zigzag(_ value: Int64) -> [UInt8] {
    var rest = UInt64(bitPattern: value << 1 ^ value >> 63)
    var bytes: [UInt8] = []
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    return bytes + [UInt8(rest)]
  }

  @Test("Binary and compact say the same")
  func encodings() throws {
    for body in [Self.binary, Self.compact] {
      var batch = SpanBatch()
      #expect(try body.withUnsafeBytes { try JaegerThrift.decode($0, into: &batch) } == 1)
      guard let span = batch.spans.first else { continue }
      #expect(span.traceHigh == 0x2122 && span.traceLow == 0x1112)
      #expect(span.spanID == 7 && span.parentID == 6 && span.flags == 1)
      #expect(span.start == 1_772_359_200_000_000_000 && span.duration == 250_000_000)
      #expect(batch.text(span.name) == "brew" && span.status == .error)
      #expect(batch.entries(span.attributes) == [.init("n", .integer(5))])
      #expect(batch.hasService("kettle", batch.resources[Int(span.resource)]))
    }
  }

  @Test("Broken bodies end, trap nowhere and keep what was whole", arguments: [1, 2] as [UInt64])
  func mutated(seed: UInt64) {
    var mutator = ByteMutator(seed: seed)
    for round in 0..<4_000 {
      let body = mutator.mutate(round % 2 == 0 ? Self.binary : Self.compact)
      var batch = SpanBatch()
      _ = try? body.withUnsafeBytes { try JaegerThrift.decode($0, into: &batch) }
      #expect(SpanText.all(batch).count == batch.spans.count)
    }
  }
}

extension SpanBatch {
  fileprivate func hasService(_ name: String, _ resource: ResourceRecord) -> Bool {
    entries(resource.attributes).contains(.init("service.name", .text(name)))
  }
}
