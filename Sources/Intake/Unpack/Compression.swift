/// A way bytes are packed, by the name HTTP and gRPC give it.
package enum Compression: String, Sendable, CaseIterable {
  /// RFC 1952, several members one after the other included.
  case gzip
  /// RFC 1950, or the raw RFC 1951 stream that some clients send under this name.
  case deflate
  /// RFC 8878, several frames one after the other included.
  case zstd

  /// The names for `Accept-Encoding` and `grpc-accept-encoding`, `identity` first.
  static let accepted = (["identity"] + allCases.map(\.rawValue)).joined(separator: ",")
}

/// Why packed bytes cannot be unpacked; what came out before the position is good.
package enum UnpackError: Error, Equatable, Sendable {
  /// The unpacker's own words.
  case corrupt(String)
  /// The input ends inside a member or frame.
  case truncated
  /// More than this many bytes come out.
  case tooLarge(limit: Int)

  /// One line without a final stop.
  package var message: String {
    switch self {
    case .corrupt(let why): "cannot be unpacked: \(why)"
    case .truncated: "the compressed data is cut off"
    case .tooLarge(let limit): "unpacks to more than \(limit >> 20) MiB"
    }
  }
}
