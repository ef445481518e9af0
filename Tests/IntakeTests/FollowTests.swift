import Telemetry
import Formats
import Foundation
import Intake
import Testing

@Suite struct FollowTests {
  let folder: TemporaryFolder
  let sink = CollectingSink()

  init() throws { folder = try TemporaryFolder() }

  @Test("what is appended is read, a line that grows in pieces included")
  func appends() async throws {
    try await following(SpanLines.lines(["a"])) {
      try folder.append(SpanLines.lines(["b"]), "log")
      try await expect(["a", "b"])
      let line = SpanLines.lines(["c"])
      try folder.append(Array(line.prefix(100)), "log")
      try await Task.sleep(for: .milliseconds(400))
      try folder.append(Array(line.dropFirst(100)), "log")
      try await expect(["a", "b", "c"])
    }
    #expect(sink.held.report.badRecords == 0)
  }

  @Test("an empty file may be followed")
  func empty() async throws {
    try await following([]) {
      try folder.append(SpanLines.lines(["a"]), "log")
      try await expect(["a"])
    }
  }

  @Test("a file that is cut is read from its new start", arguments: [1, 40])
  func truncation(spansAfter: Int) async throws {
    let names = SpanLines.names(0..<spansAfter)
    try await following(SpanLines.lines(["a", "b"])) {
      let handle = try FileHandle(forWritingTo: URL(filePath: folder.path("log")))
      try handle.truncate(atOffset: 0)
      try handle.write(contentsOf: Data(SpanLines.lines(names)))
      try handle.close()
      try await expect(["a", "b"] + names)
    }
  }

  @Test("a rotated file is read to its end, then the one in its place")
  func rotation() async throws {
    try await following(SpanLines.lines(["a"])) {
      try FileManager.default.moveItem(
        atPath: folder.path("log"), toPath: folder.path("log.1"))
      try folder.append(SpanLines.lines(["b"]), "log.1")
      _ = try folder.write(SpanLines.lines(["c"]), "log")
      try await expect(["a", "b", "c"])
      try folder.append(SpanLines.lines(["d"]), "log")
      try await expect(["a", "b", "c", "d"])
    }
  }

  @Test("a gzip file may grow by members")
  func gzip() async throws {
    try await following(Packed.bytes(SpanLines.lines(["a"]), .gzip)) {
      try folder.append(Packed.bytes(SpanLines.lines(["b"]), .gzip), "log")
      try await expect(["a", "b"])
    }
  }

  /// Follows a file that starts with `bytes` for as long as `body` runs.
  private func following(_ bytes: [UInt8], _ body: () async throws -> Void) async throws {
    let path = try folder.write(bytes, "log")
    let task = Task {
      try await FileSource(path, follows: true).load(into: sink, counters: IntakeCounters())
    }
    if !bytes.isEmpty { try await sink.wait(for: 1) }
    try await Task.sleep(for: .milliseconds(50))
    try await body()
    task.cancel()
    try await task.value
  }

  private func expect(_ names: [String]) async throws {
    try await sink.wait(for: names.count)
    #expect(sink.names == names)
  }
}
