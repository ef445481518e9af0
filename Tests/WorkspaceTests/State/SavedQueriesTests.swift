import Explorer
import Foundation
import Telemetry
import Testing
import Workspace

@Suite struct SavedQueriesTests {
  private func entry(_ text: String, _ time: UInt64 = 1, name: String? = nil) -> HistoryEntry {
    HistoryEntry(text: text, time: UnixNanos(time), headline: "1 group", name: name)
  }

  @Test("what is kept comes back, newest first, in another run too")
  func keeps() throws {
    let folder = try TemporaryFolder()
    let saved = SavedQueries(in: folder.url.appending(path: "deep/er"))
    try saved.add(entry("VISUALIZE COUNT", 1))
    try saved.add(entry("WHERE error", 2, name: "errors"))
    let again = SavedQueries(in: folder.url.appending(path: "deep/er"))
    #expect(
      again.entries() == [entry("WHERE error", 2, name: "errors"), entry("VISUALIZE COUNT", 1)])
    #expect(try again.resolve("@errors") == "WHERE error")
    #expect(try again.resolve("WHERE x") == "WHERE x")
  }

  @Test("half a last line costs that line, and not the next one")
  func tornLine() throws {
    let folder = try TemporaryFolder()
    let saved = SavedQueries(in: folder.url)
    try saved.add(entry("VISUALIZE COUNT", 1))
    let whole = try folder.text("history.jsonl")
    _ = try folder.write(whole + #"{"query":"WHERE tor"#, "history.jsonl")
    #expect(saved.entries() == [entry("VISUALIZE COUNT", 1)])
    try saved.add(entry("WHERE error", 2))
    #expect(saved.entries() == [entry("WHERE error", 2), entry("VISUALIZE COUNT", 1)])
  }

  @Test("lines that are no entries are passed over and stay in the file")
  func corrupt() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write("not json\n{}\n\u{0}\n", "history.jsonl")
    let saved = SavedQueries(in: folder.url)
    #expect(saved.entries().isEmpty)
    try saved.add(entry("WHERE error"))
    #expect(saved.entries() == [entry("WHERE error")])
    #expect(try folder.text("history.jsonl").hasPrefix("not json\n{}\n"))
  }

  @Test("a history that is a folder, and a state folder that is a file, are said in words")
  func unwritable() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "history.jsonl"), withIntermediateDirectories: true)
    let asFolder = #expect(throws: Failure.self) {
      try SavedQueries(in: folder.url).add(entry("WHERE error"))
    }
    #expect(asFolder?.line.contains("not kept: Is a directory") == true)
    let file = try folder.write("", "file")
    let below = #expect(throws: Failure.self) {
      try SavedQueries(in: URL(fileURLWithPath: file).appending(path: "state"))
        .add(entry("WHERE error"))
    }
    #expect(below?.what.hasSuffix("/file/state") == true)
  }

  @Test("an unknown name offers those that are saved")
  func unknownName() throws {
    let folder = try TemporaryFolder()
    let saved = SavedQueries(in: folder.url)
    #expect(throws: Failure.self) { try saved.resolve("@slow") }
    try saved.add(entry("WHERE error", name: "errors"))
    let failure = #expect(throws: Failure.self) { try saved.resolve("@slow") }
    #expect(failure?.hint == "saved: errors")
  }
}

@Suite struct SavedColumnsTests {
  @Test("columns come back in their order; lines that mean none are passed over")
  func keeps() throws {
    let folder = try TemporaryFolder()
    let saved = SavedColumns(in: folder.url)
    #expect(saved.read().isEmpty)
    let columns = ["http.target", "%rank", "span.kind"].compactMap { TraceColumn(saved: $0) }
    try saved.keep(columns)
    #expect(SavedColumns(in: folder.url).read() == columns)
  }

  @Test("a folder that cannot be made is said in words")
  func unwritable() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("", "file")
    let failure = #expect(throws: Failure.self) {
      try SavedColumns(in: URL(fileURLWithPath: file).appending(path: "state")).keep([])
    }
    #expect(failure?.status == .input)
  }

  @Test("a history that is a folder, or has half a line, is said in words and left as it is")
  func unreadable() throws {
    let folder = try TemporaryFolder()
    let saved = SavedQueries(in: folder.url)
    #expect(saved.read().problem == nil)
    let whole = #"{"query":"WHERE error","time":1,"headline":""}"#
    _ = try folder.write(whole + "\n" + #"{"query":"WHERE tor"#, "history.jsonl")
    #expect(saved.read().entries.map(\.text) == ["WHERE error"])
    #expect(saved.read().problem?.why == "1 line of the history cannot be read and stays in it")
    let other = try TemporaryFolder()
    try FileManager.default.createDirectory(
      at: other.url.appending(path: "history.jsonl"), withIntermediateDirectories: true)
    let blocked = SavedQueries(in: other.url)
    #expect(blocked.read().problem?.why.hasPrefix("the history cannot be read: ") == true)
    let failure = #expect(throws: Failure.self) {
      try blocked.add(
        HistoryEntry(text: "WHERE x", time: .zero, headline: "", name: "x"))
    }
    #expect(failure?.why == "the query is not kept: Is a directory")
  }

  @Test("lines that cannot be read survive the file being tidied")
  func tidying() throws {
    let folder = try TemporaryFolder()
    let line = #"{"query":"WHERE a","time":1,"headline":""}"# + "\n"
    let text = "half a li\n" + String(repeating: line, count: 2_001)
    _ = try folder.write(text, "history.jsonl")
    let saved = SavedQueries(in: folder.url)
    try saved.add(HistoryEntry(text: "WHERE error", time: UnixNanos(2), headline: ""))
    #expect(saved.entries().count == 1_000 && saved.entries().first?.text == "WHERE error")
    #expect(try folder.text("history.jsonl").contains("half a li\n"))
  }
}
