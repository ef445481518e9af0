import SpanStore

/// Where the starts of the spans held lie, and which of them lie far from all others.
///
/// A stray stands so far off that a graph reaching to it would draw everything else as one line:
/// more than a hundred times the extent of the rest away from it, in a number below a thousandth of
/// the spans; one alone among a hundred spans or more may be one too. A start of zero is no time:
/// such spans are strays wherever others have one.
struct StartExtent: Sendable {
  /// Of all spans.
  let all: ClosedRange<UInt64>
  /// Of all spans but the strays.
  private(set) var usual: ClosedRange<UInt64>
  /// The starts of the strays, rising.
  private(set) var strays: [UInt64] = []

  /// Below this many spans one far from the others is as telling as any.
  private static let fewest = 100
  /// How many times the rest's extent strays are away from it.
  private static let distance: UInt64 = 100
  /// Spans that start at one instant, or nearly, are taken to reach over this time.
  private static let leastExtent: UInt64 = 1_000_000_000

  /// Nil without spans.
  ///
  /// - Complexity: O(segments) where the starts of each lie close together or all lie evenly; O(rows)
  ///   of the segments that strays are in.
  init?(_ snapshot: Snapshot) {
    let segments = snapshot.views.lazy.map(\.segment).filter { $0.rowCount > 0 }
    guard let first = segments.map(\.minStart).min(), let last = segments.map(\.maxStart).max()
    else { return nil }
    all = first...last
    usual = all
    leaveOutZeros(Array(segments))
    leaveOutFar(Array(segments))
    strays.sort()
  }

  private mutating func leaveOutZeros(_ segments: [Segment]) {
    guard usual.lowerBound == 0, usual.upperBound > 0 else { return }
    var (least, zeros) = (usual.upperBound, 0)
    for segment in segments {
      guard segment.minStart == 0 else {
        least = min(least, segment.minStart)
        continue
      }
      for start in segment.starts {
        if start == 0 { zeros += 1 } else { least = min(least, start) }
      }
    }
    usual = least...usual.upperBound
    strays += [UInt64](repeating: 0, count: zeros)
  }

  private mutating func leaveOutFar(_ segments: [Segment]) {
    let count = segments.reduce(0) { $0 + $1.rowCount }
    guard count >= Self.fewest else { return }
    var room = max(1, (count - 1) / 1_000)
    let middle = Self.middle(segments)
    // Behind a stray of years may stand one of days: looked at anew without the first.
    while room > 0, let found = split(segments, around: middle, room), !found.strays.isEmpty {
      strays += found.strays
      room -= found.strays.count
      usual = found.rest
    }
  }

  /// A start with about as many spans before it as after it: among the rest, if there are strays.
  private static func middle(_ segments: [Segment]) -> UInt64 {
    let starts = segments.map { (start: $0.start(ofRow: $0.rowCount / 2), rows: $0.rowCount) }
      .sorted { $0.start < $1.start }
    var left = starts.reduce(0) { $0 + $1.rows } / 2
    for (start, rows) in starts {
      left -= rows
      if left < 0 { return start }
    }
    return starts.last?.start ?? 0
  }

  /// What lies near the middle, and what lies far from that; nil when too much does.
  private func split(
    _ segments: [Segment], around middle: UInt64, _ room: Int
  ) -> (rest: ClosedRange<UInt64>, strays: [UInt64])? {
    let reach = (usual.upperBound - usual.lowerBound) / Self.distance
    guard reach >= Self.leastExtent, usual.contains(middle) else { return nil }
    let near = middle - min(middle, reach)...middle + min(UInt64.max - middle, reach)
    var rest = middle...middle
    var far: [UInt64] = []
    for segment in segments {
      if near.contains(segment.minStart), near.contains(segment.maxStart) {
        rest = rest.joined(segment.minStart).joined(segment.maxStart)
        continue
      }
      for start in segment.starts where usual.contains(start) {
        if near.contains(start) {
          rest = rest.joined(start)
        } else {
          far.append(start)
          if far.count > room { return nil }
        }
      }
    }
    return Self.joining(rest, far.sorted())
  }

  /// Takes into the rest what is not that far from it, the nearest first.
  private static func joining(
    _ near: ClosedRange<UInt64>, _ far: [UInt64]
  ) -> (rest: ClosedRange<UInt64>, strays: [UInt64]) {
    var rest = near
    var before = far[..<(far.firstIndex { $0 > near.upperBound } ?? far.endIndex)]
    var after = far[before.endIndex...]
    while true {
      let extent = max(rest.upperBound - rest.lowerBound, leastExtent)
      let gapBefore = before.last.map { rest.lowerBound - $0 } ?? .max
      let gapAfter = after.first.map { $0 - rest.upperBound } ?? .max
      guard min(gapBefore, gapAfter) / distance <= extent, !(before.isEmpty && after.isEmpty)
      else { return (rest, Array(before + after)) }
      if gapBefore <= gapAfter, let start = before.popLast() {
        rest = rest.joined(start)
      } else if let start = after.popFirst() {
        rest = rest.joined(start)
      }
    }
  }
}

extension ClosedRange<UInt64> {
  fileprivate func joined(_ value: UInt64) -> ClosedRange<UInt64> {
    Swift.min(lowerBound, value)...Swift.max(upperBound, value)
  }
}

extension Segment {
  fileprivate func start(ofRow row: Int) -> UInt64 { UInt64(bitPattern: start[row]) }

  /// Of every row.
  fileprivate var starts: some Sequence<UInt64> {
    start.decoded().lazy.map { UInt64(bitPattern: $0) }
  }
}
