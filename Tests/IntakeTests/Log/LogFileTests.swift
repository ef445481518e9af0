import Foundation
import Intake
import Logging
import Testing

@Suite struct LogFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func lines(_ path: String) throws -> [String] {
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
  }

  @Test("the folder and the file come with the first line, and not before")
  func lazy() throws {
    let path = folder.path("state/otel-tui/otel-tui.log")
    let file = LogFile(path)
    #expect(!FileManager.default.fileExists(atPath: folder.path("state")))
    file.add("one", second: 1)
    file.add("two", second: 1)
    #expect(try lines(path) == ["one", "two"])
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }

  @Test("it adds to what is there already")
  func adds() throws {
    let path = folder.path("a.log")
    LogFile(path).add("first run", second: 1)
    LogFile(path).add("second run", second: 2)
    #expect(try lines(path) == ["first run", "second run"])
  }

  @Test("past the limit it begins anew and keeps the file before, whatever number of lines come")
  func limit() throws {
    let path = folder.path("a.log")
    let file = LogFile(path, limit: 100)
    // Nine characters and the line feed: ten lines fill a file.
    for number in 0..<35 { file.add("line \(1_000 + number)", second: number) }
    #expect(try lines(path) == (30..<35).map { "line \(1_000 + $0)" })
    #expect(try lines(path + ".1") == (20..<30).map { "line \(1_000 + $0)" })
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).count == 2)
  }

  @Test("two programs that share it lose no line when one of them begins anew")
  func shared() throws {
    let path = folder.path("a.log")
    let one = LogFile(path, limit: 100)
    let other = LogFile(path, limit: 100)
    for number in 0..<15 {
      (number % 2 == 0 ? one : other).add("line \(1_000 + number)", second: number)
    }
    let all = try lines(path + ".1") + lines(path)
    #expect(Set(all) == Set((0..<15).map { "line \(1_000 + $0)" }))
  }

  @Test("a flood of lines is cut, and told how many were left out")
  func flood() throws {
    let path = folder.path("a.log")
    let file = LogFile(path)
    for number in 0..<1_000 { file.add("line \(number)", second: 7) }
    file.add("later", second: 8)
    let all = try lines(path)
    #expect(all.count == LogFile.linesPerSecond + 2)
    #expect(all.suffix(2) == ["… and \(1_000 - LogFile.linesPerSecond) lines more", "later"])
  }

  @Test("what a peer sends cannot forge a line")
  func forging() throws {
    let path = folder.path("a.log")
    LogFile(path).add("path /x\n2026-01-01 error\u{1B}[2J", second: 1)
    #expect(try lines(path) == ["path /x?2026-01-01 error?[2J"])
  }

  @Test("a place that cannot be written disturbs nothing")
  func unwritable() throws {
    _ = try folder.write([], "file")
    let file = LogFile(folder.path("file/below/otel-tui.log"))
    for second in 0..<3 { file.add("lost", second: second) }
    let folderItself = LogFile(folder.url.path)
    folderItself.add("lost", second: 1)
    LogFile("/dev/full").add("lost", second: 1)
  }

  @Test("a logged event has its time, level, label, text and metadata on one line")
  func event() throws {
    let path = folder.path("a.log")
    let file = LogFile(path)
    let log = Logger(label: "receiver") { LogFileHandler(file, label: $0) }
    log.debug("not worth keeping")
    log.warning("refused", metadata: ["to": "b", "from": "a"])
    let all = try lines(path)
    #expect(all.count == 1)
    let form = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z warning receiver: refused from=a to=b/
    #expect(all.first?.wholeMatch(of: form) != nil, "\(all)")
  }
}
