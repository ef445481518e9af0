extension FunctionKind {
  /// The first group of the first match, all of it where there is no group; an empty text where
  /// nothing matches.
  package static let matchedText = FunctionKind(
    "REG_VALUE", 2...2, parameters: "(text, \"(re)\")", in: .fields, yields: .type(.text),
    help: "the first group of the regular expression in it, all of it without a group")
  /// Matches that do not overlap.
  package static let matchCount = FunctionKind(
    "REG_COUNT", 2...2, parameters: "(text, \"re\")", in: .fields, yields: .type(.integer),
    help: "how often the regular expression is in it")
}
