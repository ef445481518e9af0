import QueryLanguage
import Telemetry
import TestSupport

/// Queries over the fields of ``RandomSpans``.
struct RandomQueries {
  private var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  private static let names = [
    "text", "int", "dbl", "bool", "mixed", "array", "both", "only.resource", "weird name", "absent",
    "name", "service.name", "duration_ms", "self_ms", "start_time", "end_time", "trace.trace_id",
    "trace.span_id", "trace.parent_id", "span.kind", "status_code", "status_message", "error",
    "is_root", "library.name", "library.version", "span.num_events", "depth", "child_count",
    "exception.type", "leaf", "desc_count", "gap_ms", "trace_duration_ms", "trace_spans",
    "trace_errors", "meta.invalid_duration",
  ]
  private static let numbers = ["int", "dbl", "mixed", "duration_ms", "self_ms", "depth", "both"]

  mutating func next() -> Query {
    var query = Query()
    for _ in 0..<Int.random(in: 1...3, using: &random) { query.visualize.append(calculation()) }
    nameSome(&query)
    if !chance(4) { query.filter = filter(depth: 0) }
    for _ in 0..<pick([0, 1, 1, 2, 3]) {
      let field = field()
      if !query.groupBy.contains(field) { query.groupBy.append(field) }
    }
    if chance(4) { query.having = having(query) }
    for _ in 0..<pick([0, 0, 1, 2]) { query.orderBy.append(ordering(query)) }
    query.limit = chance(2) ? Int.random(in: 1...4, using: &random) : nil
    let second = 1_000_000_000
    switch Int.random(in: 0..<4, using: &random) {
    case 0: query.time = .last(Nanoseconds(Int64(second)))
    case 1:
      let from = RandomSpans.base + 400_000_000
      query.time = .range(
        from: .instant(UnixNanos(from)), to: .instant(UnixNanos(from + 900_000_000)))
    case 2: query.time = .all
    default: query.time = nil
    }
    if chance(2) { query.every = Nanoseconds(pick([50_000_000, 333_000_000, 1_000_000_000])) }
    return query
  }

  /// Gives some of them names, and adds formulas over these.
  private mutating func nameSome(_ query: inout Query) {
    guard chance(3) else { return }
    for index in query.visualize.indices where !query.visualize[index].isHeatmap {
      query.visualize[index].name = "n\(index)"
    }
    guard let named = query.visualize.first(where: { $0.name != nil && isNumber($0) }) else {
      return
    }
    query.visualize.append(
      Calculation(
        formula: .call(
          pick([.add, .subtract, .multiply, .divide]),
          [.term(.reference(named.name ?? "")), formula(depth: 1)]), name: "f"))
  }

  /// Whether a formula can take it.
  private func isNumber(_ calculation: Calculation) -> Bool {
    calculation.plain.allSatisfy {
      !$0.isHeatmap && !$0.isListing && !["FIRST", "LAST"].contains($0.kind.word)
    }
  }

  private mutating func formula(depth: Int) -> Expression<Calculation> {
    switch Int.random(in: 0..<(depth < 3 ? 8 : 4), using: &random) {
    case 0: return .literal(pick([.integer(2), .integer(0), .double(0.5), .integer(-3)]))
    case 1...3:
      var term = plain()
      while !isNumber(term) { term = plain() }
      return .term(term)
    default:
      let function = pick(FunctionKind.all.filter { $0.scope != .fields })
      let count = max(function.arity.lowerBound, min(2, function.arity.upperBound))
      if function == .round {
        return .call(function, [formula(depth: depth + 1), .literal(.integer(pick([0, 2, -1])))])
      }
      return .call(function, (0..<count).map { _ in formula(depth: depth + 1) })
    }
  }

  /// One in five of its own spans only, one in eight a formula.
  private mutating func calculation() -> Calculation {
    if chance(8) {
      let formula = Expression<Calculation>.call(
        pick([.add, .divide]), [.term(.count), formula(depth: 0)])
      return Calculation(formula: formula)
    }
    let calculation = plain()
    guard chance(5), calculation != .concurrency else { return calculation }
    return calculation.over(filter(depth: 2))
  }

