import QueryLanguage
import Telemetry
import TestSupport

/// Queries of every shape a text can have, odd names and numbers included.
struct RandomQuery {
  var random: SeededGenerator
  /// Of calculations, in the query that is being made.
  private var names: Set<String> = []

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  mutating func query() -> Query {
    var query = Query()
    names = []
    if chance(70) { query.visualize = many(1...4) { $0.calculation() } }
    for index in query.visualize.indices where chance(30) {
      let name = text()
      guard !name.isEmpty, names.insert(name).inserted else { continue }
      query.visualize[index].name = name
    }
    if let name = names.sorted().randomElement(using: &random), chance(50) {
      query.visualize.append(
        Calculation(formula: .call(.divide, [.term(.reference(name)), .literal(.integer(2))])))
    }
    if chance(70) { query.filter = filter(depth: 4) }
    if chance(50) { query.groupBy = many(1...4) { $0.field() } }
    if chance(30) { query.having = having(depth: 3) }
    if chance(40) { query.orderBy = many(1...3) { $0.ordering() } }
    if chance(40) { query.limit = pick([1, 100, .max]) }
    if chance(40) { query.time = time() }
    if chance(30) { query.every = length() }
    return query
  }

  mutating func chance(_ percent: Int) -> Bool {
    Int.random(in: 0..<100, using: &random) < percent
  }

  mutating func pick<T>(_ values: [T]) -> T {
    values[Int.random(in: 0..<values.count, using: &random)]
  }

  mutating func many<T>(_ counts: ClosedRange<Int>, _ item: (inout RandomQuery) -> T) -> [T] {
    let count = Int.random(in: counts, using: &random)
    var items: [T] = []
    for _ in 0..<count { items.append(item(&self)) }
    return items
  }

  // MARK: Names and values

  private static let texts = [
    "", " ", "a", "http.target", "root", "root.", "root.x", "parent.y", "span.x", "span.kind",
    "span.span.kind", "resource.service.name", "scope.", "root.span.kind", "kind", "COUNT", "count",
    "and", "NOT", "limit", "from", "P99", "p5", "true", "null", "in", "not-in", "does-not-exist",
    "5", "-5", "1e9", "1.5s", "10m", "99999999999999999999d", "inf", "nan", "0x10", ".", "-", ".5",
    "`", "``", "\"", "'", "\\", "\\n", "\\u{41}", "a\nb", "\r\n", "\t", "\u{0}", "\u{7f}", "\u{85}",
    "é", "e\u{301}", "\u{301}x", "名前", "🙂", "\u{FFFD}", "\u{202E}", "a b", "a,b", "a(b)", "x=1",
    "event.name", "link.x", "event", "link", "any", "any.error", "none.x", "child.name", "any2.y",
    "any3.", "desc", "top", "last", "first",
    "--", "/api/v1/users/{id}", "user@host:80", "%a_b%", "^[a-z]+\\d{2,}$", "now", "by", "to",
  ]

  mutating func text() -> String {
    if chance(60) { return pick(Self.texts) }
    var text = ""
    for _ in 0..<Int.random(in: 0...12, using: &random) {
      text += pick(["a", "Z", "0", ".", "_", "-", "`", "\"", "\\", " ", "é", "🙂", "\u{0}", "span."])
    }
    return text
  }

  mutating func computed() -> FieldRef {
    if chance(20) { return FieldRef(.condition(filter(depth: 1))) }
    let expression = expression(depth: 3)
    guard case .call = expression, !expression.terms.isEmpty else { return FieldRef("x") }
    return FieldRef(.expression(expression))
  }

