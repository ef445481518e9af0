/// How different two words are.
package enum EditDistance {
  /// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
  ///
  /// - Complexity: O(*a* · *b*) in their bytes.
  package static func between(_ a: [UInt8], _ b: [UInt8]) -> Int {
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in 1...a.count {
      var row = [i]
      row.reserveCapacity(b.count + 1)
      for j in 1...b.count {
        var least = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          least = min(least, beforeLast[j - 2] + 1)
        }
        row.append(least)
      }
      (beforeLast, last) = (last, row)
    }
    return last[b.count]
  }

  /// The same in the bytes of two texts.
  package static func between(_ a: String, _ b: String) -> Int {
    between(Array(a.utf8), Array(b.utf8))
  }
}
