/// How many cells a character takes, by our own table, so that every machine draws alike.
///
/// A cluster is as wide as its first scalar: terminals and C libraries disagree about variation
/// selectors and joined emoji, so those are never sent (`Glyphs.printable`) and never counted.
package enum GlyphWidth {
  /// - Complexity: O(bytes); a pass over the bytes alone for printable ASCII.
  package static func of(_ text: String) -> Int { measure(text) }

  /// The same of a part of a text, which is not copied.
  package static func of(_ text: Substring) -> Int { measure(text) }

  // Not offered as such: a generic of another module is not specialised, and ten times slower.
  private static func measure(_ text: some StringProtocol) -> Int {
    if let count = plainCount(text) { return count }
    var width = 0
    for character in text { width += of(character) }
    return width
  }

  /// 0 for a lone combining mark or the position behind a wide character, 2 for wide, else 1.
  package static func of(_ character: Character) -> Int {
    guard let first = character.unicodeScalars.first else { return 0 }
    return of(first)
  }

  /// - Complexity: O(log ranges); O(1) below U+0300.
  package static func of(_ scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value < 0x300 { return value == 0 ? 0 : 1 }
    if value >= 0x1100, contains(wide, value) { return 2 }
    return contains(zero, value) ? 0 : 1
  }

  /// Printable ASCII, the common case, is its number of bytes.
  private static func plainCount(_ text: some StringProtocol) -> Int? {
    var count = 0
    for byte in text.utf8 {
      if byte < 0x20 || byte > 0x7E { return nil }
      count += 1
    }
    return count
  }

  private static func contains(_ ranges: [ClosedRange<UInt32>], _ value: UInt32) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < value { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].contains(value)
  }
}