  private mutating func expression(depth: Int, isArgument: Bool = false) -> Expression<FieldRef> {
    guard depth > 0, chance(70) else {
      if isArgument, chance(20) { return .literal(chance(50) ? .text(text()) : .bool(chance(50))) }
      if chance(30) {
        let number = number()
        if number.number?.isFinite ?? false { return .literal(number) }
      }
      return .term(chance(90) ? FieldRef(text(), scope: pick(FieldScope.allCases)) : related())
    }
    let function = pick(FunctionKind.all.filter { $0.scope != .calculations })
    let count = pick([function.arity.lowerBound, min(function.arity.upperBound, 3)])
    if function.takesPattern {
      return .call(
        function,
        [
          expression(depth: depth - 1, isArgument: true),
          .literal(.text(pick(["(a)", "\\d+\"", "é|\n", ""]))),
        ])
    }
    return .call(
      function,
      (0..<count).map { index in
        index == 0 && function.hasCondition
          ? .term(FieldRef(.condition(filter(depth: 1))))
          : expression(depth: depth - 1, isArgument: !function.isInfix)
      })
  }

  mutating func related() -> FieldRef {
    let relation = pick(SpanRelation.allCases.filter { $0 != .none })
    let kind = pick([CalculationKind.count, .sum, .average, .countDistinct, .percentile(.p99)])
    return FieldRef(
      .related(
        RelatedValue(
          kind, relation, kind == .count ? nil : field(),
          where: chance(30) ? filter(depth: 0) : nil)))
  }

  mutating func field() -> FieldRef {
    if chance(4) { return related() }
    if chance(6) { return computed() }
    if chance(30) {
      return FieldRef(
        pick(BuiltinField.allCases).rawValue, of: pick(FieldRef.Relation.allCases))
    }
    return FieldRef(
      text(), scope: pick(FieldScope.allCases), of: pick(FieldRef.Relation.allCases))
  }

  mutating func number() -> Literal {
    switch Int.random(in: 0..<3, using: &random) {
    case 0: .integer(pick([0, 1, -1, 42, .max, .min, .random(in: .min ... .max, using: &random)]))
    case 1: .double(double())
    default: .duration(nanoseconds: nanoseconds())
    }
  }

  private mutating func double() -> Double {
    let bits = Double(bitPattern: random.next())
    let odd = pick([
      0, -0.0, 1, -1.5, -1e16, .nan, .infinity, -.infinity, 0.1, 1e20, 1e21, 1e300,
      .leastNonzeroMagnitude, .pi,
      -.greatestFiniteMagnitude, 1 / 3,
    ])
    return chance(50) && bits.isFinite ? bits : odd
  }

  private mutating func nanoseconds() -> Int64 {
    pick([
      0, 1, 999, 1_000, 1_500, 1_000_000, 1_234_567, 1_000_000_000, 1_500_000_000, 60_000_000_000,
      90_000_000_000, 3_600_000_000_000, 86_400_000_000_000, .max, .min, -1, -60_000_000_000,
      .random(in: .min ... .max, using: &random),
    ])
  }

  mutating func literal() -> Literal {
    switch Int.random(in: 0..<8, using: &random) {
    case 0, 1: .text(text())
    case 2, 3: .bool(chance(50))
    case 4: .json(pick(["[]", "[1,2.0,\"a]\\\"\"]", "{}", "[[null,true],{\"k\":\"]\"}]"]))
    default: number()
    }
  }

  /// What a text can put beside the field: instants beside those of instants only.
  private mutating func literal(for field: FieldRef) -> Literal {
    switch field.builtin?.type {
    case .time: .time(.random(in: 0 ... .max, using: &random))
    case .id: .text(text())
    // What else stands bare beside a field of texts is a text.
    case .text: chance(50) ? .text(text()) : .integer(.random(in: .min ... .max, using: &random))
    default: literal()
    }
  }
}

