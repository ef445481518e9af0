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
      let first = Int64(clamping: starts.lowerBound)
      let last = Int64(clamping: starts.upperBound - 1)
      restrict(Kernels.rows(of: reader.segment.start, in: first...last))
    }
    if let filter { restrict(try FilterScan(filter).rows(&reader)) }
    return rows
  }
}
