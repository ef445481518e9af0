package import Telemetry

extension OTLPProtobuf {
  /// Reads a message of whatever signal, for input that does not name one: files and messages of
  /// files. Spans are appended, records of other signals counted.
  ///
  /// - Throws: ``DecodeError``; what was whole before the position is in batch and report.
  /// - Complexity: O(*n*) in the payload's bytes.
  package static func decodeAny(
    _ payload: UnsafeRawBufferPointer, into batch: inout SpanBatch, report: inout DecodeReport
  ) throws(DecodeError) {
    switch signal(of: payload) {
    case .traces:
      let before = batch.spans.count
      defer { report.spans += batch.spans.count - before }
      _ = try decodeTraces(payload, into: &batch)
    case .logs: report.logRecords += try countLogs(payload)
    case .metrics: report.metrics += try countMetrics(payload)
    case .unknown:
      _ = try countLogs(payload)
      guard looksLikeRequest(payload) else { throw DecodeError(.badWireFormat, at: 0) }
      report.unknownSignals += 1
    }
  }

  /// Whether bytes may be the start of an OTLP request of whatever signal, perhaps cut.
  ///
  /// Looks at the outer levels, where every field is known; texts that happen to begin with a line
  /// feed fail there. Of very short ones that is not sure.
  package static func looksLikeRequest(_ prefix: UnsafeRawBufferPointer) -> Bool {
    let bytes = prefix.assumingMemoryBound(to: UInt8.self)
    guard let base = bytes.baseAddress, !bytes.isEmpty else { return false }
    // A short one has to be whole.
    return Shape.request.matches(WireReader(base, 0..<bytes.count), mayBeCut: bytes.count >= 16)
  }

  /// Which fields a message may have, as far as it takes to tell it from other bytes.
  private indirect enum Shape: Sendable {
    case anything
    /// Length-delimited fields 1, 2 and 3; whether varints may stand between.
    case message(Shape, Shape, Shape, hasCounts: Bool)

    static let keyValue = message(.anything, .anything, .anything, hasCounts: false)
    static let resource = message(.keyValue, .anything, .anything, hasCounts: true)
    static let scope = message(.anything, .anything, .keyValue, hasCounts: true)
    static let scoped = message(.scope, .anything, .anything, hasCounts: false)
    static let owner = message(.resource, .scoped, .anything, hasCounts: false)
    static let request = message(.owner, .anything, .anything, hasCounts: false)

    /// - Parameter mayBeCut: whether the bytes may end before the message does.
    func matches(_ message: WireReader, mayBeCut: Bool) -> Bool {
      guard case .message(let one, let two, let three, let hasCounts) = self else { return true }
      var message = message
      while message.offset < message.end {
        let start = message.offset
        let tag = message.tag()
        // A tag or length may be cut as well.
        if message.hasFailed { return mayBeCut && message.end - start < 10 }
        let inner: Shape
        switch tag {
        case Tag.bytes(1): inner = one
        case Tag.bytes(2), Tag.bytes(1000): inner = two
        case Tag.bytes(3): inner = three
        case _ where hasCounts && tag & 7 == 0 && tag < 64:
          _ = message.varint()
          continue
        default: return false
        }
        let (range, isCut) = message.bytesOrRest()
        guard mayBeCut || !isCut, inner.matches(message.sub(range), mayBeCut: isCut) else {
          return false
        }
      }
      return true
    }
  }
}
