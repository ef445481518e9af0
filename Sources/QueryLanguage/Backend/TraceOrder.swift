/// What a list of traces is sorted by. Ties go by start, the newest first.
package struct TraceOrder: Hashable, Sendable {
  package enum Key: Hashable, Sendable, CaseIterable {
    case start
    /// Of the root span.
    case service, name
    /// Counts.
    case spans, services, errors
    case duration
    /// The matching spans' largest value.
    case value

    package var isText: Bool { self == .service || self == .name }
  }

  package var key: Key
  /// False: what is newest, longest, most or largest comes first, and texts from A to Z.
  package var isReversed: Bool

  package init(_ key: Key, isReversed: Bool = false) {
    (self.key, self.isReversed) = (key, isReversed)
  }

  package static let newest = TraceOrder(.start)
  package static let oldest = TraceOrder(.start, isReversed: true)
  package static let slowest = TraceOrder(.duration)
  package static let fastest = TraceOrder(.duration, isReversed: true)
  package static let largestValue = TraceOrder(.value)
  package static let smallestValue = TraceOrder(.value, isReversed: true)

  /// Whether the first is the smallest, the oldest, or nearest to A.
  package var isAscending: Bool { key.isText != isReversed }

  /// By the key that lies `step` further among `keys`, in its own direction.
  package func next(_ step: Int, among keys: [Key]) -> TraceOrder {
    let index = (keys.firstIndex(of: key) ?? 0) + step
    return keys.isEmpty ? self : TraceOrder(keys[(index % keys.count + keys.count) % keys.count])
  }

  /// The same turned round.
  package var reversed: TraceOrder { TraceOrder(key, isReversed: !isReversed) }
}
