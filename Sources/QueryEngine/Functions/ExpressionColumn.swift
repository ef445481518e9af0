import Patterns
import QueryLanguage
import SpanStore
import Telemetry

/// Works out an expression over fields for every row of a segment.
///
/// Numbers go through loops over whole columns; everything else is worked out once for each
/// different combination of values.
enum ExpressionColumn {
  /// nil when no row has a value.
  static func column(
    _ expression: Expression<FieldRef>, _ reader: inout SegmentReader
  ) throws -> FieldColumn? {
    switch expression {
    case .term(let field): return try reader.column(field)
    case .literal(let literal): return constant(literal, reader.rowCount)
    case .call(let function, let arguments):
      try Cancellation.check()
      guard let rule = FunctionRule.rule(of: function) else { return nil }
      if function == .subtract, let lengths = try lengths(arguments, &reader) { return lengths }
      if rule.ofNumber != nil || rule.ofNumbers != nil || function == .subtract {
        return try numbers(expression, &reader)?.column
      }
      return try combined(rule, arguments, &reader)
    }
  }

  private static func constant(_ literal: Literal, _ count: Int) -> FieldColumn {
    let zeros = PackedInts(runs: 1, count: count) { _ in 0..<count }
    switch literal {
    case .text(let text), .json(let text):
      return FieldColumn(.coded(zeros, .texts(TextDictionary([text]))))
    case .bool(let bool): return FieldColumn(.bools(Bitmap(repeating: bool, count: count)))
    case .integer(let value):
      return FieldColumn(.integers(PackedInts([Int64](repeating: value, count: count)), .plain))
    case .double(let value):
      return FieldColumn(.doubles([Double](repeating: value, count: count)))
    case .duration(let length):
      return FieldColumn(
        .integers(PackedInts([Int64](repeating: length, count: count)), .milliseconds))
    case .time(let time):
      return FieldColumn(
        .integers(
          PackedInts([Int64](repeating: Int64(bitPattern: time), count: count)), .time))
    }
  }

  /// The difference of two columns of instants, exact; nil for anything else.
  static func lengths(
    _ arguments: [Expression<FieldRef>], _ reader: inout SegmentReader
  ) throws -> FieldColumn? {
    guard case .term(let to) = arguments[0], case .term(let from) = arguments[1],
      let end = try reader.column(to), let start = try reader.column(from),
      case .integers(let ends, .time) = end.values, case .integers(let starts, .time) = start.values
    else { return nil }
    var lengths = ends.decoded()
    let before = starts.decoded()
    for row in lengths.indices { lengths[row] &-= before[row] }
    return FieldColumn(
      present: Self.both(end.present, start.present),
      .integers(PackedInts(lengths), .milliseconds))
  }

  static func both(_ a: Bitmap?, _ b: Bitmap?) -> Bitmap? {
    guard var a else { return b }
    if let b { a.formAnd(b) }
    return a
  }

  /// Once for each different combination of the arguments' values.
  private static func combined(
    _ rule: FunctionRule, _ arguments: [Expression<FieldRef>], _ reader: inout SegmentReader
  ) throws -> FieldColumn? {
    let count = reader.rowCount
    guard count > 0 else { return nil }
    let rows = SelectedRows(all: count)
    var columns: [FieldColumn?] = []
    var joint = JointCodes(rows: count)
    for argument in arguments {
      let column = try column(argument, &reader)
      columns.append(column)
      if case .literal = argument { continue }
      if let column { joint.join(RowCodes(column, rows)) }
    }
    let pairs = joint.numbered(with: [], below: 1)
    var context = FunctionContext(seconds: 0)
    if rule.kind.takesPattern, arguments.count > 1, case .literal(.text(let text)) = arguments[1] {
      context.pattern = try? RegularExpression(text, hasGroups: true)
    }
    var values: [AttributeValue?] = []
    var times: [Int64] = []
    values.reserveCapacity(pairs.count)
    for (index, sample) in pairs.samples.enumerated() {
      try Cancellation.check(at: index)
      let own = columns.map { $0?.result(Int(sample)) ?? .missing }
      let value = rule.apply(own, context)
      if case .time(let time) = value { times.append(Int64(bitPattern: time)) }
      values.append(value.attribute)
    }
    // A count that was broken off is none.
    try Cancellation.check()
    if times.count == values.count, !times.isEmpty {
      return FieldColumn(.integers(PackedInts(pairs.numbers.map { times[Int($0)] }), .time))
    }
    guard values.contains(where: { $0 != nil }) else { return nil }
    return FieldColumn(Column(values, codes: pairs.numbers))
  }
}
