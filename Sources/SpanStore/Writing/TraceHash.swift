import Telemetry

/// Where each trace held is, by id: a flat open-addressing table that is probed once a span.
struct TraceHash {
  private var high: [UInt64] = []
  private var low: [UInt64] = []
  /// What is stored for the id; -1: empty.
  private var values: [Int64] = []
  private var mask = 0
  private(set) var count = 0

  private static let smallest = 1_024

  init() { resize(Self.smallest) }

  /// Heap bytes beyond those of an empty table.
  var byteCount: Int { (values.count - Self.smallest) * 24 }

  private mutating func resize(_ size: Int) {
    let old = (high, low, values)
    high = [UInt64](repeating: 0, count: size)
    low = high
    values = [Int64](repeating: -1, count: size)
    mask = size - 1
    for index in old.2.indices where old.2[index] >= 0 {
      let slot = slot(old.0[index], old.1[index])
      (high[slot], low[slot], values[slot]) = (old.0[index], old.1[index], old.2[index])
    }
  }

  @inline(__always)
  private func home(_ high: UInt64, _ low: UInt64) -> Int {
    Int(truncatingIfNeeded: ByteHash.fold(high ^ low &* 0x9E37_79B9_7F4A_7C15)) & mask
  }

  @inline(__always)
  private func slot(_ wantedHigh: UInt64, _ wantedLow: UInt64) -> Int {
    var index = home(wantedHigh, wantedLow)
    while values[index] >= 0, low[index] != wantedLow || high[index] != wantedHigh {
      index = (index + 1) & mask
    }
    return index
  }

  subscript(high wantedHigh: UInt64, low wantedLow: UInt64) -> Int64? {
    let index = slot(wantedHigh, wantedLow)
    return values[index] < 0 ? nil : values[index]
  }

  mutating func set(_ wantedHigh: UInt64, _ wantedLow: UInt64, _ value: Int64) {
    if count * 4 >= values.count * 3 { resize(values.count * 2) }
    let index = slot(wantedHigh, wantedLow)
    if values[index] < 0 { count += 1 }
    (high[index], low[index], values[index]) = (wantedHigh, wantedLow, value)
  }

  /// Removes an id and closes the gap, so that no tombstones gather.
  mutating func remove(_ wantedHigh: UInt64, _ wantedLow: UInt64) {
    var gap = slot(wantedHigh, wantedLow)
    guard values[gap] >= 0 else { return }
    count -= 1
    defer { if values.count > Self.smallest, count * 8 < values.count { resize(values.count / 2) } }
    values[gap] = -1
    var index = (gap + 1) & mask
    while values[index] >= 0 {
      let home = home(high[index], low[index])
      let isBetween = gap <= index ? home > gap && home <= index : home > gap || home <= index
      if !isBetween {
        (high[gap], low[gap], values[gap]) = (high[index], low[index], values[index])
        values[index] = -1
        gap = index
      }
      index = (index + 1) & mask
    }
  }
}
