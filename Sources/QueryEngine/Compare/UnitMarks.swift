import QueryLanguage
import SpanStore

/// For each code of a field in a segment something of the units that have it, read a second time.
enum UnitMarks {
  /// The codes of all rows, in the words of a part; nil for a field whose numbers are many.
  private static func codes(
    _ part: FieldPart, _ column: FieldColumn
  ) -> (codes: [UInt32], limit: Int, ranks: [UInt32])? {
    if let codes = LocalCodes(column) { return (codes.decoded(), codes.limit, codes.ranks) }
    guard part.buckets.isEmpty, let numbers = WideNumbers(column) else { return nil }
    let codes = numbers.keys().map { key in
      UInt32(truncatingIfNeeded: part.keys.firstIndex(of: key) ?? part.keys.count)
    }
    let order = part.keys.indices.sorted { part.keys[$0] < part.keys[$1] }
    // One more: what rows that do not count hold.
    var ranks = [UInt32](repeating: 0, count: part.keys.count + 1)
    for (index, code) in order.enumerated()
    where numbers.kind != .double || part.keys[code] != NumberTally.nanKey {
      ranks[code] = UInt32(truncatingIfNeeded: index + 1)
    }
    return (codes, ranks.count, ranks)
  }

  /// The sum of the hashes of the units that have each value of a part, and of all that have any.
  static func hashes(
    _ field: FieldRef, _ part: FieldPart, _ units: SideUnits, _ reader: inout SegmentReader
  ) throws -> (values: [UInt64], present: UInt64)? {
    let found: (counts: [UInt64], present: UInt64)
    if EventFields.has(field) {
      let values = EventFields.values(field, units.view.segment)
      found = EventFields.counts(values, units) { unit, _ in units.hash(unit) }
    } else {
      let isOwn = units.unit == .traces
      let own = isOwn || field.relation == .own ? field : FieldRef(field.name, scope: field.scope)
      guard let column = try reader.column(own), let (codes, limit, ranks) = codes(part, column)
      else {
        return nil
      }
      if isOwn {
        found = CodeCounts.traces(codes, below: limit, present: column.present, ranks: ranks, units)
        {
          trace, _ in units.hash(trace)
        }
      } else {
        let rows = RowWeights(units, field.relation, .hashes)
        let counts = CodeCounts.rows(codes, below: limit, present: column.present, rows)
        found = (counts, counts.reduce(0, &+))
      }
    }
    return (part.codes.enumerated().map { $0 == 0 ? 0 : found.counts[Int($1)] }, found.present)
  }

  /// Which of some codes each unit has: bit i for `wanted[i]`, at most eight of them.
  static func masks(
    _ field: FieldRef, _ part: FieldPart, _ wanted: [UInt32?], _ units: SideUnits,
    _ reader: inout SegmentReader
  ) throws -> [UInt8] {
    var masks = [UInt8](repeating: 0, count: units.limit)
    func bits(_ limit: Int) -> [UInt8] {
      var bits = [UInt8](repeating: 0, count: limit)
      for (bit, code) in wanted.enumerated() {
        if let code, Int(code) < limit { bits[Int(code)] |= 1 << UInt8(bit) }
      }
      return bits
    }
    if EventFields.has(field) {
      let values = EventFields.values(field, units.view.segment)
      let bits = bits(values.texts.count)
      EventFields.forEach(values, units) { unit, _, code in masks[unit] |= bits[code] }
      return masks
    }
    let isSpans = units.unit == .spans
    let own =
      isSpans && field.relation != .own ? FieldRef(field.name, scope: field.scope) : field
    guard let column = try reader.column(own), let (codes, limit, ranks) = codes(part, column)
    else {
      return masks
    }
    let bitsOf = bits(limit)
    switch units.unit {
    case .spans:
      let sources = reader.segment.sources(field.relation)
      for row in masks.indices {
        let source = sources.isEmpty ? row : Int(sources[row])
        if source >= 0, column.hasValue(source) { masks[row] = bitsOf[Int(codes[source])] }
      }
    case .traces:
      let table = units.view.segment.traces
      for (trace, _) in units.traces {
        var (mask, best): (UInt8, (rank: UInt32, code: Int)) = (0, (0, 0))
        for row in table.rows(Int(trace)) where column.hasValue(row) {
          let code = Int(codes[row])
          if !ranks.isEmpty, ranks[code] > 0 {
            if ranks[code] > best.rank { best = (ranks[code], code) }
          } else {
            mask |= bitsOf[code]
          }
        }
        if best.rank > 0 { mask |= bitsOf[best.code] }
        masks[Int(trace)] = mask
      }
    }
    return masks
  }
}

extension Segment {
  /// For each row the row that holds the value of its root's or parent's field, -1 for none; empty
  /// for its own.
  fileprivate func sources(_ relation: FieldRef.Relation) -> [Int32] {
    switch relation {
    case .own: return []
    case .parent:
      return parentDistance.decoded().enumerated().map { row, distance in
        distance > 0 ? Int32(truncatingIfNeeded: row - Int(distance)) : -1
      }
    case .root:
      var sources = [Int32](repeating: -1, count: rowCount)
      for trace in 0..<traces.count {
        let rows = traces.rows(trace)
        guard let root = rows.first(where: { isRoot[$0] }) else { continue }
        for row in rows { sources[row] = Int32(truncatingIfNeeded: root) }
      }
      return sources
    }
  }
}
