package import Telemetry

/// A stretch of time; the end is excluded.
package struct TimeSpan: Equatable, Sendable {
  package var start: UnixNanos
  package var end: UnixNanos

  package init(_ start: UnixNanos, _ end: UnixNanos) { (self.start, self.end) = (start, end) }

  package var length: Int64 { end.since(start) }
}
