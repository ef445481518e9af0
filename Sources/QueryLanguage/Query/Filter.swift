/// A condition on one span.
///
/// A condition on a field that the span lacks is false, `doesNotExist` excepted; `not` negates
/// the result, so `not(equal)` holds where the field is missing and `notEqual` does not.
package indirect enum Filter: Hashable, Sendable {
  /// A field of booleans by itself.
  case holds(FieldRef)
  case compare(FieldRef, Comparison, Literal)
  case between(FieldRef, Literal, Literal)
  case text(FieldRef, TextTest, String)
  case isIn(FieldRef, [Literal])
  case isNotIn(FieldRef, [Literal])
  case exists(FieldRef)
  case doesNotExist(FieldRef)
  /// A bare text: it occurs in any field, any event or link of the span, ignoring case.
  case phrase(String)
  /// At least two terms; one inside another is kept as written.
  case and([Filter])
  case or([Filter])
  case not(Filter)
}

package enum Comparison: String, CaseIterable, Hashable, Sendable {
  case equal = "="
  case notEqual = "!="
  case greater = ">"
  case greaterOrEqual = ">="
  case less = "<"
  case lessOrEqual = "<="
}

/// A test of a text; each `doesNot…` is false where the field is missing, as the others are.
package enum TextTest: String, CaseIterable, Hashable, Sendable {
  case contains
  case doesNotContain = "does-not-contain"
  case startsWith = "starts-with"
  case doesNotStartWith = "does-not-start-with"
  case endsWith = "ends-with"
  case doesNotEndWith = "does-not-end-with"
  /// A regular expression found anywhere in the text.
  case matches
  case doesNotMatch = "does-not-match"
  /// SQL: `%` any run, `_` any character, the whole text.
  case like
  case notLike = "not-like"

  /// The test it negates, and nil for a plain one.
  package var negated: TextTest? {
    switch self {
    case .doesNotContain: .contains
    case .doesNotStartWith: .startsWith
    case .doesNotEndWith: .endsWith
    case .doesNotMatch: .matches
    case .notLike: .like
    default: nil
    }
  }
}

extension Filter {
  /// Every field it names, in order, repeats included.
  package var fields: [FieldRef] {
    switch self {
    case .holds(let field), .compare(let field, _, _), .between(let field, _, _),
      .text(let field, _, _), .isIn(let field, _), .isNotIn(let field, _), .exists(let field),
      .doesNotExist(let field):
      [field]
    case .phrase: []
    case .and(let terms), .or(let terms): terms.flatMap(\.fields)
    case .not(let term): term.fields
    }
  }
}

/// A value written in a query.
package enum Literal: Hashable, Sendable {
  case text(String)
  case integer(Int64)
  case double(Double)
  case bool(Bool)
  /// A number with a unit, as nanoseconds: `1.5s`.
  case duration(nanoseconds: Int64)
}
