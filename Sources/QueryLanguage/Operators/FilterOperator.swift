/// An operator of WHERE: how it is spelt, what stands to its right and what it does.
///
/// Each is defined in a file of its own and is one row of ``allCases``, which lexer, parser,
/// printing, checks and completion read. Equal operators have the same word.
package struct FilterOperator: Sendable {
  /// As a query prints it: `=`, `does-not-contain`.
  package let word: String
  /// Signs that write it: `=`, `==`.
  let symbols: [String]
  /// Other words that write it, joined by `-`; blanks may stand for the `-`.
  let spellings: [String]
  /// What it does, in a few words.
  package let help: String
  package let operand: Operand
  /// The types of fields it means something for.
  private let types: Set<FieldType>
  /// The order it asks for, when that is all it does.
  package let comparison: Comparison?
  /// The word of the operator that this one negates where the field is there; nil for a plain one.
  private let plainWord: String?
  /// Whether values seen in the data can stand to its right.
  let takesWholeValues: Bool
  /// Why a text cannot stand to its right.
  let mistake: (@Sendable (String) -> QueryError?)?

  /// What stands to its right.
  package enum Operand: Hashable, Sendable {
    case nothing
    /// A literal: text, number, duration, bool, instant, array or map.
    case value
    /// Taken as a text, whatever it looks like.
    case text
    /// `(a, b)`.
    case list
    /// `a and b`.
    case pair
  }

  init(
    _ word: String, symbols: [String] = [], also spellings: [String] = [], help: String,
    takes operand: Operand, of types: Set<FieldType>, comparison: Comparison? = nil,
    takesWholeValues: Bool? = nil, mistake: (@Sendable (String) -> QueryError?)? = nil
  ) {
    self.word = word
    self.symbols = symbols
    self.spellings = spellings
    self.help = help
    self.operand = operand
    self.types = types
    self.comparison = comparison
    plainWord = nil
    self.takesWholeValues = takesWholeValues ?? (operand != .nothing)
    self.mistake = mistake
  }

  /// The operator that holds where a field is there and `plain` does not hold.
  init(
    not plain: FilterOperator, _ word: String, symbols: [String] = [],
    also spellings: [String] = [], help: String, of types: Set<FieldType>? = nil,
    comparison: Comparison? = nil
  ) {
    self.word = word
    self.symbols = symbols
    self.spellings = spellings
    self.help = help
    operand = plain.operand
    self.types = types ?? plain.types
    self.comparison = comparison
    plainWord = plain.word
    takesWholeValues = plain.takesWholeValues
    mistake = plain.mistake
  }

  /// Whether it holds where the field is there and ``plain`` does not hold. Where the field is
  /// missing neither does.
  package var isNegated: Bool { plainWord != nil }

  /// What it negates; itself when it negates nothing.
  package var plain: FilterOperator { plainWord.flatMap { Self.named[$0] } ?? self }

  /// Whether it asks for more or less.
  package var isOrder: Bool { comparison?.isOrder ?? false }
}

extension FilterOperator: Hashable {
  package static func == (a: Self, b: Self) -> Bool { a.word == b.word }
  package func hash(into hasher: inout Hasher) { hasher.combine(word) }
}

extension FilterOperator: CaseIterable {
  /// Every operator, in the order in which they are offered.
  package static let allCases: [FilterOperator] = [
    .equal, .notEqual, .greater, .greaterOrEqual, .less, .lessOrEqual,
    .contains, .doesNotContain, .startsWith, .doesNotStartWith, .endsWith, .doesNotEndWith,
    .between, .notBetween, .isIn, .isNotIn, .matches, .doesNotMatch, .like, .notLike,
    .same, .notSame, .exists, .doesNotExist,
  ]

  /// By the word a query prints.
  package static let named = Dictionary(uniqueKeysWithValues: allCases.map { ($0.word, $0) })

  /// By their signs.
  static let bySymbol = Dictionary(
    uniqueKeysWithValues: allCases.flatMap { op in op.symbols.map { ($0, op) } })

  /// By every spelling in words, joined by `-`.
  package static let bySpelling = Dictionary(
    uniqueKeysWithValues: allCases.flatMap { op in
      (op.symbols.contains(op.word) ? op.spellings : [op.word] + op.spellings).map { ($0, op) }
    })

  /// What a spelling in words can begin with.
  static let firstWords = Set(
    bySpelling.keys.compactMap { $0.split(separator: "-").first.map(String.init) })

  /// Those that mean something for a field's values; for numbers, those that ask for more or less
  /// come first.
  package static func fitting(_ type: FieldType) -> [FilterOperator] {
    let all = allCases.filter { $0.types.contains(type) }
    return type.isNumber ? all.filter(\.isOrder) + all.filter { !$0.isOrder } : all
  }
}

extension Set<FieldType> {
  static let numbers: Self = [.integer, .double, .time, .mixed]
  static let texts: Self = [.text, .id, .bytes, .mixed]
  static let any: Self = [
    .text, .integer, .double, .bool, .time, .id, .bytes, .array, .mixed,
  ]
}

/// What stands to the right of an operator.
package enum FilterOperand: Hashable, Sendable {
  case nothing
  case value(Literal)
  case text(String)
  case list([Literal])
  case pair(Literal, Literal)
}