  private mutating func plain() -> Calculation {
    let field = numberField()
    switch Int.random(in: 0..<21, using: &random) {
    case 14: return .errorRate
    case 15: return CalculationKind.deviation.over(field) ?? .count
    case 16:
      let threshold = pick([
        Literal.integer(3), .double(7.777_77), .duration(nanoseconds: 5_000_000), .double(0.5),
      ])
      let isDuration = field.builtin?.isDuration ?? false
      return CalculationKind.apdex.over(
        field, parameter: isDuration ? threshold : .integer(3)) ?? .count
    case 17: return CalculationKind.impact.over(field) ?? .count
    case 18: return pick([CalculationKind.first, .last]).over(self.field()) ?? .count
    case 19:
      return CalculationKind.top.over(self.field(), parameter: .integer(pick([1, 2, 5]))) ?? .count
    case 20: return CalculationKind.exemplar.over(nil) ?? .count
    case 13:
      return .average(FieldRef(pick(["error", "bool", "is_root"]), of: pick([.own, .parent])))
    case 0: return .count
    case 1: return .countDistinct(self.field())
    case 2: return .sum(field)
    case 3: return .average(field)
    case 4: return .minimum(field)
    case 5: return .maximum(field)
    case 6: return .concurrency
    case 7: return .heatmap(field)
    case 8: return .rateAverage(field)
    case 9: return .rateSum(field)
    case 10: return .rateMaximum(field)
    default:
      let rank = pick([1, 5_000, 25_000, 50_000, 90_000, 95_000, 99_000, 99_900, 99_999])
      return Percentile(thousandths: rank).map { .percentile($0, field) } ?? .count
    }
  }

  private mutating func related() -> FieldRef {
    let relation = pick(SpanRelation.allCases.filter { $0 != .none })
    let filter = chance(2) ? filter(depth: 2) : nil
    let field = FieldRef(
      pick(["int", "dbl", "duration_ms", "self_ms", "depth"]), of: pick([.own, .own, .root]))
    let kind = pick([
      CalculationKind.count, .countDistinct, .sum, .minimum, .maximum,
    ])
    let taken: FieldRef? =
      switch kind {
      case .count: nil
      case .countDistinct: FieldRef(pick(Self.names))
      default: field
      }
    return FieldRef(.related(RelatedValue(kind, relation, taken, where: filter)))
  }

  private mutating func numberField() -> FieldRef {
    if chance(8) { return related() }
    return plainNumberField()
  }

  /// An expression of numbers.
  private mutating func computed(depth: Int = 0) -> Expression<FieldRef> {
    switch Int.random(in: 0..<(depth < 3 ? 9 : 4), using: &random) {
    case 0: return .literal(pick([.integer(2), .integer(0), .double(0.5), .integer(-3)]))
    case 1...3:
      return .term(
        FieldRef(
          pick(["int", "dbl", "duration_ms", "text", "mixed", "depth"]), of: pick([.own, .root])))
    case 4: return .call(.length, [words()])
    case 5: return .call(pick([.toInteger, .toNumber]), [words()])
    case 6:
      return .call(
        .choice,
        [
          .term(FieldRef(.condition(filter(depth: 2)))), computed(depth: depth + 1),
          computed(depth: depth + 1),
        ])
    case 7: return .call(.bucket, [computed(depth: depth + 1), .literal(.integer(pick([5, 10])))])
    default:
      let function = pick([
        FunctionKind.add, .subtract, .multiply, .divide, .modulo, .absolute, .squareRoot, .floor,
        .least, .greatest, .firstPresent, .ceiling, .round,
      ])
      let count = min(function.arity.upperBound, max(2, function.arity.lowerBound))
      if function == .round { return .call(function, [computed(depth: depth + 1)]) }
      return .call(function, (0..<count).map { _ in computed(depth: depth + 1) })
    }
  }

  /// An expression of texts.
  private mutating func words() -> Expression<FieldRef> {
    let term = Expression.term(
      FieldRef(pick(["text", "name", "int", "bool", "array", "dbl", "absent"])))
    switch Int.random(in: 0..<5, using: &random) {
    case 4:
      return .call(
        pick([.matchedText, .matchCount]),
        [term, .literal(.text(pick(["[0-9]+", "([a-z])[a-z]", "=(.)", "x|y|(G)", "^."])))])
    case 0: return .call(.concatenation, [term, .literal(.text("-")), .term(FieldRef("name"))])
    case 1: return .call(pick([.lowercase, .uppercase, .trimmed, .toText]), [term])
    case 2:
      return .call(
        .choice, [.term(FieldRef(.condition(filter(depth: 2)))), term, .literal(.text("else"))])
    default: return term
    }
  }

  private mutating func plainNumberField() -> FieldRef {
    if chance(6) {
      let expression = computed()
      if !expression.terms.isEmpty, case .call = expression {
        return FieldRef(.expression(expression))
      }
    }
    return FieldRef(pick(Self.numbers), of: pick([.own, .own, .own, .root, .parent]))
  }

