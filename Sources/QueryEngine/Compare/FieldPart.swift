import QueryLanguage
import SpanStore

/// What a segment knows of a field: its values with the units of either side.
struct FieldPart: Sendable {
  private(set) var type = FieldType.text
  /// The different values that some unit has, the first being "no value".
  private(set) var values = ValueList()
  /// For each value its units, as ``SideUnits`` packs them, and its code in the segment.
  private(set) var counts: [UInt64] = [0]
  private(set) var codes: [UInt32] = [0]
  /// Units that have the field.
  private(set) var present: UInt64 = 0
  /// Numbers that lie far apart: the key of each code while they are few.
  private(set) var keys: [Int64] = []
  /// And by nearness when they are many; empty otherwise.
  private(set) var buckets: [UInt64] = []
  private(set) var kind: NumberKind?

  /// Nil when no unit has the field.
  ///
  /// - Complexity: O(rows).
  init?(
    _ field: FieldRef, _ units: SideUnits, _ reader: inout SegmentReader, _ rows: RowWeights?
  ) throws {
    if EventFields.has(field) {
      let values = EventFields.values(field, units.view.segment)
      guard !values.rows.isEmpty else { return nil }
      let (counts, present) = EventFields.counts(values, units) { $1 }
      self.present = present
      keep(counts) { $1.append(values.texts, codes: $0) }
    } else {
      // The rows with weights are those of the other span.
      let own = rows == nil ? field : FieldRef(field.name, scope: field.scope)
      guard let column = try reader.column(own) else { return nil }
      type = column.type
      if let codes = LocalCodes(column) {
        count(codes, units, rows)
      } else if let numbers = WideNumbers(column) {
        count(numbers, units, rows)
      }
    }
    guard present > 0 else { return nil }
  }

  private mutating func count(_ codes: LocalCodes, _ units: SideUnits, _ rows: RowWeights?) {
    let counts: [UInt64]
    let missing = codes.column.present
    if units.unit == .traces {
      (counts, present) = CodeCounts.traces(
        codes.decoded(), below: codes.limit, present: missing, ranks: codes.ranks, units
      ) { $1 }
    } else {
      if let rows {
        counts = CodeCounts.rows(codes.decoded(), below: codes.limit, present: missing, rows)
      } else if let packed = codes.packed {
        counts = CodeCounts.rows(
          packed, from: codes.first, below: codes.limit, present: missing, units.selectedRows,
          units.baselineRows)
      } else {
        counts = Self.booleans(codes.column, units)
      }
      present = counts.reduce(0, &+)
    }
    keep(counts) { codes.append($0, to: &$1) }
  }

  private static func booleans(_ column: FieldColumn, _ units: SideUnits) -> [UInt64] {
    guard case .bools(var bits) = column.values else { return [0, 0] }
    if let present = column.present { bits.formAnd(present) }
    func packed(_ bits: Bitmap?) -> UInt64 {
      UInt64(CodeCounts.count(units.selectedRows, bits)) << 32
        | UInt64(CodeCounts.count(units.baselineRows, bits))
    }
    let yes = packed(bits)
    return [packed(column.present) &- yes, yes]
  }

  private mutating func count(_ numbers: WideNumbers, _ units: SideUnits, _ rows: RowWeights?) {
    var tally = NumberTally(numbers.kind)
    numbers.forEach(units, rows) { tally.add($0, $1, isAlone: $2) }
    kind = numbers.kind
    buckets = tally.buckets
    keys = tally.keys
    present = tally.counts.reduce(0, &+) &+ tally.buckets.reduce(0, &+) &+ tally.nanAlone
    keep(tally.counts) { codes, list in
      for code in codes { list.append(numbers.scalar(tally.keys[Int(code)])) }
    }
    guard tally.nan > 0 else { return }
    values.append(.double(.nan))
    counts.append(tally.nan)
    codes.append(UInt32(tally.keys.count))
    keys.append(NumberTally.nanKey)
  }

  /// Keeps the values that some unit has.
  private mutating func keep(
    _ all: [UInt64], _ append: (_ codes: [UInt32], _ list: inout ValueList) -> Void
  ) {
    var kept: [UInt32] = []
    for code in all.indices where all[code] > 0 {
      kept.append(UInt32(truncatingIfNeeded: code))
      counts.append(all[code])
    }
    append(kept, &values)
    codes += kept
  }
}

extension WideNumbers {
  /// The value of a key.
  func scalar(_ key: Int64) -> Scalar {
    switch kind {
    case .integer(let unit): unit.scalar(key)
    case .double: .double(OrderedDouble.value(key))
    }
  }
}
