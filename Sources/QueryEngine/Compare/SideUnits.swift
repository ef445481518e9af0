import QueryLanguage
import SpanStore
import Telemetry

/// The spans, or traces, of a segment that are compared, and on which side each is.
struct SideUnits: Sendable {
  /// Two counts in one number: the selection's in the upper half.
  static let selected: UInt64 = 1 << 32
  static let baseline: UInt64 = 1

  let view: SegmentView
  /// Of the segment, among those compared.
  let number: Int
  let unit: CompareRequest.Unit
  /// Rows on either side; a row is on one at most. Of traces they decide only which traces are.
  let selectedRows: Bitmap
  let baselineRows: Bitmap
  /// Traces on a side with what each counts for, in the order of the segment; empty when spans are
  /// compared.
  let traces: [(trace: Int32, weight: UInt64)]
  let counts: Sides

  init(
    _ view: SegmentView, number: Int, unit: CompareRequest.Unit, selected: Bitmap, baseline: Bitmap
  ) {
    (self.view, self.number, self.unit) = (view, number, unit)
    var rest = baseline
    rest.formAndNot(selected)
    (selectedRows, baselineRows) = (selected, rest)
    switch unit {
    case .spans:
      traces = []
      counts = Sides(selected.popcount, rest.popcount)
    case .traces:
      var found: [(trace: Int32, weight: UInt64)] = []
      var counts = Sides()
      let table = view.segment.traces
      for trace in 0..<table.count where view.isLive(trace: trace) {
        let rows = table.rows(trace)
        if rows.contains(where: { selected[$0] }) {
          found.append((Int32(truncatingIfNeeded: trace), Self.selected))
          counts.selection += 1
        } else if rows.contains(where: { baseline[$0] }) {
          found.append((Int32(truncatingIfNeeded: trace), Self.baseline))
          counts.baseline += 1
        }
      }
      (traces, self.counts) = (found, counts)
    }
  }

  var isEmpty: Bool { counts == Sides() }

  /// How many units there may be: rows or traces, numbered from 0.
  var limit: Int { unit == .spans ? view.segment.rowCount : view.segment.traces.count }

  /// A number that stands for one of the units, as good as unique among those of all segments.
  @inline(__always)
  func hash(_ unit: Int) -> UInt64 {
    ByteHash.fold(UInt64(truncatingIfNeeded: number) &<< 32 | UInt64(truncatingIfNeeded: unit))
  }

  /// Units on a side, as bits.
  var units: (selected: Bitmap, baseline: Bitmap) {
    guard unit == .traces else { return (selectedRows, baselineRows) }
    var (first, second) = (
      Bitmap(repeating: false, count: limit), Bitmap(repeating: false, count: limit)
    )
    for (trace, weight) in traces {
      if weight == Self.selected { first.insert(Int(trace)) } else { second.insert(Int(trace)) }
    }
    return (first, second)
  }
}

extension Sides {
  /// Two counts in one number, as ``SideUnits`` adds them.
  init(packed: UInt64) { self.init(Int(packed >> 32), Int(packed & 0xFFFF_FFFF)) }
}

/// Rows whose value counts for some units, and for how many on either side.
struct RowWeights: Sendable {
  private(set) var rows: [UInt32] = []
  private(set) var weights: [UInt64] = []

  /// What a unit counts for.
  enum Weighing { case counts, hashes }

  /// The rows that hold the values of the units' own fields, their roots' or their parents'.
  ///
  /// - Complexity: O(rows).
  init(_ units: SideUnits, _ relation: FieldRef.Relation, _ weighing: Weighing) {
    let segment = units.view.segment
    func weight(_ row: Int) -> UInt64 {
      let isSelected = units.selectedRows[row]
      guard isSelected || units.baselineRows[row] else { return 0 }
      return switch weighing {
      case .counts: isSelected ? SideUnits.selected : SideUnits.baseline
      case .hashes: units.hash(row)
      }
    }
    switch relation {
    case .own:
      for row in 0..<segment.rowCount { append(row, weight(row)) }
    case .root:
      for trace in 0..<segment.traces.count {
        let own = segment.traces.rows(trace)
        guard let root = own.first(where: { segment.isRoot[$0] }) else { continue }
        append(root, own.reduce(0) { $0 &+ weight($1) })
      }
    case .parent:
      let distances = segment.parentDistance.decoded()
      var sums = [UInt64](repeating: 0, count: segment.rowCount)
      for row in 0..<segment.rowCount where distances[row] > 0 {
        sums[row &- Int(distances[row])] &+= weight(row)
      }
      for row in 0..<segment.rowCount { append(row, sums[row]) }
    }
  }

  private mutating func append(_ row: Int, _ weight: UInt64) {
    guard weight != 0 else { return }
    rows.append(UInt32(truncatingIfNeeded: row))
    weights.append(weight)
  }

  @inline(__always)
  func forEach(_ body: (_ row: Int, _ weight: UInt64) -> Void) {
    for index in rows.indices { body(Int(rows[index]), weights[index]) }
  }
}
