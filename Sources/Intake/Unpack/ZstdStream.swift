import CZstd

/// Unpacks zstd frames a piece at a time.
final class ZstdStream {
  private let context: OpaquePointer
  /// A frame ended, and none has begun since.
  private(set) var isBetween = true
  /// libzstd may hold bytes back that did not fit the last output.
  private var mayHoldMore = false

  /// - Parameter windowLog: the largest window accepted, as a power of two: it is memory that the
  ///   sender's header makes us allocate.
  init(windowLog: Int32) throws(UnpackError) {
    guard let context = ZSTD_createDCtx() else { throw .corrupt("zstd does not start") }
    self.context = context
    ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, windowLog)
  }

  deinit { ZSTD_freeDCtx(context) }

  /// Unpacks from the front of `input`, which it shortens, until either side is used up.
  ///
  /// - Returns: bytes written to `output`; fewer than it holds means all input is used.
  func unpack(
    _ input: inout UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) throws(UnpackError) -> Int {
    var to = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
    while to.pos < to.size, !input.isEmpty || mayHoldMore {
      var from = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
      let before = to.pos
      let code = ZSTD_decompressStream(context, &to, &from)
      guard ZSTD_isError(code) == 0 else {
        throw .corrupt(String(cString: ZSTD_getErrorName(code)))
      }
      input = UnsafeRawBufferPointer(rebasing: input[from.pos...])
      isBetween = code == 0
      mayHoldMore = !isBetween && to.pos == to.size
      if from.pos == 0, to.pos == before { break }
    }
    return to.pos
  }
}
