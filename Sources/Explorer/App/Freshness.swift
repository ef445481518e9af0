package import Telemetry

/// When something that is worked out from the spans held is to be asked for anew.
///
/// A request answers for the spans of the generation it was issued at, however much later its
/// response comes. Once there is a newer generation another request is due, but never while one is
/// open or while the view is paused, and never sooner after the last than the limit allows: it is
/// then put off, not dropped.
///
/// Knows no clock: it is told the time, and says for how long it need not be asked.
package struct Freshness: Equatable, Sendable {
  package enum Advice: Equatable, Sendable {
    /// A request is due now.
    case ask
    /// One is due after this long, should nothing else happen.
    case wait(Nanoseconds)
    /// Nothing to do before something else happens.
    case rest
  }

  /// The least time between two requests that no person made.
  package static let interval = Nanoseconds.milliseconds(250)

  /// The generation that the last request is about; nil when there was none yet.
  package private(set) var asked: UInt64?
  /// Whether the last request was issued when nothing was held: its response tells nobody anything.
  private var askedOfNothing = false
  /// When the last request was issued.
  private var issuedAt: UnixNanos?
  /// How long the last one took.
  private var took = Nanoseconds.zero

  package init() {}

  /// Everything was asked for, of the spans of a generation.
  ///
  /// - Parameter isEmpty: no span was held then. The first spans are asked about at once, whatever
  ///   the limit, so that a person who waits for them does not read that there are none.
  package mutating func ask(about generation: UInt64, isEmpty: Bool = false, now: UnixNanos) {
    asked = generation
    askedOfNothing = isEmpty
    issuedAt = now
  }

  /// A request was issued that answers for a part only, such as one for another order of a list.
  package mutating func askPart(isEmpty: Bool = false, now: UnixNanos) {
    issuedAt = now
    askedOfNothing = askedOfNothing && isEmpty
  }

  /// A response has come.
  package mutating func receive(now: UnixNanos) {
    took = issuedAt.map { Nanoseconds(from: $0, to: now) } ?? .zero
  }

  /// A person cancelled the request: nothing is asked before there are newer spans.
  package mutating func decline(_ generation: UInt64) { asked = generation }

  /// - Parameters:
  ///   - generation: the newest known.
  ///   - isEmpty: no span is held.
  ///   - isOpen: a request has no response yet.
  ///   - interval: the least time between requests.
  ///   - share: the largest part of the time that requests may run, 0 ..< 1; 1 sets no limit.
  package func advice(
    _ generation: UInt64, isEmpty: Bool = false, isOpen: Bool, isPaused: Bool, now: UnixNanos,
    interval: Nanoseconds = Freshness.interval, share: Double = 1
  ) -> Advice {
    // Before the first request there is nothing that could be out of date.
    guard let asked, let issuedAt else { return .rest }
    guard generation != asked, !isOpen, !isPaused else { return .rest }
    if askedOfNothing, !isEmpty { return .ask }
    let pause = share < 1 ? Int64(Double(took.count) * min(1_000, 1 / max(share, 0.001))) : 0
    let wanted = max(interval.count, pause)
    let age = now.since(issuedAt)
    // A clock that was set back says nothing about how long ago that was.
    guard age < wanted, age > -wanted else { return .ask }
    return .wait(Nanoseconds(wanted - age))
  }
}
