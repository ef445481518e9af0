import Intake
import NIOCore
import Testing

@Suite struct UnpackTests {
  static let text = Array(String(repeating: "spans and more spans, ", count: 20_000).utf8)

  @Test("what was packed comes out again", arguments: Compression.allCases)
  func roundTrip(_ compression: Compression) throws {
    let packed = Packed.bytes(Self.text, compression)
    #expect(try unpack(packed, compression) == Self.text)
  }

  @Test("raw deflate is taken as deflate too")
  func rawDeflate() throws {
    #expect(try unpack(Packed.rawDeflate(Self.text), .deflate) == Self.text)
  }

  @Test("gzip members and zstd frames follow one another", arguments: [Compression.gzip, .zstd])
  func several(_ compression: Compression) throws {
    let one = Packed.bytes(Array("one ".utf8), compression)
    let two = Packed.bytes(Array("two".utf8), compression)
    #expect(try unpack(one + two, compression) == Array("one two".utf8))
  }

  @Test("zeros after a gzip member are padding")
  func padding() throws {
    let packed = Packed.bytes(Self.text, .gzip) + [UInt8](repeating: 0, count: 512)
    #expect(try unpack(packed, .gzip) == Self.text)
  }

  @Test("a cut input says so", arguments: Compression.allCases)
  func truncated(_ compression: Compression) {
    let packed = Packed.bytes(Self.text, compression)
    #expect(throws: UnpackError.truncated) {
      try unpack(Array(packed.dropLast(3)), compression)
    }
  }

  @Test("garbage after the header is corrupt", arguments: Compression.allCases)
  func corrupt(_ compression: Compression) throws {
    var packed = Packed.bytes(Self.text, compression)
    for index in packed.count / 2..<packed.count { packed[index] = 0xFF }
    let error = #expect(throws: UnpackError.self) { try unpack(packed, compression) }
    guard case .corrupt = try #require(error) else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test("the limit holds to the byte", arguments: Compression.allCases)
  func limit(_ compression: Compression) throws {
    let packed = Packed.bytes(Self.text, compression)
    #expect(try unpack(packed, compression, limit: Self.text.count) == Self.text)
    #expect(throws: UnpackError.tooLarge(limit: Self.text.count - 1)) {
      try unpack(packed, compression, limit: Self.text.count - 1)
    }
  }

  @Test("a stream may be cut anywhere", arguments: Compression.allCases, [1, 7, 4_093])
  func pieces(_ compression: Compression, size: Int) throws {
    let packed = Packed.bytes(Self.text, compression)
    let unpacker = try Unpacker(compression, first: packed[0])
    var bytes: [UInt8] = []
    var output = [UInt8](repeating: 0, count: size)
    for start in stride(from: 0, to: packed.count, by: size) {
      try packed[start..<min(start + size, packed.count)].withUnsafeBytes { piece in
        var input = piece
        var written = size
        while written == size {
          written = try output.withUnsafeMutableBytes { try unpacker.unpack(&input, into: $0) }
          bytes += output[..<written]
        }
      }
    }
    #expect(bytes == Self.text)
    #expect(unpacker.isBetween)
  }

  private func unpack(
    _ packed: [UInt8], _ compression: Compression, limit: Int = 64 << 20
  ) throws -> [UInt8] {
    try packed.withUnsafeBytes {
      Array(try UnpackedBytes.unpack($0, compression, limit: limit).readableBytesView)
    }
  }
}
