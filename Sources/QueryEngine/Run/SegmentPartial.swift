import QueryLanguage

/// What one segment answers to a query: everything by cell, a cell being a group and a bucket.
///
/// Holds nothing of the segment, so it may be kept after the segment is gone.
final class SegmentPartial: Sendable {
  /// Rows looked at and rows taken, among which are spans that began before the range and were in
  /// flight in it.
  let examined: Int
  let matched: Int
  /// The distinct values of each field of GROUP BY, and for each field the value of each group.
  let groupValues: [ValueList]
  let groupCodes: [[UInt32]]
  /// The type of each field of GROUP BY here; nil when no taken row has it.
  let groupTypes: [FieldType?]
  /// The first cell of each group, and one more: cells lie group after group, by bucket.
  let groupCells: [UInt32]
  /// Bucket number since 1970 of each cell; `noBucket` when the span lies outside all.
  let buckets: [UInt64]
  /// Rows of each cell.
  let counts: [UInt32]
  /// One for each field that is needed; nil when no taken row has it.
  let numbers: [NumberPart?]
  let distinct: [DistinctPart?]
  let picks: [[PickPart]]
  let overlaps: OverlapPart?

  static let noBucket = UInt64.max

  init(_ scan: SegmentScan) {
    examined = scan.examined
    matched = scan.matched
    groupValues = scan.groupValues
    groupCodes = scan.groupCodes
    groupTypes = scan.groupTypes
    groupCells = scan.groupCells
    buckets = scan.buckets
    counts = scan.counts
    numbers = scan.numbers
    distinct = scan.distinct
    picks = scan.picks
    overlaps = scan.overlaps
  }

  var groupCount: Int { max(0, groupCells.count - 1) }

  func cells(ofGroup group: Int) -> Range<Int> {
    Int(groupCells[group])..<Int(groupCells[group + 1])
  }
}
