import CZlib
import CZstd
import Intake

/// Packs bytes with the libraries themselves, for tests.
enum Packed {
  static func bytes(_ plain: [UInt8], _ compression: Compression) -> [UInt8] {
    switch compression {
    case .gzip: deflate(plain, window: 15 + 16)
    case .deflate: deflate(plain, window: 15)
    case .zstd: zstd(plain)
    }
  }

  static func rawDeflate(_ plain: [UInt8]) -> [UInt8] { deflate(plain, window: -15) }

  private static func deflate(_ plain: [UInt8], window: Int32) -> [UInt8] {
    var plain = plain
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    stream.initialize(to: z_stream())
    defer { stream.deallocate() }
    deflateInit2_(
      stream, 6, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    defer { deflateEnd(stream) }
    let room = Int(deflateBound(stream, UInt(plain.count)))
    return plain.withUnsafeMutableBufferPointer { input in
      [UInt8](unsafeUninitializedCapacity: room) { output, count in
        stream.pointee.next_in = input.baseAddress
        stream.pointee.avail_in = UInt32(input.count)
        stream.pointee.next_out = output.baseAddress
        stream.pointee.avail_out = UInt32(room)
        precondition(CZlib.deflate(stream, Z_FINISH) == Z_STREAM_END)
        count = room - Int(stream.pointee.avail_out)
      }
    }
  }

  private static func zstd(_ plain: [UInt8]) -> [UInt8] {
    let room = ZSTD_compressBound(plain.count)
    return [UInt8](unsafeUninitializedCapacity: room) { output, count in
      count = ZSTD_compress(output.baseAddress, room, plain, plain.count, 3)
    }
  }
}
