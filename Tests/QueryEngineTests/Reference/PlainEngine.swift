import QueryLanguage
import Telemetry

/// Runs queries over spans one by one, by the words of the language's description.
struct PlainEngine {
  let spans: [PlainSpan]

  struct Answer {
    var rows: [[ResultValue]] = []
    var total: [ResultValue] = []
    var other: [ResultValue]?
    var groups = 0
    var matched = 0
    /// The spans of each row.
    var members: [[PlainSpan]] = []
    var context: PlainContext
  }

  /// - Parameters:
  ///   - range: what the engine says its graphs cover.
  ///   - width: of its buckets.
  func run(_ query: Query, _ range: Range<UInt64>, _ width: UInt64) -> Answer {
    let takesAll = query.time == nil || query.time == .all
    let hasFlight = query.namedCalculations.contains { $0.kind == Calculation.concurrency.kind }
    let matched = spans.filter { span in
      span.isInRange = takesAll || range.contains(span.start)
      let isTaken = span.isInRange || hasFlight && span.overlap(range) > 0
      return isTaken && (query.filter.map(span.passes) ?? true)
    }
    let context = PlainContext(
      range: range, width: width, all: matched.filter(\.isInRange), held: spans,
      shown: query.visualize)
    var answer = Answer(context: context)
    answer.matched = matched.count
    let calculations = query.calculations
    func row(_ group: [ResultValue], _ spans: [PlainSpan]) -> [ResultValue] {
      group + calculations.map { spans.calculate($0, context) }
    }
    let blanks = query.groupBy.map { _ in ResultValue.missing }
    answer.total = row(blanks, matched)
    var groups: [(values: [ResultValue], spans: [PlainSpan])]
    if query.groupBy.isEmpty {
      groups = [([], matched)]
    } else {
      let keyed = Dictionary(grouping: matched) { span in
        query.groupBy.map { span.value($0)?.key ?? "none" }
      }
      groups = keyed.values.map { spans in
        // Where 1 and 1.0 are one group, the integer names it.
        let values = query.groupBy.map { field -> ResultValue in
          let all = spans.compactMap { $0.value(field)?.result }
          return all.first { if case .integer = $0 { true } else { false } } ?? all.first
            ?? .missing
        }
        return (values, spans)
      }
    }
    answer.groups = groups.count
    let all = groups
    if let having = query.having {
      groups = groups.filter { group in
        holds(having) { group.spans.calculate($0, context) }
      }
    }
    let keyed = groups.map { (group: $0, keys: keys($0, query, context)) }
    groups = keyed.sorted { comesBefore($0, $1) }.map(\.group)
    let shown = groups.prefix(query.limit ?? 100)
    if groups.count > shown.count {
      let kept = Set(shown.flatMap { $0.spans.map { ObjectIdentifier($0) } })
      let others = all.flatMap(\.spans).filter { !kept.contains(ObjectIdentifier($0)) }
      answer.other = row(blanks, others)
    }
    answer.rows = shown.map { row($0.values, $0.spans) }
    answer.members = shown.map(\.spans)
    return answer
  }

  /// Whether a calculation that needs numbers is taken over a field that holds nothing but values of
  /// one other type.
  func refuses(_ query: Query) -> Bool {
    query.namedCalculations.contains { calculation in
      guard let field = calculation.field,
        !["COUNT_DISTINCT", "FIRST", "LAST", "TOP"].contains(calculation.kind.word)
      else {
        return false
      }
      let own = field.computed == nil ? FieldRef(field.name, scope: field.scope) : field
      let values =
        field.builtin == nil && field.computed == nil
        ? spans.flatMap { $0.attributes(own) } : spans.compactMap { $0.value(own) }
      let kinds = Set(values.map(\.typeName))
      let fitting =
        ["AVG", "RATE_AVG"].contains(calculation.kind.word) ? ["number", "bool"] : ["number"]
      return kinds.count == 1 && kinds.isDisjoint(with: fitting)
    }
  }

  // MARK: Order

  private typealias Group = (values: [ResultValue], spans: [PlainSpan])

  private typealias Key = (value: ResultValue, direction: Ordering.Direction)

  /// What a group is sorted by: the terms of ORDER BY, then its values.
  private func keys(_ group: Group, _ query: Query, _ context: PlainContext) -> [Key] {
    var orderings = query.orderBy
    if orderings.isEmpty {
      let first = query.calculations.first { !$0.isHeatmap } ?? .count
      orderings = [Ordering(.calculation(first))]
    }
    let terms = orderings.compactMap { ordering -> Key? in
      switch ordering.key {
      case .field(let field) where !query.groupBy.contains(field):
        return (group.spans.calculate(.reference(field.name), context), ordering.direction)
      case .calculation(let calculation):
        return (group.spans.calculate(calculation, context), ordering.direction)
      case .field(let field):
        return query.groupBy.firstIndex(of: field).map { (group.values[$0], ordering.direction) }
      }
    }
    return terms + group.values.map { ($0, .ascending) }
  }

  private func comesBefore(
    _ a: (group: Group, keys: [Key]), _ b: (group: Group, keys: [Key])
  ) -> Bool {
    for (x, y) in zip(a.keys, b.keys) {
      var order = Self.order(x.value, y.value)
      let isMissing = x.value == .missing || y.value == .missing
      if x.direction == .descending, !isMissing { order = -order }
      if order != 0 { return order < 0 }
    }
    return false
  }

  /// Numbers, booleans, texts by bytes, arrays, then "no value"; integers before equal doubles.
  static func order(_ a: ResultValue, _ b: ResultValue) -> Int {
    func rank(_ value: ResultValue) -> Int {
      switch value {
      case .integer, .double, .time: 0
      case .bool: 1
      case .text: 2
      case .json: 3
      case .missing: 4
      }
    }
    if rank(a) != rank(b) { return rank(a) < rank(b) ? -1 : 1 }
    switch (a, b) {
    case (.bool(let a), .bool(let b)): return a == b ? 0 : b ? -1 : 1
    case (.text(let a), .text(let b)), (.json(let a), .json(let b)):
      let (a, b) = (Array(a.utf8), Array(b.utf8))
      return a == b ? 0 : a.lexicographicallyPrecedes(b) ? -1 : 1
    case (.missing, .missing): return 0
    default: break
    }
    if case .time(let a) = a, case .time(let b) = b { return a == b ? 0 : a < b ? -1 : 1 }
    let (x, y) = (a.number ?? 0, b.number ?? 0)
    if x.isNaN != y.isNaN { return x.isNaN ? 1 : -1 }
    if x != y, !x.isNaN { return x < y ? -1 : 1 }
    func isInteger(_ value: ResultValue) -> Bool {
      if case .integer = value { true } else { false }
    }
    if isInteger(a) != isInteger(b) { return isInteger(a) ? -1 : 1 }
    return 0
  }

  private func holds(_ having: Having, _ value: (Calculation) -> ResultValue) -> Bool {
    switch having {
    case .and(let terms): return terms.allSatisfy { holds($0, value) }
    case .or(let terms): return terms.contains { holds($0, value) }
    case .not(let term): return !holds(term, value)
    case .compare(let calculation, let comparison, let literal):
      guard let number = value(calculation).number else { return false }
      let plain = PlainValue.double(number)
      let sign = comparison.rawValue
      return sign == "!=" ? !plain.compares("=", literal) : plain.compares(sign, literal)
    }
  }
}
