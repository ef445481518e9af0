package import Telemetry

/// Finds and reads the telemetry in a stream of any text, JSON or protobuf, mixed at will.
///
/// A decoder is a value that holds nothing but the unread tail of its input: a file, a pipe and a
/// test drive the same type, and the bytes may be cut anywhere between calls.
package struct StreamDecoder: Sendable {
  private enum Kind {
    /// Not enough bytes yet to tell.
    case unknown
    case text
    case lengthPrefixed
    /// One message, which ends with the input.
    case protobuf
    case jaegerThrift
    /// Packed in a way that is not read.
    case unread
  }

  private let source: String
  private var kind = Kind.unknown
  private var pending: [UInt8] = []
  private var text: TextDecoder
  /// Set for text that is not UTF-8.
  private var converter: UTF16Converter?
  private var messages: LengthPrefixedDecoder

  /// - Parameters:
  ///   - source: what reports call this input.
  ///   - unpack: unpacks zstd messages of a collector file, and gzip inside of JSON; without it
  ///     they are bad records.
  package init(source: String, unpack: MessageUnpacker? = nil) {
    self.source = source
    text = TextDecoder(source: source, unpack: unpack)
    messages = LengthPrefixedDecoder(source: source, unpack: unpack)
  }

  /// Appends every complete record in `bytes` to `batch` and keeps the rest.
  package mutating func decode(
    _ bytes: UnsafeRawBufferPointer, into batch: inout SpanBatch, report: inout DecodeReport
  ) {
    guard case .unknown = kind else { return pass(bytes, into: &batch, &report) }
    pending.append(contentsOf: bytes)
    // Text shows itself by its first line; binary kinds need a longer look.
    if !Self.looksLikeText(pending), pending.count < ContentKind.prefixLength { return }
    decide(isWhole: false, into: &batch, &report)
  }

  /// Hands out what is whole although its line has not ended: the input is quiet for now.
  package mutating func flush(into batch: inout SpanBatch, report: inout DecodeReport) {
    if case .unknown = kind, Self.looksLikeText(pending) || Self.beginsLikeText(pending) {
      decide(isWhole: false, into: &batch, &report)
    }
    if case .text = kind { text.flush(into: &batch, report: &report) }
  }

  /// The input has ended: what is still open is judged, and nothing is kept.
  package mutating func finish(into batch: inout SpanBatch, report: inout DecodeReport) {
    if case .unknown = kind { decide(isWhole: true, into: &batch, &report) }
    switch kind {
    case .unknown: break
    case .text:
      if let rest = converter?.finish() {
        rest.withUnsafeBufferPointer { text.decode($0, into: &batch, report: &report) }
      }
      text.finish(into: &batch, report: &report)
    case .unread: break
    case .lengthPrefixed: messages.finish(into: &batch, report: &report)
    case .protobuf, .jaegerThrift: finishMessage(into: &batch, &report)
    }
  }

  /// A line end before any byte that text does not have.
  private static func looksLikeText(_ bytes: [UInt8]) -> Bool {
    if bytes.withUnsafeBytes({ TextEncoding($0) }) != .utf8 { return true }
    for byte in bytes.prefix(512) {
      if byte == 0x0A { return true }
      if byte < 0x09 || (byte > 0x0D && byte < 0x1B) { return false }
    }
    return bytes.count >= 512
  }

  /// Lines of which only the first byte is surely text: more is not known of a quiet input.
  private static func beginsLikeText(_ bytes: [UInt8]) -> Bool {
    guard let first = bytes.first, first >= UInt8(ascii: " "), first < 0x7F else { return false }
    return bytes.contains(UInt8(ascii: "\n"))
  }

  private mutating func decide(
    isWhole: Bool, into batch: inout SpanBatch, _ report: inout DecodeReport
  ) {
    let sniffed = pending.withUnsafeBytes { bytes in
      let prefix = UnsafeRawBufferPointer(rebasing: bytes.prefix(ContentKind.prefixLength))
      return ContentKind.sniff(prefix, isWhole: isWhole && bytes.count == prefix.count)
    }
    kind =
      switch sniffed {
      case .lengthPrefixed, .lengthPrefixedZstd: .lengthPrefixed
      case .protobuf: .protobuf
      case .jaegerThrift: .jaegerThrift
      default: .text
      }
    if case .text = kind { decideText(&report) }
    let first = pending
    pending = []
    first.withUnsafeBytes { pass($0, into: &batch, &report) }
  }

  /// Texts may be of another encoding, and a file no text at all that only begins like one.
  private mutating func decideText(_ report: inout DecodeReport) {
    if let packing = UnreadPacking(pending) {
      kind = .unread
      report.addBad(BadRecord(source: source, line: 0, offset: 0, reason: packing.reason))
    }
    let encoding = pending.withUnsafeBytes { TextEncoding($0) }
    if encoding != .utf8 { converter = UTF16Converter(encoding) }
  }

  private mutating func pass(
    _ bytes: UnsafeRawBufferPointer, into batch: inout SpanBatch, _ report: inout DecodeReport
  ) {
    switch kind {
    case .unknown: break
    case .text:
      report.bytes += bytes.count
      if let converted = converter?.convert(bytes) {
        converted.withUnsafeBufferPointer { text.decode($0, into: &batch, report: &report) }
      } else {
        text.decode(bytes.assumingMemoryBound(to: UInt8.self), into: &batch, report: &report)
      }
    case .unread: report.bytes += bytes.count
    case .lengthPrefixed: messages.decode(bytes, into: &batch, report: &report)
    case .protobuf, .jaegerThrift:
      report.bytes += bytes.count
      pending.append(contentsOf: bytes)
    }
  }

  private mutating func finishMessage(
    into batch: inout SpanBatch, _ report: inout DecodeReport
  ) {
    let message = pending
    pending = []
    let failure = message.withUnsafeBytes { bytes -> DecodeError? in
      do throws(DecodeError) {
        if case .jaegerThrift = kind {
          let before = batch.spans.count
          defer { report.spans += batch.spans.count - before }
          _ = try JaegerThrift.decode(bytes, into: &batch)
        } else {
          try OTLPProtobuf.decodeAny(bytes, into: &batch, report: &report)
        }
        return nil
      } catch {
        return error
      }
    }
    guard let failure else { return }
    report.addBad(
      BadRecord(source: source, line: 0, offset: failure.offset, reason: failure.message))
  }
}
