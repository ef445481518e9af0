import Formats
import NIOPosix
import Synchronization

/// Reads a pipe, terminal or socket while it flows.
///
/// What each read gives is delivered at once; when nothing comes for a moment, what is whole is
/// delivered although its line has not ended. Waiting for a pipe would block one of the few
/// threads that tasks share, so it has a thread of its own.
struct PipeReader {
  private let descriptor: Descriptor
  private let source: SourceID
  /// Quiet after which the last line counts as whole.
  private static let silence: Int32 = 100
  /// How late a cancelled task may notice.
  private static let pollInterval: Int32 = 250

  init(_ descriptor: Descriptor, _ source: SourceID) {
    (self.descriptor, self.source) = (descriptor, source)
  }

  /// Returns at the end of the input, or when the task is cancelled.
  func run(
    into sink: any SpanSink, counters: IntakeCounters,
    progress: @escaping @Sendable (FileProgress) -> Void
  ) async throws(IntakeError) {
    let stop = StopFlag()
    let thread = NIOThreadPool(numberOfThreads: 1)
    thread.start()
    let outcome: Result<Void, IntakeError>? = await withTaskCancellationHandler {
      try? await thread.runIfActive {
        Result { () throws(IntakeError) in
          try read(into: sink, counters: counters, stop: stop, progress: progress)
        }
      }
    } onCancel: {
      stop.raise()
    }
    try? await thread.shutdownGracefully()
    try outcome?.get()
  }

  private func read(
    into sink: any SpanSink, counters: IntakeCounters, stop: StopFlag,
    progress: (FileProgress) -> Void
  ) throws(IntakeError) {
    let file = UnpackedFile(descriptor, name: source.name)
    var stream = DecodingStream(source, sink: sink, counters: counters)
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
    defer { piece.deallocate() }
    var isFlushed = true
    while !stop.isRaised {
      guard descriptor.isReadable(within: isFlushed ? Self.pollInterval : Self.silence) else {
        if !isFlushed { stream.flush() }
        isFlushed = true
        continue
      }
      let count = try file.read(into: piece)
      if count == 0 { break }
      stream.take(UnsafeRawBufferPointer(rebasing: piece[..<count]))
      isFlushed = false
      progress(FileProgress(bytesRead: file.position, totalBytes: nil, spans: stream.spans))
    }
    // What is open when the task is cancelled is not at its end: no bad record.
    if stop.isRaised { stream.flush() } else { stream.finish(problem: file.ending) }
  }
}

/// Tells a thread to stop; from any other.
private final class StopFlag: Sendable {
  private let state = Atomic(false)

  var isRaised: Bool { state.load(ordering: .relaxed) }

  func raise() { state.store(true, ordering: .relaxed) }
}
