import QueryLanguage
import Telemetry

/// What a calculation depends on besides its spans.
final class PlainContext {
  /// What the graphs cover.
  let range: Range<UInt64>
  /// Of a bucket.
  let width: UInt64
  /// All that match the query: they decide whether a field's numbers are integers or doubles.
  let all: [PlainSpan]
  private var kinds: [FieldRef: PlainKind?] = [:]

  /// All spans held: they decide whether a field holds nothing but true and false.
  private let held: [PlainSpan]
  /// Those that names may stand for.
  private let shown: [Calculation]
  private var booleans: [FieldRef: Bool] = [:]

  init(
    range: Range<UInt64>, width: UInt64, all: [PlainSpan], held: [PlainSpan],
    shown: [Calculation]
  ) {
    (self.range, self.width, self.all, self.held) = (range, width, all, held)
    self.shown = shown
  }

  /// What a name stands for.
  func named(_ name: String?) -> Calculation? {
    shown.first { $0.name == name && !$0.isReference }
  }

  /// By the attributes of that name, wherever they are; those of `root.` and `parent.` are the
  /// span's own.
  func isBoolean(_ field: FieldRef) -> Bool {
    if let known = booleans[field] { return known }
    if field.computed != nil { return false }
    let own = FieldRef(field.name, scope: field.scope)
    let values =
      field.builtin == nil
      ? held.flatMap { $0.attributes(own) } : held.compactMap { $0.value(own) }
    let isBoolean =
      !values.isEmpty && values.allSatisfy { if case .bool = $0 { true } else { false } }
    booleans[field] = isBoolean
    return isBoolean
  }

  /// What a field's numbers are; nil when no span has one.
  func kind(_ field: FieldRef, _ filter: Filter?) -> PlainKind? {
    // Of the spans that the calculation itself counts.
    if let filter { return PlainKind(all.filter { $0.passes(filter) }.numbers(field)) }
    if let known = kinds[field] { return known }
    let kind = PlainKind(all.numbers(field))
    kinds[field] = .some(kind)
    return kind
  }

  /// The buckets that overlap the range.
  var buckets: [Range<UInt64>] {
    guard !range.isEmpty, width > 0 else { return [] }
    return (range.lowerBound / width...(range.upperBound - 1) / width).map {
      $0 * width..<($0 + 1) * width
    }
  }
}

/// What kind of numbers a field has.
enum PlainKind {
  case integer, double, length, time

  init?(_ values: [PlainValue]) {
    var kinds: Set<PlainKind> = []
    for value in values {
      switch value {
      case .integer: kinds.insert(.integer)
      case .double: kinds.insert(.double)
      case .length: kinds.insert(.length)
      default: kinds.insert(.time)
      }
    }
    guard let first = kinds.first else { return nil }
    self = kinds.count > 1 ? .double : first
  }
}

extension [PlainSpan] {
  fileprivate func numbers(_ field: FieldRef) -> [PlainValue] {
    compactMap { $0.value(field) }.filter { $0.number != nil }
  }

  /// A calculation for each bucket.
  func series(_ calculation: Calculation, _ context: PlainContext) -> [Double?] {
    if calculation.isReference {
      return context.named(calculation.name).map { series($0, context) } ?? []
    }
    if let formula = calculation.formula {
      let terms = Dictionary(
        formula.terms.map { ($0, series($0, context)) }, uniquingKeysWith: { a, _ in a })
      return context.buckets.enumerated().map { index, bucket in
        let seconds = Double(bucket.clamped(to: context.range).count) / 1e9
        return PlainFormula(seconds: seconds) { terms[$0]?[index].map { .double($0) } ?? .missing }
          .value(formula).number
      }
    }
    if let base = calculation.base {
      let values = series(calculation.filter.map { base.over($0) } ?? base, context)
      return values.indices.map { index in
        guard index > 0, let value = values[index], let before = values[index - 1] else {
          return nil
        }
        return value - before
      }
    }
    return context.buckets.map { bucket in
      if calculation.kind == Calculation.concurrency.kind {
        let covered = bucket.clamped(to: context.range)
        return reduce(0.0) { $0 + Double($1.overlap(covered)) } / Double(covered.count)
      }
      let own = filter { $0.isInRange && bucket.contains($0.start) }
      if calculation.kind.word == "IMPACT" {
        return own.portion(
          calculation, of: context.all.filter { bucket.contains($0.start) }, context
        ).number
      }
      return own.calculate(calculation, context).number
    }
  }