  private mutating func field() -> FieldRef {
    if chance(12) { return related() }
    if chance(12) {
      let expression =
        chance(3)
        ? .call(
          pick([.holdsText, .beginsWith, .endsIn]),
          [words(), .literal(.text(pick(["a", "0", "G"])))])
        : words()
      if case .call = expression { return FieldRef(.expression(expression)) }
      return FieldRef(.condition(filter(depth: 2)))
    }
    let name = pick(Self.names)
    let isAttribute = BuiltinField(rawValue: name) == nil
    let scope: FieldScope =
      isAttribute ? pick([.automatic, .automatic, .span, .resource]) : .automatic
    return FieldRef(name, scope: scope, of: pick([.own, .own, .own, .root, .parent]))
  }

  private mutating func filter(depth: Int) -> Filter {
    switch Int.random(in: 0..<(depth < 3 ? 15 : 9), using: &random) {
    case 14: .item(chance(6) ? .link : .event, filter(depth: depth + 1))
    case 12, 13: .related(pick(SpanRelation.allCases), filter(depth: depth + 1))
    case 0: .holds(FieldRef(pick(["error", "is_root", "bool"])))
    case 1: .phrase(pick(["get", "FIB", "retry", "200", "lib"]))
    case 2...8: test()
    case 9: .not(filter(depth: depth + 1))
    case 10: .and([filter(depth: depth + 1), filter(depth: depth + 1)])
    default: .or([filter(depth: depth + 1), filter(depth: depth + 1)])
    }
  }

  private mutating func test() -> Filter {
    let op = pick(FilterOperator.allCases)
    let field = field()
    let operand: FilterOperand =
      switch op.operand {
      case .nothing: .nothing
      case .value: .value(literal(for: field))
      case .pair: .pair(literal(for: field), literal(for: field))
      case .list: .list([literal(for: field), literal(for: field)])
      case .text: .text(pattern(op))
      }
    return .test(field, op, operand)
  }

  private mutating func pattern(_ op: FilterOperator) -> String {
    switch op.plain {
    case .matches: pick(["^G", "[0-9]+", "a.b", "=1$", "x|y"])
    case .like: pick(["%a%", "_00", "200%", "%", "", "n%e%"])
    default: pick(["0", "index=1", "G", "", "ü", "web", ".", "e"])
    }
  }

  private mutating func literal(for field: FieldRef) -> Literal {
    guard field.builtin?.type == .time, !chance(6) else { return literal() }
    return .time(RandomSpans.base + UInt64.random(in: 0...40, using: &random) * 50_000_000)
  }

  private mutating func literal() -> Literal {
    switch Int.random(in: 0..<7, using: &random) {
    case 6:
      pick([.json("[]"), .json("[1]"), .double(.nan), .double(.infinity), .json("[\"GET\"]")])
    case 0: .text(pick(RandomSpans.texts + ["web", "a", "error"]))
    case 1: .integer(pick([0, 1, -5, 3, 10, 100, 200]))
    case 2: .double(pick([0.5, 1.125, 7.777_77, 99.5, -3]))
    case 3: .bool(chance(2))
    default: .integer(Int64.random(in: -6...30, using: &random))
    }
  }

  private mutating func having(_ query: Query) -> Having {
    var calculation = calculation()
    if let named = query.visualize.first(where: { $0.name != nil }), !named.isListing, chance(3) {
      calculation = .reference(named.name ?? "")
    }
    if calculation.isHeatmap || calculation.isListing { calculation = .count }
    let term = Having.compare(
      calculation, pick(Comparison.allCases), .integer(pick([0, 1, 2, 5, 100])))
    switch Int.random(in: 0..<4, using: &random) {
    case 0: return .not(term)
    case 1: return .or([term, .compare(.count, .greater, .integer(2))])
    default: return term
    }
  }

  private mutating func ordering(_ query: Query) -> Ordering {
    let direction: Ordering.Direction = chance(2) ? .ascending : .descending
    if chance(2), let field = query.groupBy.randomElement(using: &random) {
      return Ordering(.field(field), direction)
    }
    if let named = query.visualize.last(where: { $0.name != nil }), chance(3) {
      return Ordering(.field(FieldRef(named.name ?? "")), direction)
    }
    let calculation = calculation()
    return Ordering(.calculation(calculation.isHeatmap ? .count : calculation), direction)
  }

  private mutating func chance(_ times: Int) -> Bool {
    Int.random(in: 0..<times, using: &random) == 0
  }

  private mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: 0..<values.count, using: &random)]
  }
}
