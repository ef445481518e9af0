import Telemetry
import Foundation
import QueryLanguage
import Testing

/// Whether the scripts leave any part of the language out.
@Suite struct ScriptCoverageTests {
  /// The queries of all scripts: those that run and those that must fail.
  static let queries: (good: [String], bad: [String]) = {
    var (good, bad): ([String], [String]) = ([], [])
    for name in ScriptTests.names {
      guard let url = Bundle.module.resourceURL?.appending(path: "Scripts/\(name)"),
        let text = try? String(contentsOf: url, encoding: .utf8), let script = try? Script(text)
      else { continue }
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
    #expect(used, "no script runs \(op.rawValue)")
    #expect(Self.say(op.rawValue, in: Self.queries.bad), "no script fails with \(op.rawValue)")
  }

  @Test(
    "Every spelling of an operator runs in a script",
    arguments: FilterOperator.spellings.keys.sorted())
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
    let isPercentile = if case .percentile = kind { true } else { false }
    let used = Self.queries.good.contains { text in
      (try? QueryText.parse(text))?.calculations.contains {
        if case .percentile = $0.kind { isPercentile } else { $0.kind == kind }
      } ?? false
    }
    #expect(used, "no script runs \(kind.word)")
    let word = isPercentile ? "P99" : kind.word
    #expect(Self.say(word, in: Self.queries.bad), "no script fails with \(word)")
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

  private static func operators(in filter: Filter) -> Set<FilterOperator> {
    switch filter {
    case .and(let terms), .or(let terms): terms.reduce(into: []) { $0.formUnion(operators(in: $1)) }
    case .not(let term): operators(in: term)
    case .compare(_, let comparison, _):
      Set([FilterOperator(rawValue: comparison.rawValue)].compactMap(\.self))
    case .text(_, let test, _): Set([FilterOperator(rawValue: test.rawValue)].compactMap(\.self))
    case .between: [.between]
    case .isIn: [.isIn]
    case .isNotIn: [.isNotIn]
    case .exists: [.exists]
    case .doesNotExist: [.doesNotExist]
    case .holds, .phrase: []
    }
  }
}
