import Formats
package import NIOCore

/// A whole message unpacked at once.
package enum UnpackedBytes {
  /// - Parameter limit: bytes that may come out; a zip bomb stops there and costs no more memory.
  package static func unpack(
    _ packed: UnsafeRawBufferPointer, _ compression: Compression, limit: Int
  ) throws(UnpackError) -> ByteBuffer {
    var bytes = ByteBuffer()
    guard let first = packed.first else { return bytes }
    let unpacker = try Unpacker(compression, first: first, windowLog: Unpacker.requestWindowLog)
    var input = packed
    var isDone = false
    // One byte more than the limit tells "just fits" from "too large".
    var room = min(limit + 1, max(4 * packed.count, 4_096))
    while !isDone {
      isDone = try fill(&bytes, room: room, from: &input, with: unpacker)
      if bytes.readableBytes > limit { throw .tooLarge(limit: limit) }
      room = min(limit + 1 - bytes.readableBytes, max(bytes.readableBytes, 4_096))
    }
    guard unpacker.isBetween else { throw .truncated }
    return bytes
  }

  /// Unpacks at most `room` bytes more; true when nothing more comes out.
  private static func fill(
    _ bytes: inout ByteBuffer, room: Int, from input: inout UnsafeRawBufferPointer,
    with unpacker: Unpacker
  ) throws(UnpackError) -> Bool {
    var problem: UnpackError?
    var written = 0
    bytes.writeWithUnsafeMutableBytes(minimumWritableBytes: room) { memory in
      do throws(UnpackError) {
        let output = UnsafeMutableRawBufferPointer(rebasing: memory[..<room])
        written = try unpacker.unpack(&input, into: output)
      } catch {
        problem = error
      }
      return written
    }
    if let problem { throw problem }
    return written < room
  }

  /// Unpacks messages inside of files for ``StreamDecoder``: the collector's zstd ones, and gzip
  /// inside of JSON.
  static let collectorMessage: MessageUnpacker = { packed throws(DecodeError) in
    do throws(UnpackError) {
      let isGzip = packed.starts(with: [0x1F, 0x8B])
      let bytes = try unpack(packed, isGzip ? .gzip : .zstd, limit: 256 << 20)
      return Array(bytes.readableBytesView)
    } catch {
      throw DecodeError(.badCompression(error.message), at: 0)
    }
  }
}
