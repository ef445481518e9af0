import Testing

@testable import Formats

@Suite struct WireReaderTests {
  private func read<Result>(_ bytes: [UInt8], _ body: (inout WireReader) -> Result) -> Result {
    let padded = bytes + [0xEE]
    return padded.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { preconditionFailure("never empty") }
      var reader = WireReader(base, 0..<bytes.count)
      return body(&reader)
    }
  }

  @Test(
    "Varints of every length are read",
    arguments: [0, 1, 127, 128, 300, 1 << 32, 1 << 63, UInt64.max] as [UInt64])
  func varints(value: UInt64) {
    let bytes = WireWriter.message { $0.raw(varint: value) }
    read(bytes) { reader in
      #expect(reader.varint() == value)
      #expect(!reader.hasFailed)
      #expect(reader.offset == bytes.count)
    }
  }

  @Test("A varint that never ends or is cut fails, and failing is final")
  func badVarints() {
    for bytes in [[UInt8](repeating: 0xFF, count: 20), [0x80], []] {
      read(bytes) { reader in
        #expect(reader.varint() == 0)
        #expect(reader.hasFailed)
        #expect(reader.tag() == 0)
        #expect(reader.bytes().isEmpty)
        #expect(reader.offset == bytes.count)
      }
    }
  }

  @Test("Lengths past the end fail, also those near 2^64")
  func lengths() {
    read([3, 1, 2]) { reader in
      #expect(reader.bytes().isEmpty)
      #expect(reader.hasFailed)
    }
    read([UInt8](repeating: 0xFF, count: 9) + [0x01]) { reader in
      #expect(reader.bytes().isEmpty)
      #expect(reader.hasFailed)
    }
    read([3, 1, 2]) { reader in
      let (range, isCut) = reader.bytesOrRest()
      #expect(range == 1..<3)
      #expect(isCut)
    }
  }

  @Test("Fixed numbers are little-endian and need their bytes")
  func fixed() {
    read([1, 0, 0, 0, 0, 0, 0, 0x80, 2, 0, 0, 0, 9]) { reader in
      #expect(reader.fixed64() == 0x8000_0000_0000_0001)
      #expect(reader.fixed32() == 2)
      #expect(!reader.hasFailed)
      #expect(reader.fixed32() == 0)
      #expect(reader.hasFailed)
    }
  }

  @Test("Unknown fields of every wire type are skipped, groups with what they hold")
  func skipping() {
    let bytes = WireWriter.message { message in
      message.varint(90, 1 << 40)
      message.fixed64(91, 7)
      message.bytes(92, [1, 2, 3])
      message.raw(varint: 93 * 8 + 3)
      message.raw(varint: 94 * 8 + 3)
      message.varint(1, 5)
      message.raw(varint: 94 * 8 + 4)
      message.raw(varint: 93 * 8 + 4)
      message.fixed32(95, 8)
      message.varint(2, 42)
    }
    read(bytes) { reader in
      var tag = reader.tag()
      while tag != Tag.varint(2), tag != 0 {
        reader.skip(tag)
        tag = reader.tag()
      }
      #expect(tag == Tag.varint(2))
      #expect(reader.varint() == 42)
    }
  }

  @Test("Tags that are none fail", arguments: [[0x07], [0x00], [0x0E], [0x0C]] as [[UInt8]])
  func badTags(bytes: [UInt8]) {
    read(bytes) { reader in
      let tag = reader.tag()
      if tag != 0 { reader.skip(tag) }
      #expect(reader.hasFailed)
    }
  }
}
