import QueryLanguage
import SpanStore
import Telemetry

/// A number for each row of a segment, in the unit it is shown in.
struct NumberVector {
  var values: [Double]
  /// Rows that have one; nil: all.
  var present: Bitmap?

  var column: FieldColumn { FieldColumn(present: present, .doubles(values)) }

  /// The numbers of a column, and those that its texts spell; nil when there is none.
  init?(_ column: FieldColumn) {
    present = column.present
    switch column.values {
    case .integers(let packed, let unit):
      let kind = NumberKind.integer(unit)
      let all = packed.decoded()
      values = all.map { kind.double(unit == .time ? NumberKind.timeKey($0) : $0) }
    case .doubles(let doubles): values = doubles
    case .coded(let codes, let table):
      let numbers = (0..<table.count).map { code in
        table.withValue(code) { $0.result.spelt }
      }
      guard numbers.contains(where: { $0 != nil }) else { return nil }
      let own = codes.decodedCodes()
      values = own.map { Int($0) < numbers.count ? numbers[Int($0)] ?? 0 : 0 }
      if numbers.contains(where: { $0 == nil }) {
        let spelt = Kernels.bitmap(own.count) {
          Int(own[$0]) < numbers.count && numbers[Int(own[$0])] != nil ? 1 : 0
        }
        present = ExpressionColumn.both(present, spelt)
      }
    case .bools, .spanIDs: return nil
    }
  }
}

extension ExpressionColumn {
  /// nil when no row has a value.
  static func numbers(
    _ expression: Expression<FieldRef>, _ reader: inout SegmentReader
  ) throws -> NumberVector? {
    guard case .call(let function, let arguments) = expression,
      let rule = FunctionRule.rule(of: function),
      rule.ofNumber != nil || rule.ofNumbers != nil || function == .subtract
    else { return try column(expression, &reader).flatMap { NumberVector($0) } }
    if function == .subtract, let lengths = try lengths(arguments, &reader) {
      return NumberVector(lengths)
    }
    guard var first = try numbers(arguments[0], &reader) else { return nil }
    if let body = rule.ofNumber {
      try first.map(body)
      return first
    }
    guard arguments.count == 2, let second = try numbers(arguments[1], &reader) else { return nil }
    first.present = both(first.present, second.present)
    switch function {
    case .add: first.combine(second) { $0 + $1 }
    case .subtract: first.combine(second) { $0 - $1 }
    case .multiply: first.combine(second) { $0 * $1 }
    default:
      guard let body = rule.ofNumbers else { return nil }
      try first.fill(with: second, body)
    }
    return first
  }
}

extension NumberVector {
  @inline(__always)
  fileprivate mutating func combine(_ other: NumberVector, _ body: (Double, Double) -> Double) {
    values.withUnsafeMutableBufferPointer { values in
      other.values.withUnsafeBufferPointer { others in
        for row in 0..<values.count { values[row] = body(values[row], others[row]) }
      }
    }
  }

  /// With a function that may have no answer.
  fileprivate mutating func fill(
    with other: NumberVector, _ body: (Double, Double) -> Double?
  ) throws {
    try fill { values, row in body(values[row], other.values[row]) }
  }

  fileprivate mutating func map(_ body: (Double) -> Double?) throws {
    try fill { values, row in body(values[row]) }
  }

  private mutating func fill(
    _ body: (UnsafeMutableBufferPointer<Double>, Int) -> Double?
  ) throws {
    var gone = present ?? Bitmap(repeating: true, count: values.count)
    var isAny = false
    try values.withUnsafeMutableBufferPointer { values in
      for row in 0..<values.count {
        try Cancellation.check(at: row)
        if let value = body(values, row) {
          values[row] = value
        } else {
          gone.remove(row)
          isAny = true
        }
      }
    }
    if isAny { present = gone }
  }
}
