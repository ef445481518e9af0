import Telemetry
import BackendSupport
import QueryLanguage
import Testing

/// Whether the scripts leave any part of the language out.
@Suite struct ScriptCoverageTests {
  /// The queries of all scripts: those that run and those that must fail.
  static let queries: (good: [String], bad: [String]) = {
    var (good, bad): ([String], [String]) = ([], [])
    for name in BackendConformance.scripts {
      guard let script = try? BackendConformance.script(name) else { continue }
      for step in script.steps {
        switch step {
        case .load: break
        case .eval(let query, _, _): good.append(query)
        case .fail(let query, _, _): bad.append(query)
        }
      }
    }
    return (good, bad)
  }()

  /// Words in capitals, joined by blanks; what is no part of a name separates them.
  private static func words(_ text: String) -> String {
    let parts = text.uppercased().split { " (),".contains($0) }
    return " " + parts.joined(separator: " ") + " "
  }

  private static func say(_ word: String, in texts: [String]) -> Bool {
    let word = words(word)
    return texts.contains { words($0).contains(word) }
  }

  @Test(
    "Every operator has a script that runs and one that fails", arguments: FilterOperator.allCases)
  func operators(_ op: FilterOperator) throws {
    let used = Self.queries.good.contains { text in
      (try? QueryText.parse(text))?.filter.map { Self.operators(in: $0).contains(op) } ?? false
    }
    #expect(used, "no script runs \(op.word)")
    #expect(Self.say(op.word, in: Self.queries.bad), "no script fails with \(op.word)")
  }

  @Test(
    "Every spelling of an operator runs in a script",
    arguments: FilterOperator.bySpelling.keys.sorted())
  func spellings(_ spelling: String) {
    let spaced = spelling.replacing("-", with: " ")
    #expect(
      Self.say(spelling, in: Self.queries.good) || Self.say(spaced, in: Self.queries.good),
      "no script runs \(spelling)")
  }

  @Test(
    "Every calculation has a script that runs and one that fails",
    arguments: CalculationKind.offered)
  func calculations(_ kind: CalculationKind) {
    let isPercentile = kind.percentile != nil
    let used = Self.queries.good.contains { text in
      (try? QueryText.parse(text))?.calculations.contains {
        isPercentile ? $0.kind.percentile != nil : $0.kind == kind
      } ?? false
    }
    #expect(used, "no script runs \(kind.word)")
    let word = isPercentile ? "P99" : kind.word
    #expect(Self.say(word, in: Self.queries.bad), "no script fails with \(word)")
  }

  @Test("Every function has a script that runs", arguments: FunctionKind.all)
  func functions(_ function: FunctionKind) {
    let used = Self.queries.good.contains { text in
      guard let query = try? QueryText.parse(text) else { return false }
      let formulas = query.visualize.compactMap(\.formula).map { Self.functions(in: $0) }
      return (formulas + query.fields.map { Self.functions(in: $0) }).contains {
        $0.contains(function)
      }
    }
    #expect(used, "no script runs \(function.word)")
  }

  private static func functions(in field: FieldRef) -> Set<FunctionKind> {
    guard case .expression(let expression)? = field.computed else { return [] }
    return functions(in: expression)
  }

  private static func functions<Term>(in formula: Expression<Term>) -> Set<FunctionKind> {
    guard case .call(let function, let arguments) = formula else { return [] }
    return arguments.reduce(into: [function]) { $0.formUnion(functions(in: $1)) }
  }

  @Test(
    "Every clause and keyword has a script that runs and one that fails",
    arguments: [
      "VISUALIZE", "SELECT", "WHERE", "GROUP BY", "HAVING", "ORDER BY", "LIMIT", "LAST", "FROM",
      "TO",
      "ALL", "EVERY", "AND", "NOT", "ASC", "DESC",
    ])
  func clauses(_ word: String) {
    #expect(Self.say(word, in: Self.queries.good), "no script runs \(word)")
    #expect(Self.say(word, in: Self.queries.bad), "no script fails with \(word)")
  }

  @Test("Every built-in field, and root. and parent. of one, is asked for in a script")
  func fields() {
    for field in BuiltinField.allCases {
      #expect(
        Self.say(field.rawValue, in: Self.queries.good), "no script asks for \(field.rawValue)")
    }
    for prefix in ["root.", "parent.", "span.", "resource.", "scope.", "root.resource."] {
      #expect(
        Self.queries.good.contains { Self.words($0).contains(" " + prefix.uppercased()) },
        "no script asks for \(prefix)")
    }
  }

  @Test(
    "Every relation has a script that runs and one that fails", arguments: SpanRelation.allCases)
  func relations(_ relation: SpanRelation) {
    let start = relation.rawValue + "("
    #expect(Self.queries.good.contains { $0.contains(start) }, "no script runs \(start)")
    #expect(Self.queries.bad.contains { $0.contains(start) }, "no script fails with \(start)")
  }

  private static func operators(in filter: Filter) -> Set<FilterOperator> {
    switch filter {
    case .and(let terms), .or(let terms): terms.reduce(into: []) { $0.formUnion(operators(in: $1)) }
    case .not(let term), .related(_, let term): operators(in: term)
    case .test(_, let op, _): [op]
    case .holds, .phrase: []
    case .item(_, let term): operators(in: term)
    }
  }
}
