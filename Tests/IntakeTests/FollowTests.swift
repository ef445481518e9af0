import Telemetry
import Formats
import Foundation
import Intake
import Testing

@Suite(.timeLimit(.minutes(5))) struct FollowTests {
  let folder: TemporaryFolder
  let sink = CollectingSink()
  private let looks = Looks()

  init() throws { folder = try TemporaryFolder() }

  @Test("what is appended is read, a line that grows in pieces included")
  func appends() async throws {
    try await following(SpanLines.lines(["a"])) {
      try folder.append(SpanLines.lines(["b"]), "log")
      await expect(["a", "b"])
      let line = SpanLines.lines(["c"])
      try folder.append(Array(line.prefix(100)), "log")
      await looks.take(3)
      try folder.append(Array(line.dropFirst(100)), "log")
      await expect(["a", "b", "c"])
    }
    #expect(sink.held.report.badRecords == 0)
  }

  @Test("an empty file may be followed")
  func empty() async throws {
    try await following([]) {
      try folder.append(SpanLines.lines(["a"]), "log")
      await expect(["a"])
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
      await expect(["a", "b"] + names)
    }
  }

  @Test("a rotated file is read to its end, then the one in its place")
  func rotation() async throws {
    try await following(SpanLines.lines(["a"])) {
      try FileManager.default.moveItem(
        atPath: folder.path("log"), toPath: folder.path("log.1"))
      try folder.append(SpanLines.lines(["b"]), "log.1")
      _ = try folder.write(SpanLines.lines(["c"]), "log")
      await expect(["a", "b", "c"])
      try folder.append(SpanLines.lines(["d"]), "log")
      await expect(["a", "b", "c", "d"])
    }
  }

  @Test("a gzip file may grow by members")
  func gzip() async throws {
    try await following(Packed.bytes(SpanLines.lines(["a"]), .gzip)) {
      try folder.append(Packed.bytes(SpanLines.lines(["b"]), .gzip), "log")
      await expect(["a", "b"])
    }
  }

  /// Follows a file that starts with `bytes` for as long as `body` runs.
  private func following(_ bytes: [UInt8], _ body: () async throws -> Void) async throws {
    let path = try folder.write(bytes, "log")
    let task = Task {
      defer { looks.end() }
      try await FileSource(path, follows: true, pause: looks.pause).load(
        into: sink, counters: IntakeCounters())
    }
    await looks.begin()
    try await body()
    task.cancel()
    try await task.value
  }

  /// After as many looks as anything takes: at the old file, at its end, at its successor.
  private func expect(_ names: [String], _ index: SourceLocation = #_sourceLocation) async {
    await looks.take(3)
    #expect(sink.names == names, sourceLocation: index)
  }
}

/// Lets a follower look at its file when the test says so.
private struct Looks {
  private let waits = AsyncStream.makeStream(of: Void.self)
  private let leave = AsyncStream.makeStream(of: Void.self)

  /// The follower's side.
  @Sendable func pause() async throws {
    waits.continuation.yield()
    for await _ in leave.stream { return }
    throw CancellationError()
  }

  /// The follower is gone: nobody waits for it.
  func end() { waits.continuation.finish() }

  /// Waits until the follower has read the file and waits for its first look.
  func begin() async { for await _ in waits.stream { return } }

  /// Lets the follower look so many times, and waits until it is done.
  func take(_ count: Int) async {
    for _ in 0..<count {
      leave.continuation.yield()
      await begin()
    }
  }
}
