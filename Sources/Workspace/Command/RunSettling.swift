package import Telemetry

/// When a run without a screen is over.
package struct RunLimits: Equatable, Sendable {
  /// The command is ended after this long; nil: it takes the time it takes.
  package var duration: Nanoseconds?
  /// The command is ended once so many spans have come.
  package var spans: Int?
  /// How long nothing must come after the command's end: exporters of other processes may be late.
  package var settle = Nanoseconds.seconds(2)

  package init() {}
}

/// Decides when a run has settled. Pure: time and figures go in, decisions come out.
package struct RunSettling: Sendable {
  /// What is seen of a run at one moment.
  package struct Reading: Equatable, Sendable {
    /// Spans that have come so far.
    package var spans = 0
    /// Grows with whatever comes: bytes, lines, requests.
    package var activity = 0
    /// The command has ended, or could not be started.
    package var isOver = false
    /// Somebody has asked for the end.
    package var isInterrupted = false

    package init() {}
  }

  package enum Decision: Equatable, Sendable {
    /// Goes on.
    case wait
    /// A limit is reached: the command is to be ended.
    case stop
    /// Nothing more is expected.
    case settled
  }

  private let limits: RunLimits
  private let start: UnixNanos
  private var last: (activity: Int, isOver: Bool)?
  /// When something last came or the command ended.
  private var changedAt: UnixNanos
  /// Whether a limit was reached.
  package private(set) var isStopped = false

  package init(_ limits: RunLimits, start: UnixNanos) {
    (self.limits, self.start, changedAt) = (limits, start, start)
  }

  package mutating func decide(_ reading: Reading, now: UnixNanos) -> Decision {
    // A clock that was set back begins the quiet anew.
    if last?.activity != reading.activity || last?.isOver != reading.isOver || now < changedAt {
      last = (reading.activity, reading.isOver)
      changedAt = now
    }
    if reading.isOver {
      return now.sinceEpoch - changedAt.sinceEpoch >= UInt64(limits.settle.count) ? .settled : .wait
    }
    let elapsed = now.sinceEpoch - min(start.sinceEpoch, now.sinceEpoch)
    let isLate = limits.duration.map { elapsed >= UInt64($0.count) } ?? false
    let isFull = limits.spans.map { reading.spans >= $0 } ?? false
    guard isLate || isFull || reading.isInterrupted else { return .wait }
    if isLate || isFull { isStopped = true }
    return .stop
  }
}
