import QueryLanguage
import SpanStore
import Telemetry

/// Of each cell of a segment the span that comes first in some order, and what it shows.
struct PickPart: Sendable {
  enum Order: Hashable, Sendable { case earliest, latest, longest }

  let order: Order
  /// The type of the values, as far as the segment shows.
  let type: FieldType
  /// What the picked spans show.
  private var values = ValueList()
  /// Of each cell the position in `values`; 0 where no span has the field.
  private var codes: [UInt32]
  /// What decides, the larger the better, and the ids that break ties.
  private var keys: [Int64]
  private var traces: [TraceID]
  private var spans: [UInt64]

  /// - Complexity: O(selected rows), and O(log traces) for each tie.
  init(
    _ column: FieldColumn, _ segment: Segment, _ rows: SelectedRows, cells: [UInt32],
    cellCount: Int, _ order: Order
  ) {
    self.order = order
    type = column.type
    let all = rows.gather(order == .longest ? segment.duration : segment.start)
    var best = [Int32](repeating: -1, count: cellCount)
    var bestKeys = [Int64](repeating: .min, count: cellCount)
    best.withUnsafeMutableBufferPointer { best in
      bestKeys.withUnsafeMutableBufferPointer { bestKeys in
        rows.forEach { index, row in
          guard column.present?[row] ?? true else { return }
          let key = Self.key(all[index], order)
          let cell = Int(cells[index])
          if best[cell] >= 0 {
            if key < bestKeys[cell] { return }
            if key == bestKeys[cell] {
              let isBetter = Self.isBetter(
                Self.id(row, segment), Self.id(Int(best[cell]), segment), order)
              if !isBetter { return }
            }
          }
          best[cell] = Int32(truncatingIfNeeded: row)
          bestKeys[cell] = key
        }
      }
    }
    keys = bestKeys
    codes = [UInt32](repeating: 0, count: cellCount)
    traces = [TraceID](repeating: TraceID(high: 0, low: 0), count: cellCount)
    spans = [UInt64](repeating: 0, count: cellCount)
    var picked: [Int] = []
    for cell in 0..<cellCount where best[cell] >= 0 {
      let row = Int(best[cell])
      picked.append(row)
      codes[cell] = UInt32(truncatingIfNeeded: picked.count)
      (traces[cell], spans[cell]) = Self.id(row, segment)
    }
    values.append(column, at: picked)
  }

  /// The earliest start is the largest key too.
  @inline(__always)
  private static func key(_ value: Int64, _ order: Order) -> Int64 {
    switch order {
    case .earliest: ~NumberKind.timeKey(value)
    case .latest: NumberKind.timeKey(value)
    case .longest: value
    }
  }

  private static func id(_ row: Int, _ segment: Segment) -> (TraceID, UInt64) {
    (segment.traces.id(segment.traces.trace(ofRow: row)), segment.spanIDs[row])
  }

  /// Of two spans that decide alike the one with the smaller ids, or the larger for the latest.
  private static func isBetter(
    _ a: (TraceID, UInt64), _ b: (TraceID, UInt64), _ order: Order
  ) -> Bool {
    if a == b { return false }
    let isSmaller = a.0 != b.0 ? a.0 < b.0 : a.1 < b.1
    return isSmaller != (order == .latest)
  }

  /// Heap bytes, about.
  var byteCount: Int { values.byteCount + codes.count * 36 }

  /// What the best of some cells of several parts shows.
  static func value(_ parts: some Sequence<(part: PickPart, cells: Range<Int>)>) -> ResultValue {
    var best: (part: PickPart, cell: Int)?
    for (part, cells) in parts {
      for cell in cells where part.codes[cell] > 0 {
        guard let known = best else {
          best = (part, cell)
          continue
        }
        let (own, other) = (part.keys[cell], known.part.keys[known.cell])
        let isBetter =
          own != other
          ? own > other
          : isBetter(
            (part.traces[cell], part.spans[cell]),
            (known.part.traces[known.cell], known.part.spans[known.cell]), part.order)
        if isBetter { best = (part, cell) }
      }
    }
    return best.map { $0.part.values.result(Int($0.part.codes[$0.cell])) } ?? .missing
  }
}
