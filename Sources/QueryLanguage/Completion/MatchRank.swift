/// How well what is typed fits a candidate, the best first.
enum MatchRank: Int, Comparable {
  case prefix
  /// The beginning of a part of it: `target` or `tar` in `http.target`.
  case partPrefix
  case inside
  /// Its letters in order with others between: `htg` in `http.target`.
  case scattered

  static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

  /// nil when it does not fit; ignores case in ASCII.
  ///
  /// - Complexity: O(typed · candidate) at worst.
  init?(_ typed: String, in candidate: String) {
    let typed = Array(typed.lowercased().utf8)
    let candidate = Array(candidate.lowercased().utf8)
    if candidate.starts(with: typed) {
      self = .prefix
      return
    }
    var isInside = false
    for start in candidate.indices where candidate[start...].starts(with: typed) {
      if Self.separators.contains(candidate[start - 1]) {
        self = .partPrefix
        return
      }
      isInside = true
    }
    if isInside {
      self = .inside
      return
    }
    var rest = typed[...]
    for byte in candidate where byte == rest.first { rest.removeFirst() }
    guard rest.isEmpty else { return nil }
    self = .scattered
  }

  private static let separators = Set("._-/:@ `\"()".utf8)
}

extension [CompletionItem] {
  /// Those that fit, best first; equals keep their order.
  ///
  /// - Parameter key: what of an item is compared with the typed text.
  func ranked(by typed: String, _ key: (CompletionItem) -> String) -> [CompletionItem] {
    guard !typed.isEmpty else { return self }
    return enumerated().compactMap { index, item in
      MatchRank(typed, in: key(item)).map { (rank: $0, index: index, item: item) }
    }
    .sorted { ($0.rank, $0.index) < ($1.rank, $1.index) }
    .map(\.item)
  }
}
