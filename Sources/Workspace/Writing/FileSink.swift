package import Formats
package import Intake
package import Logging
import Synchronization
package import Telemetry

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Writes every span it is given to a file as OTLP JSON lines.
package final class FileSink: SpanSink {
  /// What sources have counted; ``spans`` is what of it is in the file.
  package let counters: IntakeCounters
  private let state: Mutex<State>
  /// The disk has it before `receive` returns.
  private let isSynced: Bool

  private struct State {
    var file: OutputFile
    var isOpen = false
    var writer = OTLPJSONWriter()
    var bytes: [UInt8] = []
    var spans = 0
    var problem: OutputError?
    var notices: [String] = []
  }

  /// - Parameters:
  ///   - file: not open yet.
  ///   - isSynced: the disk has a batch before ``receive(_:from:)`` returns.
  ///   - log: where sources write what they meet.
  package init(_ file: OutputFile, isSynced: Bool = false, log: Logger = .silent) {
    counters = IntakeCounters(log: log)
    state = Mutex(State(file: file))
    self.isSynced = isSynced
  }

  /// Opens the file; else the first spans do.
  package func open() throws(OutputError) {
    try state.withLock { state throws(OutputError) in try Self.open(&state) }
  }

  private static func open(_ state: inout State) throws(OutputError) {
    guard !state.isOpen else { return }
    try state.file.open()
    state.isOpen = true
  }

  /// Writes a line. After the first failure nothing more is written, see ``trouble``.
  package func receive(_ batch: consuming SpanBatch, from source: SourceID) {
    let batch = batch
    state.withLock { state in
      guard state.problem == nil else { return }
      state.bytes.removeAll(keepingCapacity: true)
      state.writer.write(batch, to: &state.bytes)
      // A terminal shows the same spans, and obeys none of them.
      let bytes =
        state.file.path == "-" && isatty(1) == 1 ? PlainText.json(state.bytes) : state.bytes
      do throws(OutputError) {
        try Self.open(&state)
        if let notice = try state.file.write(bytes, isSynced: isSynced) {
          state.notices.append(notice)
        }
        state.spans += batch.spans.count
      } catch {
        state.problem = error
      }
    }
  }

  /// Counters are in ``counters``, and text between spans is not written.
  package func report(_ report: DecodeReport, from source: SourceID) {}

  /// The first failure to write; it stays.
  package var trouble: String? {
    state.withLock { $0.problem }.map { "cannot write the file: \($0.why)" }
  }

  /// Spans written so far.
  package var spans: Int { state.withLock { $0.spans } }

  /// Looks after the file; call it about twice a second.
  ///
  /// - Returns: what others did to it since the last call.
  package func takeNotices() -> [String] {
    state.withLock { state in
      if state.isOpen, state.problem == nil {
        do throws(OutputError) {
          if let notice = try state.file.reopenIfLost() { state.notices.append(notice) }
        } catch {
          state.problem = error
        }
      }
      defer { state.notices = [] }
      return state.notices
    }
  }

  /// Completes the file.
  ///
  /// - Parameter isKept: false leaves a file that was to be replaced as it was.
  /// - Throws: when anything could not be written.
  package func finish(isKept: Bool = true) throws(OutputError) {
    try state.withLock { state throws(OutputError) in
      if isKept, state.problem == nil { try Self.open(&state) }
      try state.file.finish(isKept: isKept && state.problem == nil)
      if let problem = state.problem { throw problem }
    }
  }
}