  /// A calculation over these spans, whole.
  func calculate(_ calculation: Calculation, _ context: PlainContext) -> ResultValue {
    if calculation.isReference {
      return context.named(calculation.name).map { calculate($0, context) } ?? .missing
    }
    if let formula = calculation.formula {
      return PlainFormula(seconds: Double(context.range.count) / 1e9) {
        calculate($0, context)
      }.value(formula)
    }
    if calculation.kind.word == "IMPACT" {
      return portion(calculation, of: context.all, context)
    }
    let range = context.range
    let started = filter { $0.isInRange && (calculation.filter.map($0.passes) ?? true) }
    if calculation.kind == Calculation.concurrency.kind {
      guard !range.isEmpty else { return .missing }
      let time = reduce(0.0) { $0 + Double($1.overlap(range)) }
      return .double(time / Double(range.count))
    }
    switch calculation.kind.word {
    case "ERROR_RATE":
      if started.isEmpty { return .missing }
      return .double(Double(started.count { $0.status == .error }) / Double(started.count))
    case "EXEMPLAR":
      return started.min {
        $0.duration != $1.duration
          ? $0.duration > $1.duration : ($0.trace, $0.id) < ($1.trace, $1.id)
      }.map { .text(TraceID(high: 0, low: $0.trace).hex) } ?? .missing
    default: break
    }
    guard let field = calculation.field else { return .integer(Int64(started.count)) }
    switch calculation.kind.word {
    case "FIRST", "LAST":
      let sorted = started.filter { $0.value(field) != nil }.sorted {
        $0.start != $1.start ? $0.start < $1.start : ($0.trace, $0.id) < ($1.trace, $1.id)
      }
      let span = calculation.kind.word == "FIRST" ? sorted.first : sorted.last
      return span?.value(field)?.result ?? .missing
    case "TOP": return started.top(field, Int(calculation.parameter?.number ?? 0))
    default: break
    }
    let kind = context.kind(field, calculation.filter)
    if calculation.kind.word == "COUNT_DISTINCT" {
      return .integer(Int64(Set(started.compactMap { $0.value(field)?.key }).count))
    }
    if calculation.kind.word.hasPrefix("RATE_") {
      let changes = series(calculation, context).compactMap(\.self)
      return changes.isEmpty ? .missing : .double(ExactMean.of(changes))
    }
    let isShare = calculation.kind.word == "AVG" && context.isBoolean(field)
    let values: [PlainValue] =
      isShare
      ? started.compactMap { $0.value(field) }.map { .integer($0 == .bool(true) ? 1 : 0) }
      : started.numbers(field)
    if let percentile = calculation.kind.percentile {
      return Self.percentile(values, kind, Int(percentile.thousandths))
    }
    return switch calculation.kind.word {
    case "SUM": Self.sum(values, kind)
    case "STDDEV": Self.deviation(values, kind)
    case "APDEX": calculation.parameter.map { Self.apdex(values, kind, $0) } ?? .missing
    case "AVG": Self.mean(values, isShare && !values.isEmpty ? .integer : kind)
    case "MIN": Self.extreme(values, kind) { $0 < $1 }
    case "MAX": Self.extreme(values, kind) { $0 > $1 }
    default: .missing
    }
  }

  private static func whole(_ value: PlainValue) -> Int64 {
    switch value {
    case .integer(let value): value
    case .length(let value), .time(let value): Int64(value)
    default: 0
    }
  }

  private static func sum(_ values: [PlainValue], _ kind: PlainKind?) -> ResultValue {
    let integers = values.reduce(Int128(0)) { $0 + Int128(whole($1)) }
    guard !values.isEmpty else { return .missing }
    switch kind {
    case nil: return .missing
    case .integer: return Int64(exactly: integers).map { .integer($0) } ?? .double(Double(integers))
    case .length: return .double(Double(integers) / 1_000_000)
    case .time: return Int64(exactly: integers).map { .integer($0) } ?? .double(Double(integers))
    // The doubles of these tests are eighths, so any order of adding them is exact.
    case .double: return .double(values.reduce(0) { $0 + ($1.number ?? 0) })
    }
  }

  private static func mean(_ values: [PlainValue], _ kind: PlainKind?) -> ResultValue {
    let integers = values.reduce(Int128(0)) { $0 + Int128(whole($1)) }
    let count = Double(values.count)
    guard !values.isEmpty else { return .missing }
    switch kind {
    case nil: return .missing
    case .integer: return .double(Double(integers) / count)
    case .length: return .double(Double(integers) / (count * 1_000_000))
    case .time: return .time(UInt64(integers / Int128(values.count)))
    case .double: return .double(values.reduce(0) { $0 + ($1.number ?? 0) } / count)
    }
  }

  /// The sum of these spans' values over that of `all`.
  fileprivate func portion(
    _ calculation: Calculation, of all: [PlainSpan], _ context: PlainContext
  ) -> ResultValue {
    guard let field = calculation.field else { return .missing }
    let sum = Calculation.sum(field).over(calculation.filter)
    guard let own = calculate(sum, context).number,
      let whole = all.calculate(sum, context).number, whole != 0
    else { return .missing }
    return .double(own / whole)
  }

