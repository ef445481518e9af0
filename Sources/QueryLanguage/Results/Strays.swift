package import Telemetry

/// Spans whose starts lie so far from all others that no graph could show both.
package struct Strays: Hashable, Sendable {
  package var count: Int
  /// The earliest and the latest start of them.
  package var first: UnixNanos
  package var last: UnixNanos

  package init(count: Int, first: UnixNanos, last: UnixNanos) {
    (self.count, self.first, self.last) = (count, first, last)
  }

  /// What a person who looks at the graphs has to know.
  package var text: String {
    let spans = count == 1 ? "1 span starts" : "\(count) spans start"
    let start = InstantText.text(first)
    let index = first == last ? "at \(start)" : "from \(start) to \(InstantText.text(last))"
    return "\(spans) far from the rest, \(index): counted, and left out of the graphs"
  }
}
