package import Telemetry

/// Unpacks one compressed message of a collector file.
///
/// Formats itself links no compression library; whoever reads files passes this in.
package typealias MessageUnpacker =
  @Sendable (UnsafeRawBufferPointer) throws(DecodeError) -> [UInt8]

/// Reads files of the collector's file exporter: messages behind 4-byte big-endian lengths, each
/// protobuf or JSON, plain or a zstd frame, of whatever signal.
///
/// Source: opentelemetry-collector-contrib, `exporter/fileexporter/README.md`.
package struct LengthPrefixedDecoder: Sendable {
  private let source: String
  private let unpack: MessageUnpacker?
  /// The message that is not whole yet, with its length.
  private var pending: [UInt8] = []
  /// Bytes of the source before `pending`.
  private var offset = 0
  /// Whether a length was nonsense: there is no way to find the next message.
  private var isLost = false

  /// Longer messages are taken for nonsense: the collector's own limit on a request is far below.
  package static let messageLimit = 256 << 20

  /// - Parameters:
  ///   - source: what reports call this input.
  ///   - unpack: unpacks zstd messages; without it they are bad records.
  package init(source: String, unpack: MessageUnpacker? = nil) {
    (self.source, self.unpack) = (source, unpack)
  }

  /// Appends every message that is whole by now and keeps the rest.
  package mutating func decode(
    _ bytes: UnsafeRawBufferPointer, into batch: inout SpanBatch, report: inout DecodeReport
  ) {
    report.bytes += bytes.count
    guard !isLost else { return offset += bytes.count }
    guard !pending.isEmpty else {
      let used = walk(bytes, into: &batch, report: &report)
      offset += used
      return pending.append(contentsOf: bytes[used...])
    }
    pending.append(contentsOf: bytes)
    let held = pending
    // The walk reads `held`; giving `pending` up avoids a copy when the rest is cut off.
    pending = []
    let used = held.withUnsafeBytes { walk($0, into: &batch, report: &report) }
    offset += used
    pending = used == 0 ? held : Array(held[used...])
  }

  /// The input has ended: of a message that is cut off, what is whole is kept.
  package mutating func finish(into batch: inout SpanBatch, report: inout DecodeReport) {
    let rest = pending
    pending = []
    guard !rest.isEmpty else { return }
    rest.withUnsafeBytes { rest in
      if rest.count > 4, rest[4] == 0x0A {
        let message = UnsafeRawBufferPointer(rebasing: rest[4...])
        try? OTLPProtobuf.decodeAny(message, into: &batch, report: &report)
      }
    }
    bad(DecodeError(.truncated, at: rest.count), at: offset, &report)
    offset += rest.count
  }

  /// The length of the message at a position, or nil when its four bytes are not all there.
  private static func length(at offset: Int, in bytes: UnsafeRawBufferPointer) -> Int? {
    guard bytes.count - offset >= 4 else { return nil }
    return Int(UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
  }

  /// Decodes the whole messages and tells how many bytes they are.
  private mutating func walk(
    _ bytes: UnsafeRawBufferPointer, into batch: inout SpanBatch, report: inout DecodeReport
  ) -> Int {
    var position = 0
    while let length = Self.length(at: position, in: bytes) {
      guard length <= Self.messageLimit else {
        bad(DecodeError(.tooLarge(limit: Self.messageLimit), at: 0), at: offset + position, &report)
        isLost = true
        return bytes.count
      }
      guard length <= bytes.count - position - 4 else { break }
      let message = UnsafeRawBufferPointer(
        rebasing: bytes[(position + 4)..<(position + 4 + length)])
      do throws(DecodeError) {
        try decode(message: message, into: &batch, report: &report)
      } catch {
        bad(error, at: offset + position, &report)
      }
      position += 4 + length
    }
    return position
  }

  private func bad(_ error: DecodeError, at offset: Int, _ report: inout DecodeReport) {
    report.addBad(BadRecord(source: source, line: 0, offset: offset, reason: error.message))
  }

  private func decode(
    message: UnsafeRawBufferPointer, into batch: inout SpanBatch, report: inout DecodeReport
  ) throws(DecodeError) {
    guard ContentKind.isZstd(message) else {
      return try OTLPMessage.decode(message, into: &batch, report: &report)
    }
    guard let unpack else { throw DecodeError(.badCompression("no zstd support"), at: 0) }
    let plain = try unpack(message)
    try plain.withUnsafeBufferPointer { (plain) throws(DecodeError) in
      try OTLPMessage.decode(UnsafeRawBufferPointer(plain), into: &batch, report: &report)
    }
  }
}

/// One OTLP message of whatever signal and encoding.
enum OTLPMessage {
  static func decode(
    _ message: UnsafeRawBufferPointer, into batch: inout SpanBatch, report: inout DecodeReport
  ) throws(DecodeError) {
    guard message.first == 0x7B else {
      return try OTLPProtobuf.decodeAny(message, into: &batch, report: &report)
    }
    let outcome = try OTLPJSON.read(message, into: &batch)
    report.add(outcome)
    if outcome.isTooLarge { throw DecodeError(.tooLarge(limit: 8 * message.count), at: 0) }
  }
}
