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
    func hash(_ place: Int) -> UInt64 { hashes[place] }

    func isInteger(_ place: Int) -> Bool { kinds[place] == Kind.integer.rawValue }

    func isDouble(_ place: Int) -> Bool { kinds[place] == Kind.double.rawValue }

    /// Whether one is an integer and the other the same number as a double.
    private func isEqualNumber(_ place: Int, to other: Reading, _ otherPlace: Int) -> Bool {
      if isDouble(place), other.isInteger(otherPlace) {
        return other.isEqualNumber(otherPlace, to: self, place)
      }
      guard isInteger(place), other.isDouble(otherPlace) else { return false }
      return Int64(exactly: Double(bitPattern: other.bits[otherPlace]))
        == Int64(bitPattern: bits[place])
    }

    /// Whether two values are the same.
    @inline(__always)
    func isEqual(_ place: Int, to other: Reading, _ otherPlace: Int) -> Bool {
      guard hashes[place] == other.hashes[otherPlace] else { return false }
      guard kinds[place] == other.kinds[otherPlace], lengths[place] == other.lengths[otherPlace]
      else { return isEqualNumber(place, to: other, otherPlace) }
      guard ValueList.hasBytes(kinds[place]) else { return bits[place] == other.bits[otherPlace] }
      let length = Int(lengths[place])
      let (own, its) = (Int(bits[place]), Int(other.bits[otherPlace]))
      return ByteHash.isEqual(
        UnsafeBufferPointer(rebasing: arena[own..<own &+ length]),
        UnsafeBufferPointer(rebasing: other.arena[its..<its &+ length]))
    }
  }
}
