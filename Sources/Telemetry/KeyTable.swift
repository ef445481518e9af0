/// The distinct attribute keys of a batch, found again without hashing when they recur in order.
///
/// Spans of one kind carry the same keys in the same order, so the table remembers which key
/// followed which and tries that one first.
package struct KeyTable: Sendable {
  /// Where each key lies in the batch's arena.
  @usableFromInline package private(set) var ranges: [ByteRange] = []
  @usableFromInline var successor: [UInt32] = []
  @usableFromInline var last = 0
  private var slots: [UInt32] = []

  package init() {}

  package var count: Int { ranges.count }

  var heapBytes: Int {
    ranges.capacity * MemoryLayout<ByteRange>.stride + (successor.capacity + slots.capacity) * 4
  }

  /// Where the key lies in the arena that ``index(of:arena:)`` was given.
  @inlinable package subscript(index: Int) -> ByteRange { ranges[index] }

  mutating func removeAll() {
    ranges.removeAll(keepingCapacity: true)
    successor.removeAll(keepingCapacity: true)
    slots.removeAll(keepingCapacity: true)
    last = 0
  }

  /// The index of `key`, copying it into `arena` when it is new.
  ///
  /// - Complexity: O(key length): one comparison while keys recur in their order, a hash otherwise.
  @inlinable
  package mutating func index(
    of key: UnsafeBufferPointer<UInt8>, arena: inout [UInt8]
  ) -> UInt32 {
    if last < successor.count {
      let guess = Int(successor[last])
      if guess < successor.count, isKey(guess, key, arena) {
        last = guess
        return UInt32(truncatingIfNeeded: guess)
      }
    }
    let found = find(key, &arena)
    if last < successor.count { successor[last] = found }
    last = Int(found)
    return found
  }

  /// Compares eight bytes at a time: this runs once for every attribute of every span.
  @inlinable @inline(__always)
  func isKey(_ index: Int, _ key: UnsafeBufferPointer<UInt8>, _ arena: [UInt8]) -> Bool {
    let range = ranges[index]
    let count = key.count
    guard Int(range.length) == count, let base = key.baseAddress else {
      return range.isEmpty && key.isEmpty
    }
    return arena.withUnsafeBytes { bytes in
      guard range.indices.upperBound <= bytes.count, let start = bytes.baseAddress else {
        return false
      }
      let ours = start + Int(range.offset)
      let theirs = UnsafeRawPointer(base)
      var modes = 0
      while modes &+ 8 <= count {
        if ours.loadUnaligned(fromByteOffset: modes, as: UInt64.self)
          != theirs.loadUnaligned(fromByteOffset: modes, as: UInt64.self)
        {
          return false
        }
        modes &+= 8
      }
      while modes < count {
        if ours.load(fromByteOffset: modes, as: UInt8.self) != key[modes] { return false }
        modes &+= 1
      }
      return true
    }
  }

  /// Looks the key up by hash, adding it when it is new.
  @usableFromInline
  mutating func find(_ key: UnsafeBufferPointer<UInt8>, _ arena: inout [UInt8]) -> UInt32 {
    if slots.count < (ranges.count + 1) * 2 { grow(arena) }
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: ByteHash.hash(key)) & mask
    while slots[slot] != 0 {
      let index = Int(slots[slot]) - 1
      if isKey(index, key, arena) { return UInt32(truncatingIfNeeded: index) }
      slot = (slot + 1) & mask
    }
    let offset = arena.count
    arena.append(contentsOf: key)
    ranges.append(
      ByteRange(
        offset: UInt32(truncatingIfNeeded: offset), length: UInt32(truncatingIfNeeded: key.count)))
    successor.append(.max)
    slots[slot] = UInt32(truncatingIfNeeded: ranges.count)
    return UInt32(truncatingIfNeeded: ranges.count - 1)
  }

  /// The index of a key that is there.
  ///
  /// - Complexity: O(key length).
  package func find(_ key: UnsafeBufferPointer<UInt8>, in arena: [UInt8]) -> UInt32? {
    guard !slots.isEmpty else { return nil }
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: ByteHash.hash(key)) & mask
    while slots[slot] != 0 {
      let index = Int(slots[slot]) - 1
      if isKey(index, key, arena) { return UInt32(truncatingIfNeeded: index) }
      slot = (slot + 1) & mask
    }
    return nil
  }

  private mutating func grow(_ arena: [UInt8]) {
    let size = max(64, slots.count * 2)
    slots = [UInt32](repeating: 0, count: size)
    arena.withUnsafeBufferPointer { bytes in
      for (index, range) in ranges.enumerated() {
        let key = UnsafeBufferPointer(rebasing: bytes[range.indices])
        var slot = Int(truncatingIfNeeded: ByteHash.hash(key)) & (size - 1)
        while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
        slots[slot] = UInt32(truncatingIfNeeded: index + 1)
      }
    }
  }
}

extension ByteRange {
  /// The range as positions in the arena.
  @inlinable package var indices: Range<Int> { Int(offset)..<Int(offset) + Int(length) }
}
