/// A hash table from span ids to their places, reused from trace to trace.
struct IDTable {
  private var keys: [UInt64] = []
  private var values: [Int32] = []
  private var mask = 0
  private(set) var count = 0

  /// Empties it and makes room for `capacity` ids.
  mutating func clear(capacity: Int) {
    var size = 16
    while size < capacity * 2 { size *= 2 }
    count = 0
    if size == keys.count {
      for index in values.indices { values[index] = -1 }
    } else {
      keys = [UInt64](repeating: 0, count: size)
      values = [Int32](repeating: -1, count: size)
    }
    mask = size - 1
  }

  @inline(__always)
  private func slot(_ key: UInt64) -> Int {
    var place = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
    while values[place] >= 0, keys[place] != key { place = (place + 1) & mask }
    return place
  }

  /// Adds an id; returns the place it had before, if it was there.
  mutating func insert(_ key: UInt64, _ value: Int32) -> Int32? {
    let place = slot(key)
    guard values[place] < 0 else { return values[place] }
    keys[place] = key
    values[place] = value
    count += 1
    return nil
  }

  /// Adds an id to a set that may grow; false when it was there.
  mutating func insertGrowing(_ key: UInt64) -> Bool {
    if count * 2 >= keys.count {
      let old = zip(keys, values).filter { $0.1 >= 0 }.map(\.0)
      clear(capacity: max(16, keys.count))
      for key in old { _ = insert(key, 0) }
    }
    return insert(key, 0) == nil
  }

  func find(_ key: UInt64) -> Int32? {
    guard !keys.isEmpty else { return nil }
    let place = slot(key)
    return values[place] < 0 ? nil : values[place]
  }
}
