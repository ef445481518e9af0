/// The name that was probably meant.
package enum Nearest {
  static let clauseWords = [
    "VISUALIZE", "SELECT", "WHERE", "GROUP BY", "HAVING", "ORDER BY", "LIMIT", "LAST", "FROM",
    "ALL", "EVERY", "AND", "OR",
  ]

  /// The candidate with the smallest edit distance, ignoring case, if it is near enough: at most
  /// a third of the word's letters, and one at least.
  ///
  /// - Complexity: O(candidates · word²); words past 64 bytes are near to nothing.
  package static func name(to word: String, in candidates: some Sequence<String>) -> String? {
    let letters = Array(word.lowercased().utf8)
    guard !letters.isEmpty, letters.count <= 64 else { return nil }
    let furthest = max(1, letters.count / 3)
    var best: (name: String, distance: Int)?
    for candidate in candidates {
      let other = Array(candidate.lowercased().utf8)
      guard abs(other.count - letters.count) <= (best?.distance ?? furthest + 1) else { continue }
      let distance = distance(letters, other)
      if distance <= furthest, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.name
  }

  /// The clause, AND or OR that a mistyped word begins: `nearest: GROUP BY` for `GRUOP`.
  static func clauseHint(to word: String) -> String? {
    let begin = { (clause: String) in clause.split(separator: " ").first.map(String.init) ?? clause
    }
    guard let nearest = name(to: word, in: clauseWords.map(begin)) else { return nil }
    return clauseWords.first { begin($0) == nearest }.map { "nearest: \($0)" }
  }

  /// `nearest: http.target`.
  static func hint(to word: String, in candidates: some Sequence<String>) -> String? {
    name(to: word, in: candidates).map { "nearest: \($0)" }
  }

  /// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
  static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
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
}
