import Telemetry

/// Widths of buckets that people read easily.
enum Granularity {
  private static let second: Int64 = 1_000_000_000
  private static let minute = 60 * second
  private static let hour = 60 * minute
  static let day = 24 * hour

  /// 1 ms … 1 d.
  static let ladder: [Int64] =
    [1, 2, 5, 10, 20, 50, 100, 200, 500].map { $0 * 1_000_000 }
    + [1, 2, 5, 10, 15, 30].map { $0 * second }
    + [1, 2, 5, 10, 15, 30].map { $0 * minute }
    + [1, 2, 3, 4, 6, 12].map { $0 * hour } + [day]

  /// The narrowest width of the ladder that needs at most `columns` buckets, and whole days past
  /// its end.
  static func chosen(for range: Range<UInt64>, columns: Int) -> UInt64 {
    let columns = UInt64(max(1, columns))
    for step in ladder where buckets(range, UInt64(step)) <= columns { return UInt64(step) }
    var days: UInt64 = 2
    while buckets(range, days * UInt64(day)) > columns, days < 1 << 17 { days *= 2 }
    return days * UInt64(day)
  }

  /// Buckets that overlap the range, aligned to multiples of their width.
  static func buckets(_ range: Range<UInt64>, _ width: UInt64) -> UInt64 {
    guard !range.isEmpty, width > 0 else { return 0 }
    return (range.upperBound - 1) / width - range.lowerBound / width + 1
  }
}
