import Telemetry

/// The items that fit a context, ranked by what is typed.
struct CompletionCandidates {
  let context: CompletionContext
  let isWhole: Bool
  let query: Query
  let catalog: FieldCatalog
  let typed: String
  let quote: CompletionPoint.Quote?

  func items() -> [CompletionItem] {
    switch context.expected {
    case .value(let field, let op): return values(of: field, op).ranked(by: typed, Self.unquoted)
    case .nothing, .name: return []
    case _ where quote == .text || (quote == .name && !isField): return []
    case .calculation: return calculations()
    case .calculationField(let kind):
      return fields { kind.takes($0) }
    case .test: return fields { _ in true } + keywords(["NOT"]) + relations()
    case .group: return fields { _ in true }
    case .condition: return conditions()
    case .orderKey: return orderings()
    case .filterOperator(let field, let start):
      let joins = start == nil ? keywords(["AND", "OR"] + clauses) : []
      let (name, type) = (field, type(of: field))
      let plain = operators(fitting: type)
      let isHolding = name.builtin?.type == .bool || type == .bool
      return isHolding && typed.isEmpty ? joins + plain : plain + joins
    case .comparison:
      return Comparison.allCases.map {
        CompletionItem($0.rawValue, .operator, FilterOperator.named[$0.rawValue]?.help ?? "")
      }.ranked(by: typed, \.text)
    case .number(let kind): return numbers(kind)
    case .length, .instant, .limit: return figures()
    default: return keywords(words)
    }
  }

  private var isField: Bool {
    switch context.expected {
    case .calculationField, .test, .group, .orderKey: true
    default: false
    }
  }

  // MARK: Keywords

  private var words: [String] {
    switch context.expected {
    case .afterTest, .afterCondition: ["AND", "OR"] + clauses
    case .afterCalculation: clauses + ["AS"]
    case .afterOrder: ["DESC", "ASC"] + clauses
    case .betweenAnd: ["AND"]
    case .by: ["BY"]
    case .to: ["TO"]
    case .time: ["LAST", "FROM", "ALL", "EVERY"].filter { !used.contains($0) }
    default: clauses
    }
  }

  /// First words of the clauses that are there, all of a clause's words for one.
  private var used: Set<String> {
    var used = Set(context.clauses)
    if used.contains("SELECT") { used.insert("VISUALIZE") }
    if !used.isDisjoint(with: ["LAST", "FROM", "ALL"]) { used.formUnion(["LAST", "FROM", "ALL"]) }
    return used
  }

  /// Clauses that a whole query still lacks.
  private var clauses: [String] {
    guard isWhole else { return [] }
    return [
      "VISUALIZE", "WHERE", "GROUP BY", "HAVING", "ORDER BY", "LIMIT", "LAST", "FROM", "ALL",
      "EVERY",
    ].filter { !used.contains($0.split(separator: " ").first.map(String.init) ?? $0) }
  }

  private func keywords(_ words: [String]) -> [CompletionItem] {
    words.map { CompletionItem($0, .keyword, Self.help[$0] ?? "") }.ranked(by: typed, \.text)
  }

  private static let help = [
    "VISUALIZE": "calculations: graphs and columns", "WHERE": "which spans count",
    "GROUP BY": "a row for each combination of values", "HAVING": "which groups are shown",
    "ORDER BY": "which rows come first", "LIMIT": "how many rows", "LAST": "a time up to now",
    "FROM": "a time between two instants", "ALL": "everything held",
    "EVERY": "granularity of the graphs", "AND": "both", "OR": "either", "NOT": "the opposite",
    "AS": "what it is called", "ASC": "smallest first", "DESC": "largest first",
  ]

  private func relations() -> [CompletionItem] {
    (SpanRelation.allCases.map { CompletionItem($0.rawValue + "(", .keyword, $0.help) }
      + SpanItem.allCases.map { CompletionItem($0.rawValue + "(", .keyword, $0.help) })
      .ranked(by: typed, \.text)
  }

  // MARK: Calculations

