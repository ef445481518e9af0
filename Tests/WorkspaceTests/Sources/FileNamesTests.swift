import Foundation
import Testing

@testable import Workspace

@Suite struct FileNamesTests {
  @Test("paths continue what is typed, folders end in a slash, hidden files wait for a dot")
  func names() throws {
    let folder = try TemporaryFolder()
    for name in ["b.jsonl", "a b.jsonl", ".hidden"] { _ = try folder.write("", name) }
    try FileManager.default.createDirectory(
      atPath: folder.path("below"), withIntermediateDirectories: false)
    let start = folder.url.path + "/"
    #expect(
      FileNames.continuing(start) == ["a b.jsonl", "b.jsonl", "below/"].map { start + $0 })
    #expect(FileNames.continuing(start + "be") == [start + "below/"])
    #expect(FileNames.continuing(start + ".") == [start + ".hidden"])
    #expect(FileNames.continuing(start + "nothing/x") == [])
  }
}
