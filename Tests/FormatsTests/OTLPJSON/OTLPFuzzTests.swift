import Telemetry
import TestSupport
import Testing

@testable import Formats

/// Whatever a sender does to its bytes, decoding ends, traps nowhere and leaves a sound batch.
@Suite struct OTLPFuzzTests {
  private static let rounds = 10_000

  /// Whether every range of the batch lies inside its table, and the spans can be written.
  private func isSound(_ batch: SpanBatch) -> Bool {
    let texts = SpanText.all(batch)
    var writer = OTLPJSONWriter()
    var line: [UInt8] = []
    writer.write(batch, to: &line)
    guard !batch.spans.isEmpty else { return line.isEmpty }
    var back = SpanBatch()
    let count = line.withUnsafeBytes { try? OTLPJSON.decodeTraces($0, into: &back) }
    return count == texts.count
  }

  @Test("Broken protobuf", arguments: [1, 2] as [UInt64])
  func protobuf(seed: UInt64) {
    var random = RandomBatch(seed: seed)
    var mutator = ByteMutator(seed: seed)
    var whole: [UInt8] = []
    for round in 0..<Self.rounds / 2 {
      if round % 50 == 0 { whole = WireWriter.request(random.next(limit: 3)) }
      let bytes = mutator.mutate(whole)
      var batch = SpanBatch()
      var report = DecodeReport()
      bytes.withUnsafeBytes {
        try? OTLPProtobuf.decodeAny($0, into: &batch, report: &report)
        _ = ContentKind.sniff($0, isWhole: round % 2 == 0)
      }
      if round % 4 == 0 { #expect(isSound(batch), "seed \(seed), round \(round)") }
    }
  }

  @Test("Broken JSON", arguments: [3, 4] as [UInt64])
  func json(seed: UInt64) {
    var random = RandomBatch(seed: seed)
    var mutator = ByteMutator(seed: seed)
    var whole: [UInt8] = []
    for round in 0..<Self.rounds / 2 {
      if round % 50 == 0 {
        var writer = OTLPJSONWriter()
        whole = []
        writer.write(random.next(limit: 3), to: &whole)
      }
      let bytes = mutator.mutate(whole)
      var batch = SpanBatch()
      var report = DecodeReport()
      bytes.withUnsafeBytes {
        OTLPJSON.decodeLines($0, into: &batch, report: &report) { _, _, _ in }
        _ = try? OTLPJSON.countLogs($0)
        _ = ContentKind.sniff($0, isWhole: round % 2 == 0)
      }
      #expect(report.spans == batch.spans.count)
      if round % 4 == 0 { #expect(isSound(batch), "seed \(seed), round \(round)") }
    }
  }

  @Test("Broken values in arrays", arguments: [5] as [UInt64])
  func canonical(seed: UInt64) {
    var mutator = ByteMutator(seed: seed)
    let whole = Array(#"[1,-2.5e3,"a\u0001é",true,null,{"k":[false,{}]}]"#.utf8)
    for _ in 0..<Self.rounds {
      let bytes = mutator.mutate(whole)
      var out: [UInt8] = []
      let isWritten = bytes.withUnsafeBufferPointer { json in
        var value = CanonicalAnyValue(json: json)
        return value.write(to: &out)
      }
      guard isWritten else { continue }
      let isJSON = out.withUnsafeBufferPointer { out in
        (try? TapeParser.borrow { parser throws(DecodeError) in try parser.parse(out).isObject })
          ?? false
      }
      #expect(isJSON, "\(String(decoding: bytes, as: UTF8.self))")
    }
  }
}
