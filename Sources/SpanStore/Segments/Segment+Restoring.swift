package import Telemetry

extension Segment {
  /// Appends rows to a batch as they once came in: nothing is lost, types, events, links, ids of
  /// parents not held, repeated keys and dropped counts included.
  ///
  /// - Complexity: O(rows × attributes of the segment).
  package func append(rows: some Sequence<Int>, to batch: inout SpanBatch) {
    var restorer = RowRestorer(self, &batch)
    for row in rows { restorer.append(row, to: &batch) }
  }

  /// Unix nanoseconds as the span said, before anything was made of it.
  func rawEnd(_ row: Int) -> UInt64 {
    if let place = SideTable.place(row, in: side.oddRows) { return side.odd[place].end }
    return UInt64(bitPattern: start[row]) &+ UInt64(duration[row])
  }

  /// The parent's id; zero for a root.
  package func parentID(_ row: Int) -> UInt64 {
    let parent = parentRow(row)
    if parent >= 0 { return spanIDs[parent] }
    if isRoot[row] { return 0 }
    return SideTable.place(row, in: side.oddRows).map { side.odd[$0].parent } ?? 0
  }

  /// A row's events, as records of ``sideBatch``.
  package func events(_ row: Int) -> Range<Int> {
    side.events(row, count: Int(eventCount[row]))
  }

  /// Holds the records of resources, scopes, events and links.
  package var sideBatch: SpanBatch { side.batch }

  /// Rows that have events, ascending.
  package var rowsWithEvents: [Int] { side.eventRows.map(Int.init) }
}

/// Copies rows of one segment into one batch.
struct RowRestorer {
  private let segment: Segment
  private let keys: [UInt32]
  private var copier: BatchCopier
  private var resources: [Int: UInt32] = [:]
  private var scopes: [Int: UInt32] = [:]
  /// Where each column was read last; those of status message and trace state.
  private var cursors: [Int]
  private var messageCursor = 0
  private var stateCursor = 0

  init(_ segment: Segment, _ batch: inout SpanBatch) {
    self.segment = segment
    keys = segment.attributes.map { batch.key($0.name) }
    copier = BatchCopier(keyCount: segment.side.batch.keys.ranges.count)
    cursors = [Int](repeating: 0, count: keys.count)
  }

  mutating func append(_ row: Int, to batch: inout SpanBatch) {
    let side = segment.side
    var span = SpanRecord()
    let id = segment.traces.id(segment.traces.trace(ofRow: row))
    (span.traceHigh, span.traceLow) = (id.high, id.low)
    span.spanID = segment.spanIDs[row]
    span.parentID = segment.parentID(row)
    span.start = UInt64(bitPattern: segment.start[row])
    span.end = segment.rawEnd(row)
    span.kind = SpanKind(rawValue: UInt8(segment.kind[row])) ?? .unspecified
    span.status = SpanStatus(rawValue: UInt8(segment.status[row])) ?? .unset
    span.flags = UInt32(truncatingIfNeeded: segment.flags[row])
    // What follows from the trace as held is worked out anew.
    span.marks = SpanMarks(rawValue: UInt16(truncatingIfNeeded: segment.marks[row]))
      .subtracting([.parentCycle, .duplicateID])
    if case .text(let codes, let texts) = segment.name.values {
      span.name = texts.withBytes(Int(codes[row])) { batch.append(bytes: $0) }
    }
    span.statusMessage = text(segment.statusMessage, row, &messageCursor, &batch)
    span.traceState = text(segment.traceState, row, &stateCursor, &batch)
    span.attributes = attributes(row, &batch)
    restoreRelated(row, &span, side, &batch)
    batch.spans.append(span)
  }

  private func text(
    _ column: StoredColumn?, _ row: Int, _ cursor: inout Int, _ batch: inout SpanBatch
  ) -> ByteRange {
    guard let column, let place = column.place(row, &cursor),
      case .text(let codes, let texts) = column.values
    else { return ByteRange() }
    return texts.withBytes(Int(codes[place])) { batch.append(bytes: $0) }
  }

  private mutating func attributes(_ row: Int, _ batch: inout SpanBatch) -> RecordRange {
    let first = UInt32(batch.attributes.count)
    for (index, attribute) in segment.attributes.enumerated() {
      guard let place = attribute.column.place(row, &cursors[index]) else { continue }
      attribute.column.append(place, key: keys[index], to: &batch)
    }
    if var place = SideTable.place(row, in: segment.side.repeatedRows) {
      while place < segment.side.repeated.count, segment.side.repeatedRows[place] == row {
        let copy = copier.attribute(segment.side.repeated[place], segment.side.batch, &batch)
        batch.attributes.append(copy)
        place += 1
      }
    }
    return RecordRange(start: first, count: UInt32(batch.attributes.count) - first)
  }

  private mutating func restoreRelated(
    _ row: Int, _ span: inout SpanRecord, _ side: SideTable, _ batch: inout SpanBatch
  ) {
    let resource = Int(segment.resourceCode[row])
    let scope = Int(segment.scopeCode[row])
    span.resource =
      resources[resource] ?? copier.resource(side.batch.resources[resource], side.batch, &batch)
    resources[resource] = span.resource
    span.scope = scopes[scope] ?? copier.scope(side.batch.scopes[scope], side.batch, &batch)
    scopes[scope] = span.scope
    let events = side.events(row, count: Int(segment.eventCount[row]))
    span.events = RecordRange(start: UInt32(batch.events.count), count: UInt32(events.count))
    for place in events { copier.event(side.batch.events[place], side.batch, &batch) }
    let links = side.links(row, count: Int(segment.linkCount[row]))
    span.links = RecordRange(start: UInt32(batch.links.count), count: UInt32(links.count))
    for place in links { copier.link(side.batch.links[place], side.batch, &batch) }
    if let place = SideTable.place(row, in: side.droppedRows) {
      span.droppedAttributes = side.dropped[place].attributes
      span.droppedEvents = side.dropped[place].events
      span.droppedLinks = side.dropped[place].links
    }
  }
}
