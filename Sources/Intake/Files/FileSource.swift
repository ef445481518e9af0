import Formats
import Telemetry

/// Reads a file of any format, plain or packed, at once or as it grows.
package struct FileSource: Sendable {
  /// As it was given; a pipe or a device will do too.
  package let path: String
  /// Goes on after the end of the file with what is appended to it, and with the file that takes
  /// its position when it is rotated.
  package let follows: Bool

  private let pause: FileFollower.Pause

  /// Nothing is opened before ``load(into:counters:progress:)``.
  package init(_ path: String, follows: Bool = false) {
    self.init(path, follows: follows, pause: FileFollower.standardPause)
  }

  /// - Parameter pause: waits for the time of the next look at the end of a followed file; throws
  ///   when its task is cancelled.
  package init(_ path: String, follows: Bool, pause: @escaping @Sendable () async throws -> Void) {
    (self.path, self.follows, self.pause) = (path, follows, pause)
  }

  /// Named by the path as it was given.
  package var id: SourceID { .file(path) }

  /// Reads until the end, or until the task is cancelled when it follows.
  ///
  /// Decodes on all cores where the format allows it; leaves its caller's actor. Cancelling the
  /// task stops within a few milliseconds' work; what was delivered stays.
  ///
  /// - Parameter progress: called after every megabyte or so, on no particular thread.
  /// - Throws: when the file cannot be opened or read. Bad content is in the reports.
  @concurrent
  package func load(
    into sink: any SpanSink, counters: IntakeCounters,
    progress: @escaping @Sendable (FileProgress) -> Void = { _ in }
  ) async throws(IntakeError) {
    let descriptor = try Descriptor.open(path)
    guard let status = descriptor.status else {
      throw IntakeError(.unreadable, what: path, why: "cannot be examined")
    }
    if status.isFolder { throw Descriptor.folder(path) }
    guard status.isRegular else {
      return try await PipeReader(descriptor, id).run(
        into: sink, counters: counters, progress: progress)
    }
    let load = FileLoad(id, sink: sink, counters: counters)
    let file = UnpackedFile(descriptor, name: path)
    var stream = try await load.run(file, size: status.size, progress: progress)
    if Task.isCancelled { return }
    guard follows else { return stream.finish(problem: file.ending) }
    var follower = FileFollower(file, stream, load, pause: pause, progress)
    try await follower.run()
  }
}

/// Loads what a regular file holds now.
struct FileLoad {
  let source: SourceID
  let sink: any SpanSink
  let counters: IntakeCounters

  init(_ source: SourceID, sink: any SpanSink, counters: IntakeCounters) {
    (self.source, self.sink, self.counters) = (source, sink, counters)
  }

  /// - Returns: the stream at the end of the file, neither flushed nor finished.
  func run(
    _ file: UnpackedFile, size: Int, progress: (FileProgress) -> Void
  ) async throws(IntakeError) -> DecodingStream {
    func tell(_ spans: Int) {
      progress(
        FileProgress(
          bytesRead: file.position, totalBytes: max(size, file.position), spans: spans))
    }
    let first = LineChunk(offset: 0)
    let isWhole = try first.begin(from: file, count: ContentKind.prefixLength)
    if ContentKind.sniff(first.bytes, isWhole: isWhole) == .otlpJSONLines {
      var lines = LinesLoad(source, sink: sink, counters: counters)
      let rest = try await lines.run(first: first, of: file, progress: tell)
      var stream = lines.takeStream(at: rest.offset)
      if !Task.isCancelled { stream.take(rest.bytes) }
      return stream
    }
    var stream = DecodingStream(source, sink: sink, counters: counters)
    stream.take(first.bytes)
    tell(stream.spans)
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
    defer { piece.deallocate() }
    while !Task.isCancelled {
      let count = try file.read(into: piece)
      if count == 0 { break }
      stream.take(UnsafeRawBufferPointer(rebasing: piece[..<count]))
      tell(stream.spans)
    }
    return stream
  }
}
