import Telemetry
import Formats
import Foundation
import Intake
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(5))) struct FileSourceTests {
  let folder: TemporaryFolder
  let sink = CollectingSink()
  let counters = IntakeCounters()

  init() throws { folder = try TemporaryFolder() }

  @Test("a plain or packed file of OTLP lines gives every span", arguments: ["", ".gz", ".zst"])
  func lines(ending: String) async throws {
    let names = SpanLines.names(0..<30_000)
    let plain = SpanLines.lines(names)
    let bytes =
      switch ending {
      case ".gz": Packed.bytes(plain, .gzip)
      case ".zst": Packed.bytes(plain, .zstd)
      default: plain
      }
    let path = try folder.write(bytes, "spans\(ending)")
    let last = Mutex<FileProgress?>(nil)
    try await FileSource(path).load(into: sink, counters: counters) { progress in
      last.withLock { $0 = progress }
    }
    #expect(sink.names.sorted() == names.sorted())
    #expect(sink.held.batches > 1)
    let expected = FileProgress(
      bytesRead: bytes.count, totalBytes: bytes.count, spans: names.count)
    #expect(last.withLock { $0 } == expected)
    #expect(counters.counts.spans == names.count)
    #expect(counters.counts.bytes == plain.count)
    #expect(counters.counts.lines == names.count)
  }

  @Test("a last line needs no end")
  func openLine() async throws {
    let path = try folder.write(SpanLines.lines(["a", "b"]).dropLast(), "open")
    try await FileSource(path).load(into: sink, counters: counters)
    #expect(sink.names.sorted() == ["a", "b"])
  }

  @Test("a line longer than a chunk is one line")
  func longLine() async throws {
    let long = String(repeating: "x", count: 9 << 20)
    let path = try folder.write(SpanLines.lines(["a", long, "b"]), "long")
    try await FileSource(path).load(into: sink, counters: counters)
    #expect(sink.names.map(\.utf8.count).sorted() == [1, 1, 9 << 20])
  }

  @Test("other text among OTLP lines is counted, in the file's own lines and bytes")
  func mixed() async throws {
    let half = SpanLines.lines(SpanLines.names(0..<20_000))
    let bad = Array("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"na\n".utf8)
    let log = Array("server listening on :8080\n".utf8)
    let path = try folder.write(half + log + bad + half, "mixed")
    try await FileSource(path).load(into: sink, counters: counters)
    #expect(sink.names.count == 40_000)
    let report = sink.held.report
    #expect(report.badRecords == 1)
    #expect(report.firstBad?.line == 20_002)
    #expect(report.firstBad?.offset == half.count + log.count)
    #expect(report.output.lines.first == "server listening on :8080")
  }

  @Test("of a cut gzip or zstd file what was whole is kept, and the cut reported")
  func truncated() async throws {
    for compression in ["gz", "zst"] {
      let sink = CollectingSink()
      let plain = SpanLines.lines(SpanLines.names(0..<30_000))
      let packed = Packed.bytes(plain, compression == "gz" ? .gzip : .zstd)
      let path = try folder.write(Array(packed.prefix(packed.count * 3 / 4)), compression)
      try await FileSource(path).load(into: sink, counters: counters)
      #expect(sink.names.count > 10_000)
      #expect(sink.names.count < 30_000)
      #expect(sink.held.report.badRecords >= 1)
    }
  }

  @Test("several files load at once into one sink")
  func several() async throws {
    let first = try folder.write(SpanLines.lines(["a"]), "first")
    let second = try folder.write(SpanLines.lines(["b"]), "second")
    try await withThrowingTaskGroup(of: Void.self) { group in
      for path in [first, second] {
        group.addTask { try await FileSource(path).load(into: sink, counters: counters) }
      }
      try await group.waitForAll()
    }
    #expect(sink.names.sorted() == ["a", "b"])
    #expect(sink.held.sources == [.file(first), .file(second)])
  }

  @Test("a named pipe is read while it flows")
  func pipe() async throws {
    let path = folder.path("pipe")
    #expect(mkfifo(path, 0o600) == 0)
    let load = Task { try await FileSource(path).load(into: sink, counters: counters) }
    let writer = try await Task.detached {
      try FileHandle(forWritingTo: URL(filePath: path))
    }.value
    try writer.write(contentsOf: Data(SpanLines.lines(["a"])))
    await sink.wait(for: 1)
    #expect(sink.names == ["a"])
    try writer.write(contentsOf: Data(SpanLines.lines(["b"]).dropLast()))
    await sink.wait(for: 2)
    #expect(sink.names == ["a", "b"])
    try writer.close()
    try await load.value
  }

  @Test("a cancelled load stops at once, keeps what it has and calls nothing bad")
  func cancelled() async throws {
    let path = try folder.write(SpanLines.lines(SpanLines.names(0..<60_000)), "large")
    let start = AsyncStream.makeStream(of: Void.self)
    let load = Task {
      try await FileSource(path).load(into: sink, counters: counters) { _ in
        start.continuation.yield()
      }
    }
    for await _ in start.stream { break }
    load.cancel()
    try await load.value
    #expect(sink.names.count < 60_000)
    #expect(sink.held.report.badRecords == 0)
    #expect(counters.counts.spans == sink.names.count)
  }

  @Test("a missing file, a folder and a forbidden file are told apart")
  func errors() async throws {
    try await expect(.missing, path: folder.path("nothing"))
    try await expect(.isFolder, path: folder.url.path)
    try await expect(.missing, path: try folder.write([], "file") + "/below")
  }

  private func expect(_ cause: IntakeError.Cause, path: String) async throws {
    let error = await #expect(throws: IntakeError.self) {
      try await FileSource(path).load(into: sink, counters: counters)
    }
    #expect(error?.cause == cause)
    #expect(error?.what == path)
  }
}
