import Telemetry

/// Whether a phrase is in a value of a batch, whatever the value's type.
struct PhraseMatch {
  /// Lower case.
  let needle: [UInt8]
  let isHex: Bool
  private let hits: ArenaHits
  private let isInTrue: Bool
  private let isInFalse: Bool
  /// Only such phrases can be in the digits of a number.
  private let isInteger: Bool
  private let isDouble: Bool

  init(_ needle: [UInt8], _ arena: [UInt8]) {
    self.needle = needle
    hits = ArenaHits(needle, arena)
    isInTrue = ArenaHits.contains(Array("true".utf8), needle)
    isInFalse = ArenaHits.contains(Array("false".utf8), needle)
    isInteger = needle.allSatisfy { Array("-0123456789".utf8).contains($0) }
    isDouble = needle.allSatisfy { Array("+-.0123456789efinat".utf8).contains($0) }
    isHex = needle.allSatisfy { Array("0123456789abcdef".utf8).contains($0) }
  }

  func isIn(_ range: ByteRange) -> Bool { hits.isHit(range) }

  @inline(__always)
  func isIn(_ record: AttributeRecord) -> Bool {
    switch record.type {
    case .text, .array, .map: return hits.isHit(record.bytes)
    case .integer: return isInteger && isIn(integer: record.integer)
    case .double: return isDouble && isIn(digits: record.double.description)
    case .bool: return record.bool ? isInTrue : isInFalse
    case .bytes, .empty: return false
    }
  }

  private func isIn(integer: Int64) -> Bool {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
      var rest = integer.magnitude
      var index = 20
      repeat {
        index -= 1
        digits[index] = UInt8(truncatingIfNeeded: rest % 10) + UInt8(ascii: "0")
        rest /= 10
      } while rest > 0
      if integer < 0, index > 0 {
        index -= 1
        digits[index] = UInt8(ascii: "-")
      }
      return ArenaHits.contains(UnsafeBufferPointer(rebasing: digits[index...]), needle)
    }
  }

  private func isIn(digits: String) -> Bool {
    var digits = digits.lowercased()
    return digits.withUTF8 { ArenaHits.contains($0, needle) }
  }
}

/// Every position of an arena where a phrase stands, found in one pass, ready to be asked of ranges.
struct ArenaHits {
  private let length: Int
  private let positions: [UInt32]
  /// For each block of 64 bytes, the index of the first of them in it or behind it.
  private let firstOfBlock: [UInt32]

  /// - Parameter needle: lower case; case is ignored for ASCII.
  /// - Complexity: O(arena).
  init(_ needle: [UInt8], _ arena: [UInt8]) {
    length = needle.count
    guard let first = needle.first, arena.count >= needle.count else {
      (positions, firstOfBlock) = ([], [])
      return
    }
    var positions: [UInt32] = []
    let isLetter = first >= 0x61 && first <= 0x7A
    let upper = isLetter ? first & ~0x20 : first
    arena.withUnsafeBufferPointer { text in
      needle.withUnsafeBufferPointer { needle in
        for start in 0...(text.count - needle.count)
        where text[start] == first || text[start] == upper {
          var position = 1
          while position < needle.count, Self.lower(text[start + position]) == needle[position] {
            position += 1
          }
          if position == needle.count { positions.append(UInt32(truncatingIfNeeded: start)) }
        }
      }
    }
    self.positions = positions
    guard !positions.isEmpty else {
      firstOfBlock = []
      return
    }
    var blocks = [UInt32](repeating: UInt32(positions.count), count: arena.count / 64 + 2)
    for (index, position) in positions.enumerated().reversed() {
      blocks[Int(position) / 64] = UInt32(index)
    }
    for block in blocks.indices.dropLast().reversed() where blocks[block] > blocks[block + 1] {
      blocks[block] = blocks[block + 1]
    }
    firstOfBlock = blocks
  }

  /// Whether the phrase stands inside a range. An empty phrase stands everywhere.
  @inline(__always)
  func isHit(_ range: ByteRange) -> Bool {
    guard !positions.isEmpty else { return length == 0 }
    let start = range.offset
    let end = Int(start) + Int(range.length)
    guard Int(range.length) >= length, Int(start) / 64 < firstOfBlock.count else { return false }
    var index = Int(firstOfBlock[Int(start) / 64])
    while index < positions.count, positions[index] < start { index += 1 }
    return index < positions.count && Int(positions[index]) + length <= end
  }

  static func lower(_ byte: UInt8) -> UInt8 {
    byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
  }

  /// For short texts.
  static func contains(_ text: [UInt8], _ needle: [UInt8]) -> Bool {
    text.withUnsafeBufferPointer { contains($0, needle) }
  }

  static func contains(_ text: UnsafeBufferPointer<UInt8>, _ needle: [UInt8]) -> Bool {
    guard text.count >= needle.count else { return false }
    return needle.withUnsafeBufferPointer { needle in
      for start in 0...(text.count - needle.count) {
        var index = 0
        while index < needle.count, lower(text[start + index]) == needle[index] { index += 1 }
        if index == needle.count { return true }
      }
      return false
    }
  }
}
