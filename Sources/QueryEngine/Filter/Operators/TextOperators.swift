import QueryLanguage

extension OperatorTest {
  static let contains = OperatorTest(.contains) { .text(TextMatcher(containing: $0.pattern)) }
  static let startsWith = OperatorTest(.startsWith) { .text(TextMatcher(startingWith: $0.pattern)) }
  static let endsWith = OperatorTest(.endsWith) { .text(TextMatcher(endingWith: $0.pattern)) }
  static let like = OperatorTest(.like) { .text(TextMatcher(like: $0.pattern)) }

  static let matches = OperatorTest(.matches) { operand throws(QueryError) in
    .text(try TextMatcher(matching: operand.pattern))
  }
}
