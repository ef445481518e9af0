import Explorer
import Foundation
import Testing

@Suite struct ReadmeKeysTests {
  @Test("the README's key table is the one that otel-tui keys --markdown prints")
  func readme() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
    let parts = text.components(separatedBy: "<!-- keys -->")
    try #require(parts.count == 3, "the table stands between two marks")
    #expect(
      parts[1].trimmingCharacters(in: .whitespacesAndNewlines) == KeyTable.markdown,
      "write it anew: otel-tui keys --markdown")
  }
}
