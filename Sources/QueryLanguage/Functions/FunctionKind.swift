/// A function of an expression: how it is written and what it takes.
///
/// Each is one row of ``all``, which the parser, printing, completion and help read. Equal functions
/// have the same word.
package struct FunctionKind: Sendable {
  /// As a query writes it: `+`, `ROUND`.
  package let word: String
  /// How closely it binds what stands to its left and right; nil for one that is called by name.
  let precedence: Int?
  /// How many values it takes.
  package let arity: ClosedRange<Int>
  /// What it yields, in a few words.
  package let help: String
  /// What it takes, as help writes it: `(x)`.
  package let parameters: String
  /// What it can be made of.
  package let scope: Scope
  /// What its values are.
  package let result: Result

  package enum Scope: Hashable, Sendable { case everywhere, calculations, fields }

  package enum Result: Hashable, Sendable {
    case type(FieldType)
    /// Of the type of its last value.
    case asArgument
  }

  /// Whether its first value is a condition as WHERE has it.
  package var hasCondition: Bool { self == .choice }

  /// Whether its second value is a regular expression, in quotes.
  package var takesPattern: Bool { self == .matchedText || self == .matchCount }

  /// One written between its two values.
  init(infix word: String, precedence: Int, help: String) {
    self.word = word
    self.precedence = precedence
    arity = 2...2
    self.help = help
    parameters = ""
    (scope, result) = (.everywhere, .type(.double))
  }

  init(
    _ word: String, _ arity: ClosedRange<Int>, parameters: String, in scope: Scope = .everywhere,
    yields result: Result = .type(.double), help: String
  ) {
    (self.scope, self.result) = (scope, result)
    self.word = word
    precedence = nil
    self.arity = arity
    self.help = help
    self.parameters = parameters
  }

  package var isInfix: Bool { precedence != nil }
}

extension FunctionKind: Hashable {
  package static func == (a: Self, b: Self) -> Bool { a.word == b.word }
  package func hash(into hasher: inout Hasher) { hasher.combine(word) }
}

extension FunctionKind {
  /// Every function, in the order in which they are offered.
  package static let all: [FunctionKind] = [
    .add, .subtract, .multiply, .divide, .modulo,
    .perSecond, .absolute, .round, .ceiling, .floor, .squareRoot, .power, .naturalLogarithm,
    .decimalLogarithm, .firstPresent, .choice, .least, .greatest, .bucket,
    .concatenation, .lowercase, .uppercase, .trimmed, .length, .holdsText, .beginsWith, .endsIn,
    .matchedText, .matchCount,
    .toInteger, .toNumber, .toText, .hour, .weekday, .timeText,
  ]

  private static let byWord = Dictionary(uniqueKeysWithValues: all.map { ($0.word, $0) })

  /// Those that are called by name.
  package static let named = all.filter { !$0.isInfix }

  /// Reads `ROUND`, `round`; nil when it is none that is called by name.
  package init?(word: String) {
    guard let known = Self.byWord[word.uppercased()], !known.isInfix else { return nil }
    self = known
  }

  /// The one written with this sign; nil when it is none.
  static func infix(_ sign: String) -> FunctionKind? {
    Self.byWord[sign].flatMap { $0.isInfix ? $0 : nil }
  }
}
