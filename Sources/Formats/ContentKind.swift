/// What a file or body holds, judged by its first bytes.
package enum ContentKind: Equatable, Sendable {
  case empty
  /// `1F 8B`: unpack and ask again.
  case gzip
  /// `28 B5 2F FD`: unpack and ask again.
  case zstd
  /// The collector's file exporter: 4-byte big-endian lengths before plain messages.
  case lengthPrefixed
  /// The same with each message a zstd frame.
  case lengthPrefixedZstd
  /// One OTLP protobuf body of whatever signal.
  case protobuf
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
  package static func sniff(_ prefix: UnsafeRawBufferPointer, isWhole: Bool) -> ContentKind {
    prefix.isEmpty ? .empty : .text
  }
}
