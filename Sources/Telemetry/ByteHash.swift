/// A fast hash of bytes for tables inside the program; not seeded, so never for hostile persistent
/// stores, and tables that use it compare the bytes as well.
package enum ByteHash {
  /// Multiply-and-fold over eight bytes at a time (the scheme known as *wyhash* or *foldhash*).
  ///
  /// - Complexity: O(*n*), about 8 bytes a multiplication.
  @inlinable
  package static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    guard let base = bytes.baseAddress else { return 0x9E37_79B9_7F4A_7C15 }
    let raw = UnsafeRawPointer(base)
    let count = bytes.count
    var state = UInt64(truncatingIfNeeded: count) &* 0x9E37_79B9_7F4A_7C15
    var index = 0
    while index &+ 8 <= count {
      state = fold(state ^ raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      index &+= 8
    }
    if index < count { state = fold(state ^ tail(raw, count)) }
    return state ^ state >> 29
  }

  /// The last bytes, up to eight of them; those before them that fit are taken again.
  @inlinable @inline(__always)
  static func tail(_ raw: UnsafeRawPointer, _ count: Int) -> UInt64 {
    if count >= 8 { return raw.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self) }
    if count >= 4 {
      let first = raw.loadUnaligned(as: UInt32.self)
      let last = raw.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self)
      return UInt64(first) << 32 | UInt64(last)
    }
    let first = raw.load(as: UInt8.self)
    let middle = raw.load(fromByteOffset: count >> 1, as: UInt8.self)
    let last = raw.load(fromByteOffset: count &- 1, as: UInt8.self)
    return UInt64(first) << 16 | UInt64(middle) << 8 | UInt64(last)
  }

  /// One mixing step of a 64-bit value; good enough to index a table of a power of two.
  @inlinable
  package static func fold(_ value: UInt64) -> UInt64 {
    let product = (value ^ 0xA076_1D64_78BD_642F).multipliedFullWidth(by: 0xE703_7ED1_A0B4_28DB)
    return product.high ^ product.low
  }
}

extension ByteHash {
  /// Compares eight bytes at a time.
  @inlinable
  package static func isEqual(
    _ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    guard a.count == b.count else { return false }
    guard let left = a.baseAddress, let right = b.baseAddress else { return true }
    let (left8, right8) = (UnsafeRawPointer(left), UnsafeRawPointer(right))
    let count = a.count
    var index = 0
    while index &+ 8 <= count {
      if left8.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        != right8.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      {
        return false
      }
      index &+= 8
    }
    return index == count || tail(left8, count) == tail(right8, count)
  }
}
