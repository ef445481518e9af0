/// What a file or body holds, judged by its first bytes.
package enum ContentKind: Equatable, Sendable {
  case empty
  /// `1F 8B`: unpack and ask again.
  case gzip
  /// `28 B5 2F FD`: unpack and ask again.
  case zstd
  /// The collector's file exporter: 4-byte big-endian lengths before plain messages; for
  /// ``LengthPrefixedDecoder``.
  case lengthPrefixed
  /// The same with each message a zstd frame.
  case lengthPrefixedZstd
  /// One OTLP protobuf body of whatever signal, or several in a row; for
  /// ``OTLPProtobuf/decodeAny(_:into:report:)``.
  case protobuf
  /// A batch of Jaeger's clients in Thrift; for ``JaegerThrift/decode(_:into:)``.
  case jaegerThrift
  /// The first line is a whole OTLP JSON object: the file can be cut at line ends and decoded in
  /// parallel with ``OTLPJSON/decodeLines(_:into:report:)``.
  case otlpJSONLines
  /// Any other text or JSON: for ``StreamDecoder``.
  case text

  /// Bytes of a file's start that are enough for an answer.
  package static let prefixLength = 64 << 10

  /// Judges a prefix of at most ``prefixLength`` bytes.
  ///
  /// - Parameter isWhole: whether `prefix` is all there is.
  /// - Complexity: O(prefix); most kinds show in a few bytes.
  package static func sniff(_ prefix: UnsafeRawBufferPointer, isWhole: Bool) -> ContentKind {
    if prefix.isEmpty { return .empty }
    if prefix.count >= 2, prefix[0] == 0x1F, prefix[1] == 0x8B { return .gzip }
    if isZstd(prefix) { return .zstd }
    if prefix[0] == 0x0A, OTLPProtobuf.looksLikeRequest(prefix) { return .protobuf }
    if JaegerThrift.looksLikeBatch(prefix) { return .jaegerThrift }
    if let kind = lengthPrefixed(prefix) { return kind }
    return isOTLPLine(prefix, isWhole) ? .otlpJSONLines : .text
  }

  /// Whether a packed file, gzip or zstd, may begin with a byte.
  package static func mayBePacked(_ first: UInt8) -> Bool { first == 0x1F || first == 0x28 }

  /// Source: RFC 8878, *Zstandard frames*.
  static func isZstd(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.count >= 4 && bytes[0] == 0x28 && bytes[1] == 0xB5 && bytes[2] == 0x2F
      && bytes[3] == 0xFD
  }

  private static func lengthPrefixed(_ prefix: UnsafeRawBufferPointer) -> ContentKind? {
    guard prefix.count > 8 else { return nil }
    let length = Int(UInt32(bigEndian: prefix.loadUnaligned(as: UInt32.self)))
    guard length > 0, length <= LengthPrefixedDecoder.messageLimit else { return nil }
    let end = min(prefix.count, 4 + length)
    let message = UnsafeRawBufferPointer(rebasing: prefix[4..<end])
    if isZstd(message) { return .lengthPrefixedZstd }
    if message[0] == 0x7B { return prefix[0] == 0 ? .lengthPrefixed : nil }
    return OTLPProtobuf.looksLikeRequest(message) ? .lengthPrefixed : nil
  }

  /// Whether the first line that is not blank is OTLP JSON by itself; of a line longer than the
  /// prefix, whether it begins like that.
  private static func isOTLPLine(_ prefix: UnsafeRawBufferPointer, _ isWhole: Bool) -> Bool {
    let bytes = prefix.assumingMemoryBound(to: UInt8.self)
    guard let start = bytes.firstIndex(where: { $0 > 0x20 }), bytes[start] == 0x7B else {
      return false
    }
    let end = bytes[start...].firstIndex(of: 0x0A)
    let line = UnsafeBufferPointer(rebasing: bytes[start..<(end ?? bytes.count)])
    if end == nil, !isWhole { return beginsLikeOTLP(line) }
    return
      (try? TapeParser.borrow { parser throws(DecodeError) in
        OTLPJSONReader.isOTLP(try parser.parse(line))
      }) ?? false
  }

  /// Whether the first member has a name only OTLP has.
  private static func beginsLikeOTLP(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    let inner = line.dropFirst().drop { $0 <= 0x20 }
    guard inner.first == 0x22 else { return false }
    let name = UnsafeBufferPointer(rebasing: inner.dropFirst())
    return name.starts(with: "resourceSpans\"") || name.starts(with: "resource_spans\"")
      || name.starts(with: "resourceLogs\"") || name.starts(with: "resource_logs\"")
      || name.starts(with: "resourceMetrics\"") || name.starts(with: "resource_metrics\"")
  }
}
