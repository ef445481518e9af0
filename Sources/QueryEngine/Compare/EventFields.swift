import QueryLanguage
import SpanStore
import Telemetry

/// The names of span events: a span has those of all its events.
enum EventFields {
  static func has(_ field: FieldRef) -> Bool { field == .eventName }

  /// Values with the row each belongs to.
  struct Values {
    /// Ascending.
    var rows: [UInt32] = []
    var codes: [UInt32] = []
    var texts = TextDictionary()
  }

  /// - Complexity: O(events of the segment).
  static func values(_ field: FieldRef, _ segment: Segment) -> Values {
    var values = Values()
    var known: [String: UInt32] = [:]
    let batch = segment.sideBatch
    // Attributes of a span or resource by that name are what a query finds: they come first.
    let own = segment.column(field.name)
    func add(_ row: Int, _ text: String) {
      let code = known[text] ?? UInt32(truncatingIfNeeded: known.count)
      if known.updateValue(code, forKey: text) == nil { values.texts.append(text) }
      values.rows.append(UInt32(truncatingIfNeeded: row))
      values.codes.append(code)
    }
    let rows = own == nil ? segment.rowsWithEvents : Array(0..<segment.rowCount)
    for row in rows {
      if case .text(let text)? = own?.value(row) { add(row, text) }
      for index in segment.events(row) { add(row, batch.text(batch.events[index].name)) }
    }
    return values
  }

  /// Units of each code, each unit once for a code; and of all with any value.
  static func counts(
    _ values: Values, _ units: SideUnits, weight: (_ unit: Int, _ side: UInt64) -> UInt64
  ) -> (counts: [UInt64], present: UInt64) {
    var counts = [UInt64](repeating: 0, count: values.texts.count)
    var seen = [Int](repeating: -1, count: values.texts.count)
    var (sum, last): (UInt64, Int) = (0, -1)
    forEach(values, units) { unit, side, code in
      let own = weight(unit, side)
      if unit != last { sum &+= own }
      last = unit
      if seen[code] != unit { counts[code] &+= own }
      seen[code] = unit
    }
    return (counts, sum)
  }

  /// Calls `body` with each unit on a side and a code it has.
  static func forEach(
    _ values: Values, _ units: SideUnits, _ body: (_ unit: Int, _ side: UInt64, _ code: Int) -> Void
  ) {
    let table = units.view.segment.traces
    var next = 0
    for (index, row) in values.rows.enumerated() {
      let code = Int(values.codes[index])
      switch units.unit {
      case .spans:
        if units.selectedRows[Int(row)] {
          body(Int(row), SideUnits.selected, code)
        } else if units.baselineRows[Int(row)] {
          body(Int(row), SideUnits.baseline, code)
        }
      case .traces:
        while next < units.traces.count,
          table.rows(Int(units.traces[next].trace)).upperBound <= Int(row)
        { next += 1 }
        guard next < units.traces.count else { return }
        let (trace, side) = units.traces[next]
        if table.rows(Int(trace)).contains(Int(row)) { body(Int(trace), side, code) }
      }
    }
  }
}
