import Telemetry
import TestSupport
import Testing

@testable import Formats

/// Text in other encodings than UTF-8, and files that are no text.
@Suite struct EncodingTests {
  private func utf16(_ text: String, isLittleEndian: Bool) -> [UInt8] {
    ([0xFEFF] + Array(text.utf16)).flatMap { unit in
      let bytes = [UInt8(truncatingIfNeeded: unit), UInt8(unit >> 8)]
      return isLittleEndian ? bytes : bytes.reversed()
    }
  }

  @Test("UTF-16 with its mark, of either order", arguments: [true, false])
  func utf16(isLittleEndian: Bool) throws {
    for name in ["python-pretty.txt", "go-modern.jsonl", "node-console.txt"] {
      let text = String(decoding: try StreamRun.fixture(name), as: UTF8.self)
      let odd = text.replacing("GET", with: "GÉT 🐝")
      let bytes = utf16(odd, isLittleEndian: isLittleEndian)
      #expect(StreamRun(bytes).spans == StreamRun(odd).spans, "\(name)")
      var random = SeededGenerator(seed: 2)
      let cut = StreamRun(bytes) { Int.random(in: 1...7, using: &random) }
      #expect(cut.spans == StreamRun(odd).spans, "\(name), seed 2")
    }
  }

  @Test("A body as UTF-8")
  func bodies() {
    func utf8(_ body: [UInt8]) -> [UInt8]? { body.withUnsafeBytes { TextEncoding.utf8(of: $0) } }
    #expect(utf8([0x7B, 0x7D]) == nil)
    #expect(utf8([]) == nil)
    #expect(utf8([0xEF, 0xBB, 0xBF, 0x7B, 0x7D]) == [0x7B, 0x7D])
    #expect(utf8([0xFF, 0xFE, 0x7B, 0x00]) == [0x7B])
    // U+1F41D in either order, a lone half, and an odd byte at the end.
    #expect(utf8([0xFE, 0xFF, 0xD8, 0x3D, 0xDC, 0x1D]) == [0xF0, 0x9F, 0x90, 0x9D])
    #expect(
      utf8([0xFF, 0xFE, 0x3D, 0xD8, 0x41, 0x00, 0x42]) == [
        0xEF, 0xBF, 0xBD, 0x41, 0xEF, 0xBF, 0xBD,
      ])
  }

  @Test(
    "A packing that is not read is named",
    arguments: [
      ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00, 0x00, 0x04], "xz"),
      ([0x42, 0x5A, 0x68, 0x39, 0x31, 0x41, 0x59, 0x26], "bzip2"),
      ([0x50, 0x4B, 0x03, 0x04, 0x14, 0x00], "zip"),
    ])
  func packed(bytes: [UInt8], name: String) {
    let run = StreamRun(bytes + [UInt8](repeating: 7, count: 100))
    #expect(run.report.badRecords == 1)
    #expect(run.report.firstBad?.reason.hasPrefix("\(name) files are not read") == true)
    #expect(run.report.otherLines == 0)
  }
}
