package import Telemetry

/// How far the clocks of a position are from UTC, and since when: an instant is shown, and read, with
/// the offset in force then.
package struct ZoneOffsets: Hashable, Sendable {
  /// Clocks were set.
  package struct Change: Hashable, Sendable {
    /// Unix seconds.
    package var second: Int64
    /// From then on, seconds east of UTC.
    package var offset: Int

    package init(second: Int64, offset: Int) { (self.second, self.offset) = (second, offset) }
  }

  /// Before the first change, seconds east of UTC.
  private let first: Int
  /// In the order of time.
  private let changes: [Change]

  /// - Parameter changes: in the order of time.
  package init(_ first: Int, _ changes: [Change] = []) {
    (self.first, self.changes) = (first, changes)
  }

  package static let utc = ZoneOffsets(0)

  /// Seconds east of UTC at an instant.
  ///
  /// - Complexity: O(log changes).
  package func offset(at instant: UnixNanos) -> Int {
    offset(atSecond: Int64(instant.sinceEpoch / 1_000_000_000))
  }

  private func offset(atSecond second: Int64) -> Int {
    var (low, high) = (0, changes.count)
    while low < high {
      let middle = (low + high) / 2
      if changes[middle].second <= second { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? first : changes[low - 1].offset
  }

  /// Seconds east of UTC when the clocks of the position show a time, given as the Unix seconds at which
  /// clocks in UTC do. Of an hour that comes twice it is the first, and one that is left out is read
  /// as before the change.
  func offset(atLocalSecond local: Int64) -> Int {
    let before = offset(atSecond: local - 86_400)
    let after = offset(atSecond: local + 86_400)
    if offset(atSecond: local - Int64(before)) == before { return before }
    return offset(atSecond: local - Int64(after)) == after ? after : before
  }

  /// `Z`, `+01:00`, `-03:30`.
  package static func text(_ offset: Int) -> String {
    guard offset != 0 else { return "Z" }
    let minutes = abs(offset) / 60
    let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
    return "\(offset < 0 ? "-" : "+")\(two(minutes / 60)):\(two(minutes % 60))"
  }
}
