/// An operator of WHERE: how it is spelt, what it takes and what it does.
package enum FilterOperator: String, CaseIterable, Hashable, Sendable {
  case equal = "="
  case notEqual = "!="
  case greater = ">"
  case greaterOrEqual = ">="
  case less = "<"
  case lessOrEqual = "<="
  case contains
  case doesNotContain = "does-not-contain"
  case startsWith = "starts-with"
  case doesNotStartWith = "does-not-start-with"
  case endsWith = "ends-with"
  case doesNotEndWith = "does-not-end-with"
  case exists
  case doesNotExist = "does-not-exist"
  case isIn = "in"
  case isNotIn = "not-in"
  case matches
  case doesNotMatch = "does-not-match"
  case like
  case notLike = "not-like"
  case between

  /// What stands to its right.
  package enum Operand: Hashable, Sendable {
    case nothing
    case value
    case text
    /// `(a, b)`.
    case list
    /// `a and b`.
    case pair
  }

  package var operand: Operand {
    switch self {
    case .exists, .doesNotExist: .nothing
    case .isIn, .isNotIn: .list
    case .between: .pair
    default: comparison == nil ? .text : .value
    }
  }

  package var comparison: Comparison? { Comparison(rawValue: rawValue) }
  package var textTest: TextTest? { TextTest(rawValue: rawValue) }

  /// What it does, in a few words.
  package var help: String {
    switch self {
    case .equal: "is exactly"
    case .notEqual: "is there and is not"
    case .greater: "is more than"
    case .greaterOrEqual: "is at least"
    case .less: "is less than"
    case .lessOrEqual: "is at most"
    case .contains: "has the text in it"
    case .doesNotContain: "is there without the text in it"
    case .startsWith: "begins with the text"
    case .doesNotStartWith: "is there and begins otherwise"
    case .endsWith: "ends with the text"
    case .doesNotEndWith: "is there and ends otherwise"
    case .exists: "is there"
    case .doesNotExist: "is missing"
    case .isIn: "is one of"
    case .isNotIn: "is there and is none of"
    case .matches: "has the regular expression in it"
    case .doesNotMatch: "is there without the regular expression in it"
    case .like: "is like the pattern: % any run, _ any character"
    case .notLike: "is there and is not like the pattern"
    case .between: "is from a to b, both included"
    }
  }

  /// Those that mean something for a field's values.
  package static func fitting(_ type: FieldType) -> [FilterOperator] {
    switch type {
    case .bool: [.equal, .notEqual, .exists, .doesNotExist]
    case .integer, .double, .time:
      [
        .greater, .greaterOrEqual, .less, .lessOrEqual, .equal, .notEqual, .between, .isIn,
        .isNotIn, .exists, .doesNotExist,
      ]
    case .text, .id, .bytes:
      [
        .equal, .notEqual, .contains, .doesNotContain, .startsWith, .doesNotStartWith, .endsWith,
        .doesNotEndWith, .isIn, .isNotIn, .matches, .doesNotMatch, .like, .notLike, .exists,
        .doesNotExist,
      ]
    case .array: [.equal, .contains, .doesNotContain, .exists, .doesNotExist]
    case .mixed: allCases
    }
  }
}

extension FilterOperator {
  /// Every spelling, words joined by `-`, with whether NOT goes in front of the whole test.
  package static let spellings: [String: (operator: FilterOperator, isNegated: Bool)] = {
    var all: [String: (operator: FilterOperator, isNegated: Bool)] = [:]
    for op in allCases where op.comparison == nil { all[op.rawValue] = (op, false) }
    let others: [(FilterOperator, [String])] = [
      (.contains, ["contain"]),
      (.doesNotContain, ["not-contains", "not-contain", "does-not-contains"]),
      (.startsWith, ["start-with", "startswith"]),
      (.doesNotStartWith, ["not-starts-with", "not-start-with", "not-startswith"]),
      (.endsWith, ["end-with", "endswith"]),
      (.doesNotEndWith, ["not-ends-with", "not-end-with", "not-endswith"]),
      (.exists, ["is-not-null", "exist"]),
      (.doesNotExist, ["is-null", "not-exists", "not-exist"]),
      (.matches, ["match"]),
      (.doesNotMatch, ["not-matches", "not-match"]),
    ]
    for (op, words) in others { for word in words { all[word] = (op, false) } }
    all["not-between"] = (.between, true)
    return all
  }()
}
