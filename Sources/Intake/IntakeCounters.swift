package import Logging
import Formats
import Synchronization
package import Telemetry

/// What all sources together have counted, which the screen reads, and the log; from any thread.
package final class IntakeCounters: Sendable {
  /// Where sources write what a person may want to look up later.
  package let log: Logger
  private let state = Mutex(State())

  private struct State {
    var counts = IntakeCounts()
    /// Refusals nobody has taken yet, the oldest first.
    var refusals: [String] = []
  }

  /// Refusals kept until somebody takes them.
  private static let refusalLimit = 200

  package init(log: Logger = .silent) { self.log = log }

  /// The counts at this moment.
  package var counts: IntakeCounts { state.withLock { $0.counts } }

  /// What refused requests were told since the last call, the newest 200 at most.
  package func takeRefusals() -> [String] {
    state.withLock { state in
      defer { state.refusals = [] }
      return state.refusals
    }
  }

  /// Adds what a stretch of input held, and logs its first bad record.
  package func add(_ counts: IntakeCounts) {
    state.withLock { $0.counts.add(counts) }
    logBad(counts)
  }

  /// Counts an answered request together with what it held.
  func addRequest(_ counts: IntakeCounts) {
    state.withLock {
      $0.counts.requests += 1
      $0.counts.add(counts)
    }
    logBad(counts)
  }

  /// Counts a request that was answered with an error.
  ///
  /// - Parameter peer: who sent it.
  func addRefusal(_ reason: RefusalCounts.Reason, _ text: String, peer: String) {
    state.withLock {
      $0.counts.requests += 1
      $0.counts.refusals.add(reason, latest: "\(text) (from \(peer))")
      $0.refusals.append("refused: \(text) (from \(peer))")
      if $0.refusals.count > Self.refusalLimit { $0.refusals.removeFirst() }
    }
    log.warning("refused a request: \(text)", metadata: ["from": "\(peer)"])
  }

  private func logBad(_ counts: IntakeCounts) {
    guard let bad = counts.firstBad else { return }
    log.warning(
      "\(counts.badRecords) bad in \(bad.source), the first at \(bad.position): \(bad.reason)")
  }
}
