import Telemetry

extension ValueList {
  /// A list as addresses, for loops that compare values of many lists: an array that is reached
  /// through another is counted as used each time, which costs more than to compare.
  ///
  /// - Warning: good only while the list is held and nobody changes it.
  struct Reading: @unchecked Sendable {
    private let kinds: UnsafeBufferPointer<UInt8>
    private let bits: UnsafeBufferPointer<UInt64>
    private let lengths: UnsafeBufferPointer<UInt32>
    private let hashes: UnsafeBufferPointer<UInt64>
    private let arena: UnsafeBufferPointer<UInt8>

    init(_ list: ValueList) {
      kinds = list.kinds.withUnsafeBufferPointer { $0 }
      bits = list.bits.withUnsafeBufferPointer { $0 }
      lengths = list.lengths.withUnsafeBufferPointer { $0 }
      hashes = list.hashes.withUnsafeBufferPointer { $0 }
      arena = list.arena.withUnsafeBufferPointer { $0 }
    }

    @inline(__always)
    func hash(_ index: Int) -> UInt64 { hashes[index] }

    func isInteger(_ index: Int) -> Bool { kinds[index] == Kind.integer.rawValue }

    func isDouble(_ index: Int) -> Bool { kinds[index] == Kind.double.rawValue }

    /// Whether one is an integer and the other the same number as a double.
    private func isEqualNumber(_ index: Int, to other: Reading, _ otherIndex: Int) -> Bool {
      if isDouble(index), other.isInteger(otherIndex) {
        return other.isEqualNumber(otherIndex, to: self, index)
      }
      guard isInteger(index), other.isDouble(otherIndex) else { return false }
      return Int64(exactly: Double(bitPattern: other.bits[otherIndex]))
        == Int64(bitPattern: bits[index])
    }

    /// Whether two values are the same.
    @inline(__always)
    func isEqual(_ index: Int, to other: Reading, _ otherIndex: Int) -> Bool {
      guard hashes[index] == other.hashes[otherIndex] else { return false }
      guard kinds[index] == other.kinds[otherIndex], lengths[index] == other.lengths[otherIndex]
      else { return isEqualNumber(index, to: other, otherIndex) }
      guard ValueList.hasBytes(kinds[index]) else { return bits[index] == other.bits[otherIndex] }
      let length = Int(lengths[index])
      let (own, its) = (Int(bits[index]), Int(other.bits[otherIndex]))
      return ByteHash.isEqual(
        UnsafeBufferPointer(rebasing: arena[own..<own &+ length]),
        UnsafeBufferPointer(rebasing: other.arena[its..<its &+ length]))
    }
  }
}
