/// An instant: nanoseconds since 1970-01-01T00:00:00Z, never adjusted.
///
/// Unsigned as in OTLP (`fixed64 start_time_unix_nano`), so every 64-bit value a sender can write
/// is kept as it came.
package struct UnixNanos: Hashable, Comparable, Sendable {
  /// Nanoseconds, 0 to 2^64 - 1: from 1970 into the year 2554.
  package let sinceEpoch: UInt64

  package init(_ sinceEpoch: UInt64) { self.sinceEpoch = sinceEpoch }

  package static let zero = UnixNanos(0)

  package static func < (a: Self, b: Self) -> Bool { a.sinceEpoch < b.sinceEpoch }

  /// This instant moved by a signed distance; stops at the ends of the range.
  package func advanced(by distance: Int64) -> UnixNanos {
    let magnitude = distance.magnitude
    if distance >= 0 {
      let (sum, overflow) = sinceEpoch.addingReportingOverflow(magnitude)
      return UnixNanos(overflow ? .max : sum)
    }
    return UnixNanos(sinceEpoch > magnitude ? sinceEpoch - magnitude : 0)
  }

  /// Signed nanoseconds from `other` to this instant, clamped to `Int64`.
  package func since(_ other: UnixNanos) -> Int64 {
    sinceEpoch >= other.sinceEpoch
      ? Int64(clamping: sinceEpoch - other.sinceEpoch)
      : -Int64(clamping: other.sinceEpoch - sinceEpoch)
  }
}