  private func calculations(heatmaps: Bool = true) -> [CompletionItem] {
    var kinds = CalculationKind.offered.filter { heatmaps || $0 != .heatmap }
    if let kind = CalculationKind(word: typed), !kinds.contains(kind) { kinds.append(kind) }
    return kinds.map {
      CompletionItem($0.takesField ? $0.word + "(" : $0.word, .calculation, $0.help)
    }.ranked(by: typed, \.text) + functions()
  }

  private func functions() -> [CompletionItem] {
    FunctionKind.named.map { CompletionItem($0.word + "(", .calculation, $0.help) }
      .ranked(by: typed, \.text)
  }

  /// Those the query shows come first, whole.
  private func conditions() -> [CompletionItem] {
    let shown = query.calculations.filter { !$0.isHeatmap }
      .map { term in
        CompletionItem(
          term.name.map { FieldRef($0).text } ?? term.text, .calculation, term.kind.help)
      }
      .ranked(by: typed, \.text)
    return shown + calculations(heatmaps: false).filter { !shown.map(\.text).contains($0.text) }
  }

  private func orderings() -> [CompletionItem] {
    if query.isRaw { return fields { _ in true } }
    let groups = query.groupBy.map { CompletionItem($0.text, .field, detail(of: $0)) }
      .ranked(by: typed, \.text)
    let functions = functions()
    let terms = conditions().filter { !functions.map(\.text).contains($0.text) }
    return terms + groups + functions
  }

  // MARK: Operators and values

  private func operators(fitting type: FieldType?) -> [CompletionItem] {
    FilterOperator.fitting(type ?? .mixed)
      .map { CompletionItem($0.word, .operator, $0.help) }
      .ranked(by: typed, \.text)
  }

  private func values(of field: FieldRef, _ op: FilterOperator) -> [CompletionItem] {
    guard op.takesWholeValues else { return [] }
    let held = KnownFields(catalog).summaries(of: field).flatMap(\.top)
    let items = held.compactMap { value, count -> CompletionItem? in
      guard let literal = value.literal else { return nil }
      let share = catalog.spanCount > 0 ? Double(count) / Double(catalog.spanCount) : nil
      return CompletionItem(literal.text, .value, count: count, share: share)
    }
    let fixed = Self.values(of: field, type(of: field))
      .filter { text in !items.contains { $0.text == text } }
    return items + fixed.map { CompletionItem($0, .value) }
  }

  /// Values a field can have whether or not a span has them.
  private static func values(of field: FieldRef, _ type: FieldType?) -> [String] {
    switch field.builtin {
    case .spanKind:
      ["internal", "server", "client", "producer", "consumer", "unspecified"].map { "\"\($0)\"" }
    case .statusCode: ["unset", "ok", "error"].map { "\"\($0)\"" }
    case .durationMS, .selfMS: ["1ms", "10ms", "100ms", "1s", "10s"]
    default: type == .bool ? ["true", "false"] : []
    }
  }

  private func numbers(_ kind: CalculationKind) -> [CompletionItem] {
    let texts =
      kind.family == .count
      ? ["10", "100", "1000"] : ["1", "10", "100", "100ms", "1s"]
    return texts.map { CompletionItem($0, .value) }.ranked(by: typed, \.text)
  }

  private func figures() -> [CompletionItem] {
    let texts =
      switch context.expected {
      case .limit: ["10", "20", "50", "100", "1000"]
      case .instant: ["-1h", "-15m", "-1d", "now"]
      default:
        context.clauses.last == "EVERY"
          ? ["1s", "5s", "10s", "1m", "5m", "1h"] : ["5m", "10m", "1h", "6h", "1d", "7d"]
      }
    return texts.map { CompletionItem($0, .value) }.ranked(by: typed, \.text)
  }

  private static func unquoted(_ item: CompletionItem) -> String {
    item.text.filter { $0 != "\"" }
  }

  func type(of field: FieldRef) -> FieldType? { KnownFields(catalog).type(of: field) }

  func detail(of field: FieldRef) -> String { type(of: field)?.rawValue ?? "" }
}
