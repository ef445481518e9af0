#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
import QueryLanguage

/// The time zone of this machine, or of `TZ`.
///
/// The C library's: Foundation's zones are those of a library that a self-contained binary has not.
enum LocalTime {
  /// From 1970 to here changes are looked for, Unix seconds: 2100.
  private static let end: Int64 = 4_102_444_800
  private static let week: Int64 = 7 * 86_400

  /// What the clocks here showed and will show, as far as the system knows.
  static var zone: ZoneOffsets {
    tzset()
    let first = offset(at: 0)
    var changes: [ZoneOffsets.Change] = []
    var (second, known) = (Int64(0), first)
    while second < end {
      let next = second + week
      let found = offset(at: next)
      if found != known {
        changes.append(
          .init(second: change(after: second, until: next, from: known), offset: found))
        known = found
      }
      second = next
    }
    return ZoneOffsets(first, changes)
  }

  /// The first second at which the offset is another one.
  private static func change(after start: Int64, until end: Int64, from known: Int) -> Int64 {
    var (low, high) = (start, end)
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if offset(at: middle) == known { low = middle } else { high = middle }
    }
    return high
  }

  /// Seconds east of Greenwich at an instant, Unix seconds.
  private static func offset(at second: Int64) -> Int {
    var (time, parts) = (time_t(second), tm())
    guard localtime_r(&time, &parts) != nil else { return 0 }
    return parts.tm_gmtoff
  }
}
