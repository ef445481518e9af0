/// A fixed number of bits in 64-bit words; bits behind the last one are always zero.
package struct Bitmap: Hashable, Sendable {
  /// Bits, set or not.
  package let count: Int
  /// Bit *i* is bit *i* mod 64 of word *i* / 64, the lowest bit first.
  @usableFromInline package internal(set) var words: [UInt64]

  package init(repeating bit: Bool, count: Int) {
    self.count = count
    words = [UInt64](repeating: bit ? .max : 0, count: (count + 63) / 64)
    if bit { clearTail() }
  }

  /// Takes words whose bits behind `count` are ignored.
  package init(words: [UInt64], count: Int) {
    self.count = count
    self.words = words
    clearTail()
  }

  /// - Precondition: `index` is below ``count``. The bits between that and the end of the last word
  ///   are not guarded, and must stay zero.
  @inlinable
  package subscript(index: Int) -> Bool {
    get { words[index >> 6] & (1 << UInt64(index & 63)) != 0 }
    set {
      if newValue { insert(index) } else { remove(index) }
    }
  }

  @inlinable
  package mutating func insert(_ index: Int) { words[index >> 6] |= 1 << UInt64(index & 63) }

  @inlinable
  package mutating func remove(_ index: Int) { words[index >> 6] &= ~(1 << UInt64(index & 63)) }

  /// - Complexity: O(words that the range touches).
  package mutating func insert(_ range: Range<Int>) {
    Self.forEachWord(range) { words[$0] |= $1 }
  }

  /// - Complexity: O(words that the range touches).
  package mutating func remove(_ range: Range<Int>) {
    Self.forEachWord(range) { words[$0] &= ~$1 }
  }

  /// Calls `body` with each word that a range touches and the range's bits in it.
  private static func forEachWord(_ range: Range<Int>, _ body: (Int, UInt64) -> Void) {
    guard let last = range.last else { return }
    for index in range.lowerBound >> 6...last >> 6 {
      var bits = UInt64.max
      if index == range.lowerBound >> 6 { bits &= .max << UInt64(range.lowerBound & 63) }
      if index == last >> 6 { bits &= .max >> UInt64(63 - last & 63) }
      body(index, bits)
    }
  }

  /// Bits set.
  ///
  /// - Complexity: O(words).
  package var popcount: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  /// Whether no bit is set, however many there are.
  package var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

  /// Keeps the bits that are set in `other` too, which has the same ``count``.
  package mutating func formAnd(_ other: Bitmap) {
    for index in words.indices { words[index] &= other.words[index] }
  }

  /// Adds the bits of `other`, which has the same ``count``.
  package mutating func formOr(_ other: Bitmap) {
    for index in words.indices { words[index] |= other.words[index] }
  }

  /// Clears the bits that are set in `other`, which has the same ``count``.
  package mutating func formAndNot(_ other: Bitmap) {
    for index in words.indices { words[index] &= ~other.words[index] }
  }

  package mutating func formNot() {
    for index in words.indices { words[index] = ~words[index] }
    clearTail()
  }

  /// Calls `body` with every set bit, ascending.
  ///
  /// - Complexity: O(words + bits set), without an allocation.
  @inlinable
  package func forEachSet(_ body: (Int) -> Void) {
    for (index, word) in words.enumerated() {
      var rest = word
      while rest != 0 {
        body(index &* 64 &+ rest.trailingZeroBitCount)
        rest &= rest &- 1
      }
    }
  }

  /// The words in place, nothing copied; the pointer is good only inside `body`.
  package func withUnsafeWords<Result>(
    _ body: (UnsafeBufferPointer<UInt64>) -> Result
  ) -> Result {
    words.withUnsafeBufferPointer(body)
  }

  private mutating func clearTail() {
    if count & 63 != 0, let last = words.indices.last {
      words[last] &= (1 << UInt64(count & 63)) - 1
    }
  }
}
