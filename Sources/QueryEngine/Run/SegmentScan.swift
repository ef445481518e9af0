import QueryLanguage
import SpanStore
import Telemetry

/// Answers a query for one segment, on one thread.
struct SegmentScan {
  private var reader: SegmentReader
  private let needs: SegmentNeeds

  private(set) var examined = 0
  private(set) var matched = 0
  private(set) var rows = SelectedRows(all: 0)
  private(set) var groupValues: [ValueList] = []
  private(set) var groupCodes: [[UInt32]] = []
  private(set) var groupTypes: [FieldType?] = []
  private(set) var groupCells: [UInt32] = [0]
  private(set) var buckets: [UInt64] = []
  private(set) var counts: [UInt32] = []
  private(set) var numbers: [NumberPart?] = []
  private(set) var distinct: [DistinctPart?] = []
  private(set) var picks: [[PickPart]] = []
  private(set) var overlaps: OverlapPart?

  /// - Throws: ``QueryError`` when a regular expression cannot be read; `CancellationError`.
  static func partial(_ view: SegmentView, _ needs: SegmentNeeds) throws -> SegmentPartial {
    var scan = SegmentScan(view, needs)
    try scan.run()
    return SegmentPartial(scan)
  }

  private init(_ view: SegmentView, _ needs: SegmentNeeds) {
    reader = SegmentReader(view)
    self.needs = needs
  }

  private mutating func run() throws {
    guard let flight = needs.flight else {
      examined = reader.view.liveCount
      rows = try RowSelection.rows(&reader, needs.filter, starts: needs.starts)
      matched = rows.count
      if rows.count > 0 { try aggregate(number(byBucket: needs.granularity > 0)) }
      return
    }
    rows = try RowSelection.rows(&reader, needs.filter, inFlight: flight)
    guard rows.count > 0 else { return }
    let starts = rows.gather(reader.segment.start)
    // Those that begin in the range are counted as such.
    matched =
      needs.starts.map { range in
        starts.count { UInt64(bitPattern: $0) < range.lowerBound }
      } ?? 0
    let cells = try number(byBucket: false)
    overlaps = OverlapPart(
      starts: starts, durations: rows.gather(reader.segment.duration), groups: groups(of: cells),
      groupCount: groupCells.count - 1, clip: flight, width: needs.granularity)
    counts = [UInt32](repeating: 0, count: counts.count)
    buckets = [UInt64](repeating: SegmentPartial.noBucket, count: counts.count)
  }

  // MARK: Groups

  /// Numbers the rows by the values of the GROUP BY fields and by bucket, group after group.
  private mutating func number(byBucket: Bool) throws -> [UInt32] {
    let columns = try needs.groupBy.map { try reader.column($0) }
    var joint = JointCodes(rows: rows.count)
    var codes: [RowCodes?] = []
    for column in columns {
      try Cancellation.check()
      codes.append(column.map { RowCodes($0, rows) })
      if let own = codes.last ?? nil { joint.join(own) }
    }
    let pairs: Compaction
    if byBucket {
      let times = BucketCodes(reader.segment, rows, width: needs.granularity)
      pairs = joint.numbered(with: times.codes, below: times.limit)
      buckets = pairs.minors.map { times.bucket(of: $0) }
    } else {
      pairs = joint.numbered(with: [], below: 1)
      buckets = [UInt64](repeating: 0, count: pairs.count)
    }
    counts = pairs.counts
    let firsts = pairs.majors.indices.filter { $0 == 0 || pairs.majors[$0] != pairs.majors[$0 - 1] }
    groupCells = (firsts + [pairs.count]).map { UInt32(truncatingIfNeeded: $0) }
    let samples = firsts.map { pairs.samples[$0] }
    for (column, codes) in zip(columns, codes) { keep(column, codes, samples) }
    return pairs.numbers
  }

  /// The group of each row, given its cell.
  private func groups(of cells: [UInt32]) -> [UInt32] {
    var group = [UInt32](repeating: 0, count: counts.count)
    for number in 0..<groupCells.count - 1 {
      for cell in groupCells[number]..<groupCells[number + 1] {
        group[Int(cell)] = UInt32(truncatingIfNeeded: number)
      }
    }
    return cells.map { group[Int($0)] }
  }

  /// Notes the value of a GROUP BY field for each group, equal values once.
  private mutating func keep(_ column: FieldColumn?, _ codes: RowCodes?, _ samples: [UInt32]) {
    var list = ValueList()
    var values = [UInt32](repeating: ValueList.missing, count: samples.count)
    if let column, let codes {
      var known = [UInt32](repeating: ValueList.missing, count: codes.limit)
      var kept: [Int] = []
      kept.reserveCapacity(min(samples.count, codes.limit))
      for (group, index) in samples.enumerated() {
        let code = Int(codes.codes[Int(index)])
        // Code 0 is "no value".
        guard code > 0 else { continue }
        if known[code] == ValueList.missing {
          kept.append(rows[Int(index)])
          known[code] = UInt32(truncatingIfNeeded: kept.count)
        }
        values[group] = known[code]
      }
      list.append(column, at: kept)
    }
    groupValues.append(list)
    groupCodes.append(values)
    groupTypes.append(list.count > 1 ? column?.type : nil)
  }

  // MARK: Calculations

  private mutating func aggregate(_ cells: [UInt32]) throws {
    for need in needs.fields {
      try Cancellation.check()
      let column = try column(of: need.source)
      var part: NumberPart?
      if need.needsSummary || need.needsValues, let column,
        let values = NumberColumn(column, rows, cells: cells, takesBooleans: need.takesBooleans)
      {
        part = NumberPart(values, cells: cells, cellCounts: counts, need)
      }
      numbers.append(part)
      distinct.append(
        need.needsDistinct || need.needsTallies
          ? column.map {
            DistinctPart(
              $0, rows, cells: cells, cellCounts: counts, isTallied: need.needsTallies)
          } : nil)
      picks.append(
        column.map { column in
          need.picks.map {
            PickPart(column, reader.segment, rows, cells: cells, cellCount: counts.count, $0)
          }
        } ?? [])
    }
  }

  /// The values of a field in the spans that count; nil when none has it.
  private mutating func column(of source: CalculationSource) throws -> FieldColumn? {
    let count = reader.segment.rowCount
    let column: FieldColumn
    if let field = source.field {
      guard let found = try reader.column(field) else { return nil }
      column = found
    } else {
      column = FieldColumn(.integers(PackedInts(runs: 1, count: count) { _ in 0..<count }, .plain))
    }
    guard let filter = source.filter else { return column }
    var present = try FilterScan(filter).rows(&reader)
    if let own = column.present { present.formAnd(own) }
    return FieldColumn(present: present, column.values)
  }
}