  /// How often each value is there, the commonest first.
  fileprivate func top(_ field: FieldRef, _ count: Int) -> ResultValue {
    let groups = Dictionary(grouping: compactMap { $0.value(field) }, by: \.key).values
    if groups.isEmpty { return .missing }
    let named = groups.map { values -> (count: Int, value: ResultValue) in
      let integer = values.first { if case .integer = $0 { true } else { false } }
      return (values.count, (integer ?? values[0]).result)
    }
    let sorted = named.sorted { a, b in
      a.count != b.count ? a.count > b.count : PlainEngine.order(a.value, b.value) < 0
    }
    let pairs = sorted.prefix(count).map { entry in
      let value: AttributeValue =
        switch entry.value {
        case .text(let text), .json(let text): .text(text)
        case .bool(let bool): .bool(bool)
        case .integer(let integer): .integer(integer)
        case .double(let double): .double(double)
        case .time(let time): .integer(Int64(time))
        case .missing: .empty
        }
      return AttributeValue.array([value, .integer(Int64(entry.count))])
    }
    return .json(ValueJSON.text(.array(pairs)))
  }

  /// Over one less than there are values.
  private static func deviation(_ values: [PlainValue], _ kind: PlainKind?) -> ResultValue {
    guard kind != nil, values.count > 1 else { return .missing }
    let mean: Double
    if kind == .time {
      mean = Double(values.reduce(Int128(0)) { $0 + Int128(whole($1)) }) / Double(values.count)
    } else {
      mean = Self.mean(values, kind).number ?? 0
    }
    let squares = values.compactMap(\.number).map { ($0 - mean) * ($0 - mean) }
    return .double((ExactMean.sum(squares) / Double(values.count - 1)).squareRoot())
  }

  private static func apdex(
    _ values: [PlainValue], _ kind: PlainKind?, _ threshold: Literal
  ) -> ResultValue {
    guard let kind, kind != .time, !values.isEmpty else { return .missing }
    let limit = threshold.number ?? 0
    func halves(_ value: PlainValue) -> Int {
      if case .length(let count) = value, case .duration(let most) = threshold {
        return Int64(count) <= most ? 2 : Int64(count) <= 4 * most ? 1 : 0
      }
      let number = value.number ?? 0
      return number <= limit ? 2 : number <= 4 * limit ? 1 : 0
    }
    let sum = values.reduce(0) { $0 + halves($1) }
    return .double(Double(sum) / Double(2 * values.count))
  }

  private static func extreme(
    _ values: [PlainValue], _ kind: PlainKind?, _ isBetter: (Double, Double) -> Bool
  ) -> ResultValue {
    guard let kind, var best = values.first else { return .missing }
    for value in values where isBetter(value.number ?? 0, best.number ?? 0) { best = value }
    return kind == .double ? .double(best.number ?? 0) : best.result
  }

  /// Type R-7: h = (n − 1) · q, between the values to the left and right of h.
  private static func percentile(
    _ values: [PlainValue], _ kind: PlainKind?, _ thousandths: Int
  ) -> ResultValue {
    guard let kind, !values.isEmpty else { return .missing }
    let scaled = (values.count - 1) * thousandths
    let low = scaled / 100_000
    let fraction = Double(scaled % 100_000) / 100_000
    if kind == .double {
      let sorted = values.compactMap(\.number).sorted()
      return .double(between(sorted, low, fraction))
    }
    let sorted = values.map(whole).sorted()
    let value = between(sorted.map(Double.init), low, fraction)
    switch kind {
    case .length: return .double(value / 1_000_000)
    case .time:
      let step = low + 1 < sorted.count ? Double(sorted[low + 1] - sorted[low]) * fraction : 0
      return .time(UInt64(sorted[low]) + UInt64(step))
    default: return .double(value)
    }
  }

  private static func between(_ sorted: [Double], _ low: Int, _ fraction: Double) -> Double {
    guard fraction > 0, sorted[low] != sorted[low + 1] else { return sorted[low] }
    return sorted[low] + (sorted[low + 1] - sorted[low]) * fraction
  }
}

extension PlainSpan {
  /// Nanoseconds of the span inside a range.
  func overlap(_ range: Range<UInt64>) -> UInt64 {
    let low = max(start, range.lowerBound)
    let high = min(start + duration, range.upperBound)
    return high > low ? high - low : 0
  }
}

extension Calculation {
  /// What a rate is the change of.
  fileprivate var base: Calculation? {
    guard let field else { return nil }
    return switch kind.word {
    case "RATE_AVG": .average(field)
    case "RATE_SUM": .sum(field)
    case "RATE_MAX": .maximum(field)
    default: nil
    }
  }
}
