import CRE2

extension RegularExpression {
  /// What the first group has in it where the pattern is found first, the whole match when the
  /// pattern has no group; empty when it is not found or the group takes no part.
  ///
  /// - Complexity: O(text).
  package func value(in text: UnsafeBufferPointer<UInt8>) -> Range<Int> {
    firstMatch(in: text, from: 0)?.group ?? 0..<0
  }

  /// Matches that do not overlap, from the left; an empty one right behind another does not count.
  ///
  /// - Parameter isCancelled: asked after each match; what was counted until then is returned.
  /// - Complexity: O(text) for each match.
  package func count(
    in text: UnsafeBufferPointer<UInt8>, isCancelled: () -> Bool = { false }
  ) -> Int {
    var (count, from, lastEnd) = (0, 0, -1)
    while from <= text.count, !isCancelled(), let match = firstMatch(in: text, from: from)?.whole {
      if match.upperBound == from {
        if match.lowerBound != lastEnd { count += 1 }
        // To the next code point.
        repeat { from += 1 } while from < text.count && text[from] & 0xC0 == 0x80
      } else {
        count += 1
        from = match.upperBound
      }
      lastEnd = match.upperBound
    }
    return count
  }

  private func firstMatch(
    in text: UnsafeBufferPointer<UInt8>, from: Int
  ) -> (whole: Range<Int>, group: Range<Int>)? {
    var (whole, group) = (cre2_range(), cre2_range())
    guard cre2_find(expression, text.baseAddress, text.count, from, &whole, &group) != 0 else {
      return nil
    }
    return (Int(whole.start)..<Int(whole.end), Int(group.start)..<Int(group.end))
  }
}
