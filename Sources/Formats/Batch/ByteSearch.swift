/// Byte comparisons and searches for the hot loops.
///
/// They take pointers because their callers hold positions inside parser buffers; every caller
/// vouches for `count` readable bytes.
enum ByteSearch {
  /// Whether two stretches hold the same bytes.
  ///
  /// - Complexity: O(*n*), eight bytes a step.
  @inline(__always)
  static func areEqual(
    _ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>, _ count: Int
  ) -> Bool {
    let one = UnsafeRawPointer(a)
    let two = UnsafeRawPointer(b)
    var offset = 0
    while offset &+ 8 <= count {
      if one.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        != two.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      {
        return false
      }
      offset &+= 8
    }
    while offset < count {
      if a[offset] != b[offset] { return false }
      offset &+= 1
    }
    return true
  }

  /// The position of a byte at or after `start`, or `end`.
  ///
  /// - Complexity: O(*n*), eight bytes a step.
  @inline(__always)
  static func find(
    _ byte: UInt8, in base: UnsafePointer<UInt8>, from start: Int, to end: Int
  ) -> Int {
    let pattern = UInt64(byte) &* 0x0101_0101_0101_0101
    let raw = UnsafeRawPointer(base)
    var offset = start
    while offset &+ 8 <= end {
      let word =
        UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) ^ pattern
      let hit = (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
      if hit != 0 { return offset &+ hit.trailingZeroBitCount >> 3 }
      offset &+= 8
    }
    while offset < end, base[offset] != byte { offset &+= 1 }
    return offset
  }

  /// Whether `text` begins at `offset`.
  @inline(__always)
  static func has(
    _ text: StaticString, in base: UnsafePointer<UInt8>, at offset: Int, end: Int
  ) -> Bool {
    let count = text.utf8CodeUnitCount
    return end &- offset >= count && areEqual(base + offset, text.utf8Start, count)
  }

  /// Where `text` stands first in `start..<end`, or nil.
  static func find(
    _ text: StaticString, in base: UnsafePointer<UInt8>, from start: Int, to end: Int
  ) -> Int? {
    let first = text.utf8Start[0]
    var offset = find(first, in: base, from: start, to: end)
    while offset < end {
      if has(text, in: base, at: offset, end: end) { return offset }
      offset = find(first, in: base, from: offset + 1, to: end)
    }
    return nil
  }
}

extension ByteSearch {
  /// The position of the next line end; nil when there is none.
  static func newline(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard let base = bytes.baseAddress, start < bytes.count else { return nil }
    let offset = find(0x0A, in: base, from: start, to: bytes.count)
    return offset < bytes.count ? offset : nil
  }

  /// Whether `byte` stands anywhere in `bytes`.
  static func has(_ byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let base = bytes.baseAddress else { return false }
    return find(byte, in: base, from: 0, to: bytes.count) < bytes.count
  }

  /// Whether `text` stands anywhere in `bytes`.
  static func has(_ text: StaticString, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let base = bytes.baseAddress else { return false }
    return find(text, in: base, from: 0, to: bytes.count) != nil
  }
}
