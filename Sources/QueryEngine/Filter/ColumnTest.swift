import SpanStore

/// Runs a test over a whole column.
enum ColumnTest {
  /// Rows that have a value and whose value passes.
  static func rows(_ test: ValueTest, _ column: FieldColumn) throws -> Bitmap {
    var rows = try values(test, column)
    if let present = column.present { rows.formAnd(present) }
    return rows
  }

  /// False only when no value passes, by what is quickly seen: the entries of a dictionary.
  static func mayHold(_ test: ValueTest, _ values: FieldColumn.Values) throws -> Bool {
    guard case .coded(_, let table) = values else { return true }
    return try passing(test, table).contains(1)
  }

  /// Rows whose value passes, meaningless where there is none.
  private static func values(_ test: ValueTest, _ column: FieldColumn) throws -> Bitmap {
    switch column.values {
    case .integers(let values, let unit):
      guard let runs = test.runs(ValueRuns.integers(unit)) else {
        return try perDistinct(values, test) { unit.scalar($0) }
      }
      return union(runs, values.count, test.isNegated) { Kernels.rows(of: values, in: $0) }
    case .doubles(let values):
      guard let runs = test.runs(ValueRuns.doubles) else {
        return try Kernels.bitmap(values.count, testing: { test.holds(.double(values[$0])) })
      }
      return union(runs, values.count, test.isNegated) { Kernels.rows(of: values, in: $0) }
    case .bools(let values):
      let (yes, no) = (test.holds(.bool(true)), test.holds(.bool(false)))
      guard yes != no else { return Bitmap(repeating: yes, count: values.count) }
      guard no else { return values }
      var negated = values
      negated.formNot()
      return negated
    case .coded(let codes, let table):
      return try coded(test, codes, table)
    case .spanIDs(let values):
      return try Kernels.bitmap(values.count, testing: { test.holds(.spanID(values[$0])) })
    }
  }

  /// Tests each distinct value once.
  private static func coded(
    _ test: ValueTest, _ codes: PackedInts, _ table: ValueTable
  ) throws -> Bitmap {
    var passes = try passing(test, table)
    let passing = passes.reduce(0) { $0 + Int($1) }
    while passes.count <= Int(codes.max) { passes.append(0) }
    if passing == 0 || passing == table.count {
      return Bitmap(repeating: passing > 0, count: codes.count)
    }
    return Kernels.rows(of: codes, where: passes)
  }

  /// 1 for each entry that passes.
  private static func passing(_ test: ValueTest, _ table: ValueTable) throws -> [UInt8] {
    if case .texts(let texts) = table, let search = test.search {
      var passes = try search.entries(of: texts)
      if test.isNegated { for code in passes.indices { passes[code] ^= 1 } }
      return passes
    }
    var passes = [UInt8](repeating: 0, count: table.count)
    var asked = 0
    for code in passes.indices {
      // Entries are of any length, so bytes count, and each entry for some.
      asked += 64 + table.length(code)
      if asked >= Cancellation.textStride {
        try Cancellation.check()
        asked = 0
      }
      if table.withValue(code, test.holds) { passes[code] = 1 }
    }
    return passes
  }

  private static func union(
    _ runs: [ClosedRange<Int64>], _ count: Int, _ isNegated: Bool,
    _ rows: (ClosedRange<Int64>) -> Bitmap
  ) -> Bitmap {
    var all = Bitmap(repeating: false, count: count)
    for run in runs { all.formOr(rows(run)) }
    if isNegated { all.formNot() }
    return all
  }

  /// For tests of the text of integers, of which there are few different ones as a rule.
  private static func perDistinct(
    _ values: PackedInts, _ test: ValueTest, _ scalar: (Int64) -> Scalar
  ) throws -> Bitmap {
    var known: [Int64: Bool] = [:]
    let decoded = values.decoded()
    return try Kernels.bitmap(
      values.count,
      testing: { row in
        if let passes = known[decoded[row]] { return passes }
        let passes = test.holds(scalar(decoded[row]))
        known[decoded[row]] = passes
        return passes
      })
  }
}
