import QueryLanguage
import SpanStore

/// Chooses the rows of a segment that count for a query.
enum RowSelection {
  /// Rows that are live, start in the range (nil: any time) and pass the filter.
  static func rows(
    _ reader: inout SegmentReader, _ filter: Filter?, starts: Range<UInt64>?
  ) throws -> SelectedRows {
    let bitmap = try self.bitmap(&reader, filter, starts: starts)
    return bitmap.map { SelectedRows($0) } ?? SelectedRows(all: reader.segment.rowCount)
  }

  /// Rows that are live, run at some time of the range and pass the filter.
  static func rows(
    _ reader: inout SegmentReader, _ filter: Filter?, inFlight range: Range<UInt64>
  ) throws -> SelectedRows {
    guard var bitmap = try bitmap(&reader, filter, starts: 0..<range.upperBound) else {
      return SelectedRows(all: reader.segment.rowCount)
    }
    let segment = reader.segment
    if segment.minStart < range.lowerBound {
      let (starts, durations) = (segment.start.decoded(), segment.duration.decoded())
      let low = range.lowerBound
      bitmap.formAnd(
        Kernels.bitmap(starts.count) { row in
          let start = UInt64(bitPattern: starts[row])
          return start >= low || low - start < UInt64(bitPattern: durations[row]) ? 1 : 0
        })
    }
    return SelectedRows(bitmap)
  }

  /// Rows whose instant lies in a range; those past 2^63 are held as integers below zero.
  private static func rows(of instants: PackedInts, in range: Range<UInt64>) -> Bitmap {
    let (first, last) = (range.lowerBound, range.upperBound - 1)
    let middle = UInt64(Int64.max)
    var rows = Bitmap(repeating: false, count: instants.count)
    if first <= middle {
      rows.formOr(Kernels.rows(of: instants, in: Int64(first)...Int64(min(last, middle))))
    }
    if last > middle {
      let low = Int64(bitPattern: max(first, middle + 1))
      rows.formOr(Kernels.rows(of: instants, in: low...Int64(bitPattern: last)))
    }
    return rows
  }

  /// The same as a bitmap; nil for all rows.
  static func bitmap(
    _ reader: inout SegmentReader, _ filter: Filter?, starts: Range<UInt64>?
  ) throws -> Bitmap? {
    var rows = reader.view.live
    func restrict(_ other: Bitmap) {
      if rows == nil { rows = other } else { rows?.formAnd(other) }
    }
    if let starts {
      guard !starts.isEmpty else {
        return Bitmap(repeating: false, count: reader.segment.rowCount)
      }
      restrict(self.rows(of: reader.segment.start, in: starts))
    }
    if let filter { restrict(try FilterScan(filter).rows(&reader)) }
    return rows
  }
}
