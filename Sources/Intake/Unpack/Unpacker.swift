/// Unpacks one compressed stream, whichever way it is packed, a piece at a time.
package final class Unpacker {
  private enum Engine {
    case gzip(GzipStream)
    case zstd(ZstdStream)
  }

  private let engine: Engine

  /// Windows of up to 128 MiB in files: what `zstd` itself accepts without `--long`.
  package static let fileWindowLog: Int32 = 27
  /// 8 MiB in requests, which RFC 8878 §3.1.1.1.2 recommends for messages.
  package static let requestWindowLog: Int32 = 23

  /// - Parameter first: the first byte of the packed bytes.
  package init(
    _ compression: Compression, first: UInt8, windowLog: Int32 = Unpacker.fileWindowLog
  ) throws(UnpackError) {
    switch compression {
    case .gzip, .deflate:
      engine = .gzip(try GzipStream(compression, first: first))
    case .zstd:
      engine = .zstd(try ZstdStream(windowLog: windowLog))
    }
  }

  /// Unpacks from the front of `input`, which it shortens, until either side is used up.
  ///
  /// - Returns: bytes written to `output`; fewer than it holds means all input is used.
  package func unpack(
    _ input: inout UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) throws(UnpackError) -> Int {
    switch engine {
    case .gzip(let stream): try stream.unpack(&input, into: output)
    case .zstd(let stream): try stream.unpack(&input, into: output)
    }
  }

  /// Whether the input may end here: a member or frame has ended and none has begun.
  package var isBetween: Bool {
    switch engine {
    case .gzip(let stream): stream.isBetween
    case .zstd(let stream): stream.isBetween
    }
  }
}
