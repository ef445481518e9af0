import Patterns

extension FilterOperator {
  /// A regular expression found anywhere in the text.
  package static let matches = FilterOperator(
    "matches", symbols: ["=~"], also: ["match"], help: "has the regular expression in it",
    takes: .text, of: .texts, takesWholeValues: false, mistake: mistake)
  package static let doesNotMatch = FilterOperator(
    not: matches, "does-not-match", symbols: ["!~"], also: ["not-matches", "not-match"],
    help: "is there without the regular expression in it")

  private static let mistake: @Sendable (String) -> QueryError? = { text in
    QueryError(pattern: text, hint: "contains takes the text as it is")
  }
}

extension QueryError {
  /// What is wrong with a regular expression; nil when it can be read.
  init?(pattern text: String, at range: Range<Int>? = nil, hint: String? = nil) {
    do throws(PatternError) {
      _ = try RegularExpression(text)
      return nil
    } catch {
      let part = error.part == text ? "" : ": '\(error.part.shortened)'"
      self.init(
        "the regular expression '\(text.shortened)' cannot be read: \(error.words)\(part)",
        at: range, hint: hint)
    }
  }
}
