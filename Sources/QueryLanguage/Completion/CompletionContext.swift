/// What the grammar expects at a point of a text that need not be whole.
enum Expected: Equatable {
  case clause
  case calculation
  /// Inside a calculation's parentheses.
  case calculationField(CalculationKind)
  case afterCalculation
  /// Behind AS.
  case name
  case test
  /// `start` is where an operator of several words begins, if one has.
  case filterOperator(FieldRef, start: Int?)
  case value(FieldRef, FilterOperator)
  case betweenAnd
  case afterTest
  case group
  case afterGroup
  case condition
  case comparison
  case number(CalculationKind)
  case afterCondition
  case orderKey
  case afterOrder
  case by
  case limit
  case length
  case instant
  case to
  case time
  case nothing
}

/// Walks the tokens before the cursor and keeps what may follow them.
struct CompletionContext {
  private(set) var expected: Expected
  /// Clause keywords met, the second word of two left out.
  private(set) var clauses: [String] = []
  private let isWhole: Bool
  /// The clause whose terms are calculations that was met last.
  private var home: QueryClause
  private var calculation: CalculationKind?
  private var field = FieldRef("")
  private var op = FilterOperator.equal
  private var words: [String] = []
  private var wordsStart = 0
  private var isInList = false
  private var hasLow = false
  /// Parentheses open in the clause.
  private var depth = 0
  /// How many were open where a calculation's own WHERE began.
  private var filterDepth: Int?

  /// - Parameter clause: nil for a whole query.
  init(_ clause: QueryClause?) {
    isWhole = clause == nil
    home = clause ?? .visualize
    expected =
      switch clause {
      case nil: .clause
      case .visualize: .calculation
      case .filter: .test
      case .groupBy: .group
      case .orderBy: .orderKey
      case .limit: .limit
      case .having: .condition
      case .time: .time
      }
  }

  mutating func read(_ token: Token) {
    if token.is(.open) { depth += 1 }
    if token.is(.close) { depth -= 1 }
    if token.keyword == "WHERE", depth > 0, filterDepth == nil, isInTerm {
      (filterDepth, expected) = (depth, .test)
      return
    }
    if let open = filterDepth, depth < open {
      filterDepth = nil
      return endTerm()
    }
    if let word = token.keyword, Keyword.clauseStarts.contains(word), isWhole || isTime {
      return begin(word)
    }
    switch expected {
    case .test, .filterOperator, .value, .betweenAnd, .afterTest: readFilter(token)
    case .calculation, .condition, .orderKey: readTerm(token)
    case .calculationField: if token.is(.close) { endTerm() }
    case .comparison, .number, .afterCondition: readCondition(token)
    case .afterCalculation:
      if token.is(.comma) || Self.isSign(token) { (expected, calculation) = (.calculation, nil) }
      if token.keyword == "AS" { expected = .name }
    case .name: expected = .afterCalculation
    case .afterOrder:
      if token.is(.comma) || Self.isSign(token) { (expected, calculation) = (.orderKey, nil) }
    case .group: expected = .afterGroup
    case .afterGroup: if token.is(.comma) { expected = .group }
    case .by: if token.keyword == "BY" { expected = clauses.last == "GROUP" ? .group : .orderKey }
    case .instant: expected = clauses.last == "FROM" ? .to : isWhole ? .clause : .time
    case .to: if token.keyword == "TO" { (expected, clauses) = (.instant, clauses + ["TO"]) }
    case .limit, .length: expected = isWhole ? .clause : clauses.isEmpty ? .nothing : .time
    case .clause, .time, .nothing: break
    }
  }

  /// Whether a calculation is being read, or has just been.
  private var isInTerm: Bool {
    switch expected {
    case .calculationField, .afterCalculation, .comparison, .afterOrder, .calculation: true
    default: false
    }
  }

  /// Whether it joins calculations to a formula.
  private static func isSign(_ token: Token) -> Bool {
    switch token.kind {
    case .symbol(.star), .symbol(.percent): true
    case .word(let word): FunctionKind.infix(word) != nil
    default: false
    }
  }

  private var isTime: Bool {
    switch expected {
    case .time, .instant, .length, .to: true
    default: false
    }
  }

