import CZlib

/// Unpacks gzip or deflate a piece at a time.
///
/// zlib keeps a pointer from its state back to the stream, so the stream lives at one address.
final class GzipStream {
  private let stream: UnsafeMutablePointer<z_stream>
  private let isGzip: Bool
  /// A gzip member or deflate stream ended, and none has begun since.
  private(set) var isBetween = true
  private var isPadding = false
  /// zlib may hold bytes back that did not fit the last output.
  private var mayHoldMore = false

  /// - Parameter first: the first byte of the input, which tells zlib's wrapping of deflate from
  ///   none (RFC 1950 §2.2: method 8 in the low half).
  init(_ compression: Compression, first: UInt8) throws(UnpackError) {
    isGzip = compression == .gzip
    // 15 is the largest window; 16 more means gzip, a negative figure no wrapping at all.
    let window: Int32 = isGzip ? 15 + 16 : (first & 0x0F == 8 ? 15 : -15)
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let size = Int32(MemoryLayout<z_stream>.size)
    guard inflateInit2_(stream, window, ZLIB_VERSION, size) == Z_OK else {
      throw .corrupt("zlib does not start")
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// Unpacks from the front of `input`, which it shortens, until either side is used up.
  ///
  /// - Returns: bytes written to `output`; fewer than it holds means all input is used.
  func unpack(
    _ input: inout UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) throws(UnpackError) -> Int {
    var written = 0
    while written < output.count, !input.isEmpty || mayHoldMore {
      if isBetween {
        if try skipsPadding(&input) { break }
        inflateReset(stream)
      }
      let (taken, made, code) = step(
        input, UnsafeMutableRawBufferPointer(rebasing: output[written...]))
      input = UnsafeRawBufferPointer(rebasing: input[taken...])
      written += made
      isBetween = code == Z_STREAM_END
      mayHoldMore = !isBetween && written == output.count
      guard code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR else {
        throw .corrupt(words(code))
      }
      if taken == 0, made == 0, code != Z_STREAM_END { break }
    }
    return written
  }

  /// Zeros after a member are tape padding (gzip(1) ignores them too). Anything else that is no
  /// gzip header after a member is an error of zlib's to name.
  private func skipsPadding(
    _ input: inout UnsafeRawBufferPointer
  ) throws(UnpackError) -> Bool {
    guard stream.pointee.total_in > 0 else { return false }
    if !isGzip { throw .corrupt("bytes follow the end of the data") }
    if input[0] == 0 { isPadding = true }
    guard isPadding else { return false }
    let rest = input.firstIndex { $0 != 0 } ?? input.count
    input = UnsafeRawBufferPointer(rebasing: input[rest...])
    if input.isEmpty { return true }
    throw .corrupt("bytes follow the padding")
  }

  private func step(
    _ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
  ) -> (taken: Int, made: Int, code: Int32) {
    let available = (UInt32(clamping: input.count), UInt32(clamping: output.count))
    stream.pointee.next_in = UnsafeMutablePointer(
      mutating: input.assumingMemoryBound(to: UInt8.self).baseAddress)
    stream.pointee.avail_in = available.0
    stream.pointee.next_out = output.assumingMemoryBound(to: UInt8.self).baseAddress
    stream.pointee.avail_out = available.1
    let code = inflate(stream, Z_NO_FLUSH)
    return (
      Int(available.0 - stream.pointee.avail_in), Int(available.1 - stream.pointee.avail_out), code
    )
  }

  private func words(_ code: Int32) -> String {
    guard let text = stream.pointee.msg else { return "zlib error \(code)" }
    return String(cString: text)
  }
}
