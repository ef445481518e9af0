import Foundation
import Testing

@testable import Intake

/// A pipe that says little and then nothing, but stays open.
@Suite(.timeLimit(.minutes(1))) struct ShortPipeTests {
  private func pipe(_ text: String) throws -> (file: UnpackedFile, writing: Int32) {
    var ends: [Int32] = [0, 0]
    try #require(Foundation.pipe(&ends) == 0)
    let bytes = Array(text.utf8)
    #expect(write(ends[1], bytes, bytes.count) == bytes.count)
    return (UnpackedFile(Descriptor(owning: ends[0]), name: "pipe"), ends[1])
  }

  @Test("what it says is handed out, however short", arguments: ["a", "a\n", "up\n", "four"])
  func short(_ text: String) throws {
    let (file, writing) = try pipe(text)
    defer { close(writing) }
    var bytes = [UInt8](repeating: 0, count: 100)
    let count = try bytes.withUnsafeMutableBytes { try file.read(into: $0) }
    #expect(String(decoding: bytes[..<count], as: UTF8.self) == text)
  }
}
