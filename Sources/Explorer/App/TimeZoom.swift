package import QueryLanguage
package import Telemetry

/// A change of the time range by a key: half of it or twice as much, or a part of it aside.
package enum TimeZoom: Hashable, Sendable {
  case closer, wider, earlier, later
  /// A whole range aside.
  case previous, next

  /// The range after the change.
  ///
  /// - Parameters:
  ///   - range: what is seen.
  ///   - centre: what stays where it is; nil: the middle.
  ///   - whole: all there is; reaching beyond it is everything. Nil where more may come.
  /// - Returns: nil when there is no such range.
  package func applied(
    to range: TimeSpan, around centre: UnixNanos? = nil, whole: TimeSpan? = nil
  ) -> TimeClause? {
    let length = range.length
    guard length > 0 else { return nil }
    let share =
      centre.map { min(1, max(0, Double($0.since(range.start)) / Double(length))) } ?? 0.5
    var (start, end) = (range.start, range.end)
    switch self {
    case .closer, .wider:
      let wanted = self == .closer ? max(1_000, length / 2) : min(length * 2, Int64.max / 4)
      let fixed = start.advanced(by: Int64(share * Double(length)))
      start = fixed.advanced(by: -Int64(share * Double(wanted)))
      end = start.advanced(by: wanted)
    case .earlier, .later:
      let step = self == .later ? max(1, length / 2) : -max(1, length / 2)
      (start, end) = (start.advanced(by: step), end.advanced(by: step))
    case .previous: (start, end) = (start.advanced(by: -length), start)
    case .next: (start, end) = (end, end.advanced(by: length))
    }
    guard end > start else { return nil }
    if self == .wider, let whole, start <= whole.start, end >= whole.end { return .all }
    let grain = Self.grain(of: end.since(start))
    return .range(
      from: .instant(start.rounded(to: grain)), to: .instant(end.rounded(to: grain)))
  }

  /// The power of ten nanoseconds that a range of `length` is told in: a hundredth of it or less.
  private static func grain(of length: Int64) -> UInt64 {
    var grain: UInt64 = 1
    while grain * 1_000 <= UInt64(max(1, length)), grain < 1_000_000_000 { grain *= 10 }
    return grain
  }
}

extension UnixNanos {
  /// The nearest multiple of `grain` nanoseconds.
  fileprivate func rounded(to grain: UInt64) -> UnixNanos {
    let (sum, overflow) = sinceEpoch.addingReportingOverflow(grain / 2)
    return UnixNanos(overflow ? sinceEpoch : sum - sum % grain)
  }
}
