import Telemetry

/// An OTLP request as base64 inside of JSON: of gzip as `otlp-stdout-span-exporter` prints it, or of
/// the request itself as queues and functions of the clouds pass it on.
enum PackedPayload {
  /// Shorter texts hold no request.
  private static let minimum = 32

  /// Base64 of gzip's first three bytes, of zstd's first four, of `{"`, or of the field 1 that a
  /// request begins with.
  static func begins(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.count >= minimum else { return false }
    if text.starts(with: "H4sI") || text.starts(with: "KLUv/") { return true }
    if text.starts(with: "eyJ") || text.starts(with: "ewo") { return isBase64(text) }
    guard text[0] == UInt8(ascii: "C"), (UInt8(ascii: "g")...UInt8(ascii: "v")).contains(text[1]),
      isBase64(text), let bytes = Base64.bytes(text)
    else { return false }
    return bytes.withUnsafeBytes { OTLPProtobuf.looksLikeRequest($0) }
  }

  private static func isBase64(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"),
        UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "="):
        true
      default: false
      }
    }
  }

  /// Reads the request; false when it is none.
  static func read(
    _ text: [UInt8], _ unpack: MessageUnpacker?, into batch: inout SpanBatch,
    _ report: inout DecodeReport
  ) -> Bool {
    guard let packed = Base64.bytes(text), let first = packed.first else { return false }
    let isPlain = first == UInt8(ascii: "{") || first == 0x0A
    guard let bytes = isPlain ? packed : packed.withUnsafeBytes({ try? unpack?($0) }) else {
      return false
    }
    return bytes.withUnsafeBytes { request in
      guard request.first == UInt8(ascii: "{") else {
        let isRead: Void? = try? OTLPProtobuf.decodeAny(request, into: &batch, report: &report)
        return isRead != nil
      }
      let json = request.assumingMemoryBound(to: UInt8.self)
      return RecordReader.read(json, slack: 0, into: &batch, &report) == .telemetry
    }
  }
}
