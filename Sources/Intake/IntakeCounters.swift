package import Formats
package import Logging
import Synchronization

/// What all sources together have taken in so far.
package struct IntakeTotals: Sendable, Equatable {
  package var spans = 0
  /// Bytes decoded, after unpacking.
  package var bytes = 0
  package var lines = 0
  /// OTLP requests answered, of either protocol and any signal.
  package var requests = 0
  /// Requests answered with an error: too large, wrong path or type, unreadable.
  package var refused = 0
  /// The text of the newest refusal.
  package var lastRefusal: String?
  package var badRecords = 0
  /// The first bad record that was reported.
  package var firstBad: BadRecord?
  package var otherLines = 0
  package var metrics = 0
  package var logRecords = 0
  package var unknownSignals = 0

  package init() {}

  mutating func add(_ report: DecodeReport) {
    spans += report.spans
    bytes += report.bytes
    lines += report.lines
    badRecords += report.badRecords
    if firstBad == nil { firstBad = report.firstBad }
    otherLines += report.otherLines
    metrics += report.metrics
    logRecords += report.logRecords
    unknownSignals += report.unknownSignals
  }
}

/// What every source tells of: running totals, which the screen reads, and the log; from any thread.
package final class IntakeCounters: Sendable {
  /// Where sources write what a person may want to look up later.
  package let log: Logger
  private let state = Mutex(IntakeTotals())

  package init(log: Logger = .silent) { self.log = log }

  /// The totals at this moment.
  package var totals: IntakeTotals { state.withLock { $0 } }

  package func add(_ report: DecodeReport) {
    state.withLock { $0.add(report) }
    logBad(report)
  }

  /// Counts an answered request together with what it held.
  func addRequest(_ report: DecodeReport) {
    state.withLock {
      $0.requests += 1
      $0.add(report)
    }
    logBad(report)
  }

  /// Counts a request that was answered with an error.
  ///
  /// - Parameter peer: who sent it.
  func addRefusal(_ text: String, peer: String) {
    state.withLock {
      $0.requests += 1
      $0.refused += 1
      $0.lastRefusal = text
    }
    log.warning("refused a request: \(text)", metadata: ["from": "\(peer)"])
  }

  private func logBad(_ report: DecodeReport) {
    guard let bad = report.firstBad else { return }
    let place = bad.line > 0 ? "line \(bad.line), byte \(bad.offset)" : "byte \(bad.offset)"
    log.warning(
      "\(report.badRecords) bad in \(bad.source), the first at \(place): \(bad.reason)")
  }
}
