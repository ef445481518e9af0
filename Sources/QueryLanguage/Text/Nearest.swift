import Telemetry

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
      let distance = EditDistance.between(letters, other)
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
}
