import Formats
import Foundation
import Intake
import Synchronization
import Telemetry

/// Writes every span it is given to a file as OTLP JSON lines.
final class FileSink: SpanSink {
  let counters = IntakeCounters()
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

  init(_ path: String, isSynced: Bool = false) throws(Failure) {
    self.isSynced = isSynced
    descriptor = path == "-" ? 1 : open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    if descriptor < 0 {
      throw Failure(.input, what: path, why: String(cString: strerror(errno)))
    }
  }

  func receive(_ batch: consuming SpanBatch, from source: SourceID) {
    let batch = batch
    state.withLock { state in
      state.bytes.removeAll(keepingCapacity: true)
      state.writer.write(batch, to: &state.bytes)
      state.spans += batch.spans.count
      let problem = state.bytes.withUnsafeBytes { Output.write($0, to: descriptor) }
      if let problem, state.problem == nil { state.problem = problem }
      if isSynced { fsync(descriptor) }
    }
  }

  func report(_ report: DecodeReport, from source: SourceID) {}

  var spans: Int { state.withLock { $0.spans } }

  /// - Throws: when anything could not be written.
  func finish(_ path: String) throws(Failure) {
    fsync(descriptor)
    if descriptor != 1 { close(descriptor) }
    if let problem = state.withLock({ $0.problem }) {
      throw Failure(.input, what: path, why: String(cString: strerror(problem)))
    }
  }
}
