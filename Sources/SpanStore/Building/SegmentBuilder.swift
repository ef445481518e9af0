package import Telemetry

/// Where a span waits to be built: batch and row.
package struct RowRef: Hashable, Sendable {
  package var batch: Int32
  package var row: Int32

  package init(batch: Int32, row: Int32) { (self.batch, self.row) = (batch, row) }
}

/// Builds a segment from spans scattered over batches, trace by trace.
package struct SegmentBuilder {
  private let batches: [SpanBatch]
  private var shape = TraceShape()
  private var finder = DuplicateFinder()
  private var kept: [RowRef] = []
  private var columns: SegmentColumns
  private var table = TraceTable()
  package private(set) var duplicatesDropped = 0

  /// - Parameters:
  ///   - rows: spans in the order of their arrival, those of a trace next to each other.
  ///   - traces: each trace's place in `rows`.
  /// - Complexity: O(*n* log *n*) in the largest trace, O(*n*) otherwise; about 1 µs a span.
  package static func build(
    id: UInt64, batches: [SpanBatch], rows: [RowRef], traces: [(id: TraceID, range: Range<Int>)]
  ) -> (segment: Segment, duplicatesDropped: Int) {
    var builder = SegmentBuilder(batches, capacity: rows.count)
    for trace in traces { builder.add(trace.id, rows[trace.range]) }
    return (builder.finish(id), builder.duplicatesDropped)
  }

  private init(_ batches: [SpanBatch], capacity: Int) {
    self.batches = batches
    columns = SegmentColumns(batchCount: batches.count, capacity: capacity)
  }

  private mutating func add(_ id: TraceID, _ rows: ArraySlice<RowRef>) {
    kept.removeAll(keepingCapacity: true)
    shape.removeAll()
    finder.clear(capacity: rows.count)
    for ref in rows {
      let span = batches[Int(ref.batch)].spans[Int(ref.row)]
      if let other = finder.find(span.spanID, among: kept, batches) {
        if SpanEquality.areEqual(ref, other, batches) {
          duplicatesDropped += 1
          continue
        }
      }
      finder.add(span.spanID, Int32(kept.count))
      kept.append(ref)
      shape.append(
        id: span.spanID, parent: span.parentID, start: span.start, duration: span.duration)
    }
    shape.solve()
    appendTrace(id)
    columns.append(kept, shape, batches, isDuplicate: finder.duplicates)
  }

  private mutating func appendTrace(_ id: TraceID) {
    var start = UInt64.max
    var end: UInt64 = 0
    var errors: UInt32 = 0
    for ref in kept {
      let span = batches[Int(ref.batch)].spans[Int(ref.row)]
      start = min(start, span.start)
      end = max(end, span.start &+ span.duration)
      if span.status == .error { errors += 1 }
    }
    table.high.append(id.high)
    table.low.append(id.low)
    table.firstRow.append((table.firstRow.last ?? 0) + UInt32(kept.count))
    table.starts.append(start)
    table.ends.append(end)
    table.errors.append(errors)
    table.roots.append(UInt32(shape.rootCount))
    table.missing.append(UInt32(shape.missingCount))
  }

  private mutating func finish(_ id: UInt64) -> Segment {
    table.sortIDs()
    return Segment(columns.finish(id, table))
  }
}

/// Finds spans of one trace that share an id.
struct DuplicateFinder {
  private var table = IDTable()
  /// Places of spans whose id an earlier, different one has, and of those.
  private(set) var duplicates: Set<Int32> = []

  mutating func clear(capacity: Int) {
    table.clear(capacity: capacity)
    duplicates.removeAll(keepingCapacity: true)
  }

  /// The span kept first under this id.
  func find(_ id: UInt64, among kept: [RowRef], _ batches: [SpanBatch]) -> RowRef? {
    table.find(id).map { kept[Int($0)] }
  }

  mutating func add(_ id: UInt64, _ place: Int32) {
    if let first = table.insert(id, place) {
      duplicates.insert(first)
      duplicates.insert(place)
    }
  }
}
