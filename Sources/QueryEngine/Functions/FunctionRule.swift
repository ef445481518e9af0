import Patterns
import QueryLanguage

/// How a function of an expression is worked out.
///
/// Each is one row of ``all``.
struct FunctionRule: Sendable {
  let kind: FunctionKind
  let apply: @Sendable ([ResultValue], FunctionContext) -> ResultValue
  /// The same of numbers alone, where it needs nothing else: what loops over columns call.
  private(set) var ofNumber: (@Sendable (Double) -> Double?)?
  private(set) var ofNumbers: (@Sendable (Double, Double) -> Double?)?

  init(
    _ kind: FunctionKind,
    _ apply: @escaping @Sendable ([ResultValue], FunctionContext) -> ResultValue
  ) {
    (self.kind, self.apply) = (kind, apply)
  }

  /// One of a number: missing where its value is, and where there is no answer.
  init(_ kind: FunctionKind, ofNumber body: @escaping @Sendable (Double) -> Double?) {
    self.init(kind) { values, _ in
      guard let x = values.first?.spelt else { return .missing }
      return body(x).map { .double($0) } ?? .missing
    }
    ofNumber = body
  }

  /// One of two numbers, likewise.
  init(_ kind: FunctionKind, ofNumbers body: @escaping @Sendable (Double, Double) -> Double?) {
    self.init(kind) { values, _ in
      guard values.count == 2, let x = values[0].spelt, let y = values[1].spelt else {
        return .missing
      }
      return body(x, y).map { .double($0) } ?? .missing
    }
    ofNumbers = body
  }
}

/// What a function depends on besides its values.
struct FunctionContext: Sendable {
  /// The time that the calculations cover, in seconds.
  var seconds: Double
  /// The regular expression of a function that takes one.
  var pattern: RegularExpression?
}

extension FunctionRule {
  static let all: [FunctionRule] =
    arithmetic + rounding + powers + [firstPresent, perSecond] + choices + texts + conversions
    + patterns

  private static let byKind = Dictionary(uniqueKeysWithValues: all.map { ($0.kind, $0) })

  /// nil for a function that only another backend knows.
  static func rule(of kind: FunctionKind) -> FunctionRule? { byKind[kind] }
}
