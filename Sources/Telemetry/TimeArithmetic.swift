/// Arithmetic of instants and lengths of time that others sent: it stops at the ends of the range
/// and never traps.
extension Nanoseconds {
  /// Stops at 2^63 - 1.
  package static func + (a: Self, b: Self) -> Self {
    let (sum, overflow) = a.count.addingReportingOverflow(b.count)
    return Nanoseconds(overflow ? .max : sum)
  }

  /// Stops at zero.
  package static func - (a: Self, b: Self) -> Self { Nanoseconds(a.count - b.count) }

  /// Stops at 2^63 - 1, and at zero for a negative factor.
  package static func * (a: Self, factor: Int64) -> Self {
    let (product, overflow) = a.count.multipliedReportingOverflow(by: factor)
    return Nanoseconds(overflow ? factor < 0 ? 0 : .max : product)
  }

  package static func += (a: inout Self, b: Self) { a = a + b }

  /// Stops at 2^63 - 1.
  package static func sum(of lengths: some Sequence<Nanoseconds>) -> Self {
    lengths.reduce(.zero, +)
  }
}

extension UnixNanos {
  /// Stops at the last instant there is.
  package static func + (instant: Self, length: Nanoseconds) -> Self {
    instant.advanced(by: length.count)
  }

  /// Stops at 1970.
  package static func - (instant: Self, length: Nanoseconds) -> Self {
    instant.advanced(by: -length.count)
  }
}
