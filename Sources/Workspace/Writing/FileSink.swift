package import Formats
import Foundation
package import Intake
package import Logging
import Synchronization
package import Telemetry

/// Writes every span it is given to a file as OTLP JSON lines.
package final class FileSink: SpanSink {
  package let counters: IntakeCounters
  private let descriptor: Int32
  private let state = Mutex(State())
  /// The disk has it before `receive` returns.
  private let isSynced: Bool

  private struct State {
    var writer = OTLPJSONWriter()
    var bytes: [UInt8] = []
    var spans = 0
    var problem: Int32?
  }

  /// - Parameters:
  ///   - path: the file; `-` is standard output.
  ///   - isSynced: the disk has a batch before ``receive(_:from:)`` returns.
  ///   - log: where sources write what they meet.
  package init(_ path: String, isSynced: Bool = false, log: Logger = .silent) throws(Failure) {
    counters = IntakeCounters(log: log)
    self.isSynced = isSynced
    descriptor = path == "-" ? 1 : open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    if descriptor < 0 {
      let hint = errno == ENOENT ? "the folder must exist" : nil
      throw Failure(.input, what: path, why: String(cString: strerror(errno)), hint: hint)
    }
  }

  package func receive(_ batch: consuming SpanBatch, from source: SourceID) {
    let batch = batch
    state.withLock { state in
      // After a failure half a line may be there: more behind it would only spoil the file.
      guard state.problem == nil else { return }
      state.bytes.removeAll(keepingCapacity: true)
      state.writer.write(batch, to: &state.bytes)
      let problem = state.bytes.withUnsafeBytes { DescriptorWriting.write($0, to: descriptor) }
      state.problem = problem
      // A pipe cannot be synced, and need not be.
      if isSynced, fsync(descriptor) != 0, errno != EINVAL, state.problem == nil {
        state.problem = errno
      }
      if state.problem == nil { state.spans += batch.spans.count }
    }
  }

  package func report(_ report: DecodeReport, from source: SourceID) {}

  package var trouble: String? {
    state.withLock { $0.problem }.map { "cannot write the file: " + String(cString: strerror($0)) }
  }

  package var spans: Int { state.withLock { $0.spans } }

  /// - Throws: when anything could not be written.
  package func finish(_ path: String) throws(Failure) {
    fsync(descriptor)
    if descriptor != 1 { close(descriptor) }
    if let problem = state.withLock({ $0.problem }) {
      throw Failure(.input, what: path, why: String(cString: strerror(problem)))
    }
  }
}
