import QueryLanguage
package import Telemetry

/// The stretch of time that the bars show.
package struct TraceWindow: Equatable, Sendable {
  /// Never before `first`.
  package private(set) var start = UnixNanos.zero
  /// Not shown itself; never after `last`.
  package private(set) var end = UnixNanos.zero
  /// Of the whole trace.
  package private(set) var first = UnixNanos.zero
  /// Later than `first` once there is a trace.
  package private(set) var last = UnixNanos.zero

  package init() {}

  /// Nanoseconds shown, at least 1.
  package var length: Int64 { max(1, end.since(start)) }
  /// All of the trace is shown.
  package var isWhole: Bool { start == first && end == last }

  /// Takes the extent of the trace; a window that showed all of it goes on doing so.
  mutating func fit(_ view: TraceView) {
    let wasWhole = isWhole
    (first, last) = (view.start, max(view.end, view.start.advanced(by: 1)))
    if wasWhole || start >= last || end <= first { reset() }
  }

  mutating func reset() { (start, end) = (first, last) }

  /// Zooms by halves around `center`; never below 100 ns or beyond the trace.
  mutating func zoom(in isIn: Bool, around center: UnixNanos) {
    let whole = last.since(first)
    let wanted =
      isIn ? max(100, length / 2) : length.multipliedReportingOverflow(by: 2).partialValue
    guard wanted < whole, wanted > 0 else { return reset() }
    let middle = min(max(center, start), end)
    let share = Double(middle.since(start)) / Double(length)
    move(start: middle.advanced(by: -Int64(Double(wanted) * share)), length: wanted)
  }

  /// Moves by a quarter of what is shown.
  mutating func pan(_ direction: Int) {
    move(start: start.advanced(by: Int64(direction) * max(1, length / 4)), length: length)
  }

  /// Moves so that its middle is at a share of the trace, 0 … 1, as far as there is a trace.
  mutating func center(at share: Double) {
    let middle = first.advanced(by: Int64(Double(last.since(first)) * min(1, max(0, share))))
    move(start: middle.advanced(by: -(length / 2)), length: length)
  }

  /// Shows `from ..< to` with a little air.
  mutating func show(from: UnixNanos, to: UnixNanos) {
    let size = max(100, to.since(from))
    let air = size / 20
    move(start: from.advanced(by: -air), length: min(last.since(first), size + 2 * air))
  }

  private mutating func move(start wanted: UnixNanos, length: Int64) {
    let latest = last.advanced(by: -length)
    start = min(max(wanted, first), max(first, latest))
    end = start.advanced(by: length)
  }
}