extension RandomQuery {
  mutating func calculation(heatmaps: Bool = true) -> Calculation {
    let percentile = Percentile(thousandths: .random(in: 1..<100_000, using: &random)) ?? .p50
    let kinds: [CalculationKind] =
      CalculationKind.offered.filter { heatmaps || $0 != .heatmap } + [.percentile(percentile)]
    let kind = pick(kinds)
    if chance(15) { return Calculation(formula: .call(.add, [formula(depth: 3), .term(.count)])) }
    if chance(10), let name = names.sorted().randomElement(using: &random) {
      return .reference(name)
    }
    let filter = kind != .concurrency && chance(20) ? filter(depth: 2) : nil
    var parameter: Literal?
    switch kind.parameter {
    case .threshold?: parameter = pick([.integer(5), .double(0.25), .duration(nanoseconds: 1_500)])
    case .count?: parameter = .integer(pick([1, 7, .max]))
    case nil: break
    }
    return kind.over(kind.takesField ? field() : nil, parameter: parameter, where: filter) ?? .count
  }

  private mutating func formula(depth: Int) -> Expression<Calculation> {
    guard depth > 0, chance(60) else {
      if chance(30) {
        let number = number()
        if number.number?.isFinite ?? false { return .literal(number) }
      }
      var term = calculation(heatmaps: false)
      while term.formula != nil { term = calculation(heatmaps: false) }
      return .term(term)
    }
    let function = pick(FunctionKind.all.filter { $0.scope != .fields })
    let count = pick([function.arity.lowerBound, min(function.arity.upperBound, 3)])
    return .call(function, (0..<count).map { _ in formula(depth: depth - 1) })
  }

  mutating func filter(depth: Int) -> Filter {
    if depth > 0, chance(50) {
      switch Int.random(in: 0..<5, using: &random) {
      case 4: return .item(pick(SpanItem.allCases), filter(depth: depth - 1))
      case 3: return .related(pick(SpanRelation.allCases), filter(depth: depth - 1))
      case 0: return .and(many(2...4) { $0.filter(depth: depth - 1) })
      case 1: return .or(many(2...4) { $0.filter(depth: depth - 1) })
      default: return .not(filter(depth: depth - 1))
      }
    }
    let field = field()
    if chance(10) { return .holds(field) }
    if chance(10) { return .phrase(text()) }
    let op = pick(FilterOperator.allCases)
    let operand: FilterOperand =
      switch op.operand {
      case .nothing: .nothing
      case .value: .value(literal(for: field))
      case .pair: .pair(literal(for: field), literal(for: field))
      case .list: .list(many(1...3) { $0.literal(for: field) })
      case .text: .text(text())
      }
    return .test(field, op, operand)
  }

  mutating func having(depth: Int) -> Having {
    if depth > 0, chance(50) {
      switch Int.random(in: 0..<3, using: &random) {
      case 0: return .and(many(2...3) { $0.having(depth: depth - 1) })
      case 1: return .or(many(2...3) { $0.having(depth: depth - 1) })
      default: return .not(having(depth: depth - 1))
      }
    }
    let calculation = calculation(heatmaps: false)
    let value = calculation.isTime ? .time(.random(in: 0 ... .max, using: &random)) : number()
    return .compare(calculation, pick(Comparison.allCases), value)
  }

  mutating func ordering() -> Ordering {
    var key = Ordering.Key.field(field())
    if chance(50) {
      let calculation = calculation(heatmaps: false)
      // A name alone reads as a field's.
      key = calculation.isReference ? key : .calculation(calculation)
    }
    return Ordering(key, chance(50) ? .ascending : .descending)
  }

  mutating func length() -> Nanoseconds {
    Nanoseconds(max(1, nanoseconds().magnitude == Int64.min.magnitude ? 7 : abs(nanoseconds() / 2)))
  }

  mutating func time() -> TimeClause {
    switch Int.random(in: 0..<3, using: &random) {
    case 0: .all
    case 1: .last(length())
    default: .range(from: point(), to: point())
    }
  }

  private mutating func point() -> TimePoint {
    if chance(30) { return .ago(chance(30) ? .zero : length()) }
    return .instant(
      UnixNanos(pick([0, 1, 951_782_400_000_000_000, .max, random.next()])))
  }
}
