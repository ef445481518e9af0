import Foundation
import Testing

import Workspace

/// A file that is written while others do to it what they do to files.
@Suite struct OutputFileTests {
  private let folder: CommandFolder

  init() throws { folder = try CommandFolder() }

  private func begin(
    _ policy: OutputPolicy = .create, isPublishedLate: Bool = false
  ) throws -> OutputFile {
    var file = try OutputFile(folder.path("out"), policy, isPublishedLate: isPublishedLate)
    try file.open()
    return file
  }

  private func write(_ number: Int, _ file: inout OutputFile) throws -> String? {
    try file.write(Array(SpanLine.line(number).utf8), isSynced: false)
  }

  @Test("a recording has its name from the start, a conversion when it is complete")
  func names() throws {
    var early = try begin()
    #expect(folder.names == ["out"])
    try early.finish(isKept: true)
    try FileManager.default.removeItem(atPath: folder.path("out"))
    var late = try begin(isPublishedLate: true)
    #expect(try write(1, &late) == nil)
    #expect(folder.text("out") == nil)
    try late.finish(isKept: true)
    #expect(folder.names == ["out"])
    #expect(folder.text("out") == SpanLine.line(1))
  }

  @Test("a file that came into being meanwhile is not replaced")
  func race() throws {
    var file = try begin(isPublishedLate: true)
    _ = try write(1, &file)
    try folder.write("precious", "out")
    #expect(throws: OutputError.self) { try file.finish(isKept: true) }
    #expect(folder.text("out") == "precious")
    #expect(folder.names == ["out"])
  }

  @Test("what was there stays until the first line of a new recording")
  func overwrite() throws {
    try folder.write("old\n", "out")
    var file = try begin(.overwrite)
    #expect(folder.text("out") == "old\n")
    _ = try write(1, &file)
    #expect(folder.text("out") == SpanLine.line(1))
    try file.finish(isKept: true)
    #expect(folder.names == ["out"])
  }

  @Test("two writers never share a file", arguments: [OutputPolicy.append, .overwrite])
  func lock(second: OutputPolicy) throws {
    var first = try begin(.append)
    let error = #expect(throws: OutputError.self) { try begin(second) }
    #expect(error?.cause == .isLocked)
    try first.finish(isKept: true)
    var after = try begin(second)
    try after.finish(isKept: true)
  }

  @Test("a file that is removed or moved goes on under its name, and that is told")
  func lost() throws {
    var file = try begin()
    _ = try write(1, &file)
    try FileManager.default.removeItem(atPath: folder.path("out"))
    #expect(try write(2, &file)?.contains("was removed") == true)
    #expect(folder.text("out") == SpanLine.line(2))
    try FileManager.default.moveItem(atPath: folder.path("out"), toPath: folder.path("moved"))
    #expect(try file.reopenIfLost()?.contains("was moved") == true)
    #expect(folder.text("out") == "")
    #expect(try write(3, &file) == nil)
    #expect(folder.text("moved") == SpanLine.line(2))
    #expect(folder.text("out") == SpanLine.line(3))
  }

  @Test("a file that is cut goes on behind what is left, on a line of its own")
  func cut() throws {
    var file = try begin()
    _ = try write(1, &file)
    _ = try write(2, &file)
    let first = SpanLine.line(1)
    truncate(folder.path("out"), off_t(first.utf8.count + 40))
    #expect(try write(3, &file)?.contains("was cut") == true)
    #expect(folder.text("out") == first + SpanLine.line(3))
    truncate(folder.path("out"), 0)
    #expect(try file.reopenIfLost()?.contains("was cut to 0") == true)
    _ = try write(4, &file)
    #expect(folder.text("out") == SpanLine.line(4))
  }

  @Test("a torn line of ours is cut off before more is added; any other is ended")
  func mend() throws {
    let whole = SpanLine.line(1)
    let cases = [
      (whole + String(SpanLine.line(2).prefix(90)), whole),
      (whole + String(SpanLine.line(2).dropLast()), whole + SpanLine.line(2)),
      (String(SpanLine.line(2).prefix(90)), ""),
      ("words of mine", "words of mine\n"), ("", ""), (whole, whole),
    ]
    for (before, kept) in cases {
      try folder.write(before, "out")
      var file = try begin(.append)
      _ = try write(3, &file)
      try file.finish(isKept: true)
      #expect(folder.text("out") == kept + SpanLine.line(3))
    }
  }
}
