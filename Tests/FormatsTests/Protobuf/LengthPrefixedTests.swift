import Telemetry
import TestSupport
import Testing

@testable import Formats

@Suite struct LengthPrefixedTests {
  private static let magic: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]

  /// Stands for zstd: the content behind the magic number, with each byte turned round.
  private static let unpack: MessageUnpacker = { bytes throws(DecodeError) in
    guard bytes.count > 4 else { throw DecodeError(.badCompression("empty frame"), at: 0) }
    return bytes.dropFirst(4).map { ~$0 }
  }

  private func framed(_ message: [UInt8]) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: message.count >> ((3 - $0) * 8)) } + message
  }

  private func decode(
    _ bytes: [UInt8], unpack: MessageUnpacker? = nil
  ) -> (SpanBatch, DecodeReport) {
    var decoder = LengthPrefixedDecoder(source: "file", unpack: unpack)
    var batch = SpanBatch()
    var report = DecodeReport()
    for byte in bytes.indices {
      bytes[byte...byte].withUnsafeBytes { decoder.decode($0, into: &batch, report: &report) }
    }
    decoder.finish(into: &batch, report: &report)
    return (batch, report)
  }

  private func sample() -> SpanBatch {
    var random = RandomBatch(seed: 11)
    return random.next()
  }

  private func json(_ batch: SpanBatch) -> [UInt8] {
    var writer = OTLPJSONWriter()
    var out: [UInt8] = []
    writer.write(batch, to: &out)
    return out
  }

  @Test("Messages in protobuf and JSON, plain and packed, mix in one file")
  func mix() {
    let batch = sample()
    let wire = WireWriter.request(batch)
    let text = json(batch)
    let file =
      framed(wire) + framed(text) + framed([]) + framed(Self.magic + wire.map { ~$0 })
      + framed(Self.magic + text.map { ~$0 })
    let (back, report) = decode(file, unpack: Self.unpack)
    #expect(report.badRecords == 0)
    #expect(report.spans == 4 * batch.spans.count)
    let expected = Array(repeatElement(SpanText.all(batch), count: 4).joined()).sorted()
    #expect(SpanText.sorted(back) == expected)
  }

  @Test("A message that cannot be read is counted with its place, and the next one is read")
  func bad() {
    let batch = sample()
    let wire = WireWriter.request(batch)
    let file = framed(wire) + framed([0x0A, 0xFF, 0xFF]) + framed(Self.magic) + framed(wire)
    let (_, report) = decode(file, unpack: Self.unpack)
    #expect(report.spans == 2 * batch.spans.count)
    #expect(report.badRecords == 2)
    #expect(report.firstBad?.offset == 4 + wire.count)
    #expect(report.firstBad?.source == "file")
    #expect(decode(framed(Self.magic + [0])).1.badRecords == 1)
  }

  @Test("Of a last message that is cut off, the whole spans are kept")
  func cut() {
    let batch = sample()
    let file = framed(WireWriter.request(batch))
    let (back, report) = decode(Array(file.prefix(file.count / 2)))
    #expect((1..<batch.spans.count).contains(back.spans.count))
    #expect(back.spans.map(\.spanID) == batch.spans.prefix(back.spans.count).map(\.spanID))
    #expect(report.spans == back.spans.count)
    #expect(report.badRecords == 1)
  }

  @Test("A nonsense length ends the reading with one bad record")
  func nonsense() {
    let (_, report) = decode([0x7F, 0xFF, 0xFF, 0xFF] + [UInt8](repeating: 0, count: 100))
    #expect(report.badRecords == 1)
    #expect(report.bytes == 104)
  }

  @Test("Content is told by its first bytes")
  func sniffing() {
    let wire = WireWriter.request(sample())
    let text = json(sample())
    func sniff(_ bytes: some Sequence<UInt8>, isWhole: Bool = true) -> ContentKind {
      Array(bytes).withUnsafeBytes { ContentKind.sniff($0, isWhole: isWhole) }
    }
    #expect(sniff([]) == .empty)
    #expect(sniff([0x1F, 0x8B, 8]) == .gzip)
    #expect(sniff(Self.magic + [0]) == .zstd)
    #expect(sniff(wire) == .protobuf)
    #expect(sniff(wire + wire) == .protobuf)
    #expect(sniff(wire.prefix(50), isWhole: false) == .protobuf)
    #expect(sniff(framed(wire)) == .lengthPrefixed)
    #expect(sniff(framed(wire).prefix(60), isWhole: false) == .lengthPrefixed)
    #expect(sniff(framed(text)) == .lengthPrefixed)
    #expect(sniff(framed(Self.magic + wire)) == .lengthPrefixedZstd)
    #expect(sniff(text) == .otlpJSONLines)
    #expect(sniff([0x0A, 0x20] + text + text) == .otlpJSONLines)
    #expect(sniff(text.prefix(100), isWhole: false) == .otlpJSONLines)
    for other in [
      "\n\n\n\n\n\n\n\n\n\n\n\n", "\n{\n  \"a\": 1\n}\n", "\nlog\n", "{\n\"resourceSpans\":[]}",
      "[{}]", "{\"a\":1}\n", "x", "Span #0\n", "{\"resourceSpan", "\n",
    ] {
      #expect(sniff(other.utf8) == .text, "\(other)")
    }
  }
}