  private mutating func begin(_ word: String) {
    clauses.append(word)
    words = []
    (isInList, hasLow, calculation, depth, filterDepth) = (false, false, nil, 0, nil)
    home = word == "HAVING" ? .having : word == "ORDER" ? .orderBy : .visualize
    expected =
      switch word {
      case "VISUALIZE", "SELECT": .calculation
      case "WHERE": .test
      case "GROUP", "ORDER": .by
      case "HAVING": .condition
      case "LIMIT": .limit
      case "LAST", "EVERY": .length
      case "FROM": .instant
      default: isWhole ? .clause : .time
      }
  }

  // MARK: Calculations

  /// VISUALIZE, HAVING and ORDER BY all have terms that are calculations.
  private mutating func readTerm(_ token: Token) {
    switch token.kind {
    case .symbol(.open):
      if let calculation { expected = .calculationField(calculation) }
    case .word(let word) where word.uppercased() != "NOT":
      calculation = CalculationKind(word: word)
      if calculation.map({ !$0.takesField }) ?? (expected == .orderKey) { endTerm() }
    case .name where expected == .orderKey:
      endTerm()
    default: break
    }
  }

  private mutating func endTerm() {
    expected =
      switch home {
      case .having: .comparison
      case .orderBy: .afterOrder
      default: .afterCalculation
      }
  }

  private mutating func readCondition(_ token: Token) {
    if expected == .comparison, Self.isSign(token) {
      (expected, calculation) = (.condition, nil)
      return
    }
    switch (expected, token.kind) {
    case (.comparison, .sign(let op)) where op.comparison != nil:
      expected = .number(calculation ?? .count)
    case (.number, .word): expected = .afterCondition
    case (.afterCondition, _) where joins(token): (expected, calculation) = (.condition, nil)
    default: break
    }
  }

  // MARK: Filters

  private mutating func readFilter(_ token: Token) {
    switch expected {
    case .test: readTest(token)
    case .filterOperator: readOperator(token)
    case .value: readValue(token)
    case .betweenAnd:
      hasLow = true
      expected = .value(field, op)
    default:
      if isInList, token.is(.comma) {
        expected = .value(field, op)
      } else if token.is(.close) {
        isInList = false
      } else if joins(token) {
        (expected, isInList) = (.test, false)
      }
    }
  }

  private func joins(_ token: Token) -> Bool {
    token.keyword == "AND" || token.keyword == "OR" || token.is(.and) || token.is(.or)
  }

  private mutating func readTest(_ token: Token) {
    switch token.kind {
    case .word(let word) where word.uppercased() != "NOT":
      let prefix = RelationPrefix.of(word)
      field = FieldRef(word: prefix.map { String(word.dropFirst($0.text.count)) } ?? word)
    case .name(let prefix, let name): field = FieldRef(prefix: prefix, name: name)
    case .text:
      expected = .afterTest
      return
    default: return
    }
    (words, hasLow) = ([], false)
    expected = .filterOperator(field, start: nil)
  }

  private mutating func readOperator(_ token: Token) {
    if joins(token) {
      expected = .test
      return
    }
    switch token.kind {
    case .symbol(.open)
    where words.isEmpty
      && (SpanRelation(word: field.name) != nil || SpanItem(rawValue: field.name) != nil):
      expected = .test
    case .symbol(.close): expected = .afterTest
    case .sign(let op): take(op)
    case .word(let word):
      if words.isEmpty { wordsStart = token.range.lowerBound }
      words.append(word.lowercased())
      if let known = FilterOperator.bySpelling[words.joined(separator: "-")] {
        take(known)
      } else {
        expected = .filterOperator(field, start: wordsStart)
      }
    default: break
    }
  }

  private mutating func take(_ op: FilterOperator) {
    self.op = op
    words = []
    isInList = op.operand == .list
    expected = op.operand == .nothing ? .afterTest : .value(field, op)
  }

  private mutating func readValue(_ token: Token) {
    if token.is(.open) || token.is(.comma) { return }
    if token.is(.close) {
      (expected, isInList) = (.afterTest, false)
    } else if op.operand == .pair, !hasLow {
      expected = .betweenAnd
    } else {
      expected = .afterTest
    }
  }
}
