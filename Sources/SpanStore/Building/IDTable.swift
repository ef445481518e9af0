import Telemetry

/// A hash table from 64-bit ids to small numbers, reused from trace to trace.
struct IDTable: ~Copyable {
  private var keys = GrowingBuffer<UInt64>()
  /// -1: free.
  private var values = GrowingBuffer<Int32>()
  private var mask = 0
  private(set) var count = 0

  init() {}

  /// Empties it and makes room for `capacity` ids.
  mutating func clear(capacity: Int) {
    var size = 16
    while size < capacity * 2 { size *= 2 }
    resize(size)
  }

  private mutating func resize(_ size: Int) {
    // A free slot's key means nothing.
    keys.reset(count: size)
    values.reset(repeating: -1, count: size)
    mask = size - 1
    count = 0
  }

  @inline(__always)
  private func slot(_ key: UInt64) -> Int {
    var index = Int(truncatingIfNeeded: ByteHash.fold(key)) & mask
    while values.base[index] >= 0, keys.base[index] != key { index = (index &+ 1) & mask }
    return index
  }

  /// Adds an id; returns the number it had before, if it was there, and leaves that.
  @inline(__always)
  mutating func insert(_ key: UInt64, _ value: Int32) -> Int32? {
    if count &* 2 >= values.count { grow() }
    let index = slot(key)
    guard values.base[index] < 0 else { return values.base[index] }
    keys.base[index] = key
    values.base[index] = value
    count &+= 1
    return nil
  }

  @inline(__always)
  func find(_ key: UInt64) -> Int32? {
    guard count > 0 else { return nil }
    let value = values.base[slot(key)]
    return value < 0 ? nil : value
  }

  private mutating func grow() {
    let (oldKeys, oldValues) = (keys.array(), values.array())
    resize(max(16, oldKeys.count * 2))
    for (key, value) in zip(oldKeys, oldValues) where value >= 0 { _ = insert(key, value) }
  }
}
