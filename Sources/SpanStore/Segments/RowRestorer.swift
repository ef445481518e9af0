import Telemetry

/// Copies rows of one segment into one batch, a column at a time.
struct RowRestorer {
  private let segment: Segment
  private var copier: BatchCopier
  /// Where each resource and scope of the segment is in the batch; ``none``: not copied yet.
  private var resources: [UInt32]
  private var scopes: [UInt32]

  private static let none = UInt32.max
  private typealias Spans = UnsafeMutableBufferPointer<SpanRecord>

  init(_ segment: Segment) {
    self.segment = segment
    let source = segment.side.batch
    copier = BatchCopier(keyCount: source.keys.count)
    resources = [UInt32](repeating: Self.none, count: source.resources.count)
    scopes = [UInt32](repeating: Self.none, count: source.scopes.count)
  }

  /// Appends rows that differ from each other.
  mutating func append(_ rows: [Int], to batch: inout SpanBatch) {
    guard !rows.isEmpty else { return }
    let selection = RowSelection(rows)
    // The table leaves the batch while it is filled, for other tables of the batch are filled too.
    var spans: [SpanRecord] = []
    swap(&spans, &batch.spans)
    let first = spans.count
    spans.append(contentsOf: repeatElement(SpanRecord(), count: rows.count))
    spans.withUnsafeMutableBufferPointer { spans in
      restore(selection, Spans(rebasing: spans[first...]), &batch)
    }
    swap(&spans, &batch.spans)
  }

  private mutating func restore(
    _ rows: RowSelection, _ spans: Spans, _ batch: inout SpanBatch
  ) {
    restoreIDs(rows, spans)
    restoreNumbers(rows, spans)
    restoreTexts(rows, spans, &batch)
    restoreOrigins(rows, spans, &batch)
    restoreRelated(rows, spans, &batch)
    restoreRare(rows, spans)
    // Last, for they are many and come all at once: the table grows but once.
    var attributes = AttributeRestorer(segment, rows)
    let ranges = attributes.append(to: &batch, &copier)
    for index in ranges.indices { spans[index].attributes = ranges[index] }
  }

  private func restoreIDs(_ rows: RowSelection, _ spans: Spans) {
    var trace = segment.traces.trace(ofRow: rows.first)
    var rowsOfTrace = segment.traces.rows(trace)
    var id = segment.traces.id(trace)
    let distances = rows.values(segment.parentDistance)
    for (index, row) in rows.rows.enumerated() {
      if !rowsOfTrace.contains(row) {
        trace = segment.traces.trace(ofRow: row)
        rowsOfTrace = segment.traces.rows(trace)
        id = segment.traces.id(trace)
      }
      (spans[index].traceHigh, spans[index].traceLow) = (id.high, id.low)
      spans[index].spanID = segment.spanIDs[row]
      // A parent that is not held has its id in the side table.
      let distance = Int(distances[index])
      if distance > 0 { spans[index].parentID = segment.spanIDs[row - distance] }
    }
  }

  /// Marks that follow from the trace as held and are worked out anew.
  private static let workedOut =
    SpanMarks.parentCycle.rawValue | SpanMarks.duplicateID.rawValue

  private func restoreNumbers(_ rows: RowSelection, _ spans: Spans) {
    let starts = rows.values(segment.start)
    let durations = rows.values(segment.duration)
    let kinds = rows.values(segment.kind)
    let statuses = rows.values(segment.status)
    let flags = rows.values(segment.flags)
    let marks = rows.values(segment.marks)
    let workedOut = Self.workedOut
    for index in spans.indices {
      spans[index].start = UInt64(bitPattern: starts[index])
      spans[index].end = spans[index].start &+ UInt64(bitPattern: durations[index])
      spans[index].kind = SpanKind(rawValue: UInt8(kinds[index])) ?? .unspecified
      spans[index].status = SpanStatus(rawValue: UInt8(statuses[index])) ?? .unset
      spans[index].flags = UInt32(truncatingIfNeeded: flags[index])
      spans[index].marks = SpanMarks(
        rawValue: UInt16(truncatingIfNeeded: marks[index]) & ~workedOut)
    }
  }

  private func restoreTexts(
    _ rows: RowSelection, _ spans: Spans, _ batch: inout SpanBatch
  ) {
    if case .text(let codes, let texts) = segment.name.values {
      let copies = TextCopies(texts, uses: rows.count, into: &batch)
      for (index, code) in rows.values(codes).enumerated() {
        spans[index].name = copies.range(Int(code), &batch)
      }
    }
    restore(segment.statusMessage, \.statusMessage, rows, spans, &batch)
    restore(segment.traceState, \.traceState, rows, spans, &batch)
  }

  private func restore(
    _ column: StoredColumn?, _ field: WritableKeyPath<SpanRecord, ByteRange>,
    _ rows: RowSelection, _ spans: Spans, _ batch: inout SpanBatch
  ) {
    guard let column, case .text(let codes, let texts) = column.values else { return }
    rows.forEach(column) { position, index in
      spans[position][keyPath: field] = texts.withBytes(Int(codes[index])) {
        batch.append(bytes: $0)
      }
    }
  }

  /// Resource and scope, which are copied once.
  private mutating func restoreOrigins(
    _ rows: RowSelection, _ spans: Spans, _ batch: inout SpanBatch
  ) {
    let source = segment.side.batch
    let resourceCodes = rows.values(segment.resourceCode)
    let scopeCodes = rows.values(segment.scopeCode)
    for index in spans.indices {
      let (resource, scope) = (Int(resourceCodes[index]), Int(scopeCodes[index]))
      if resources[resource] == Self.none {
        resources[resource] = copier.resource(source.resources[resource], source, &batch)
      }
      if scopes[scope] == Self.none {
        scopes[scope] = copier.scope(source.scopes[scope], source, &batch)
      }
      (spans[index].resource, spans[index].scope) = (resources[resource], scopes[scope])
    }
  }

  /// Events and links, in the order of the rows.
  private mutating func restoreRelated(
    _ rows: RowSelection, _ spans: Spans, _ batch: inout SpanBatch
  ) {
    let side = segment.side
    let eventCounts = rows.values(segment.eventCount)
    let linkCounts = rows.values(segment.linkCount)
    for (index, row) in rows.rows.enumerated() {
      let events = side.events(row, count: Int(eventCounts[index]))
      spans[index].events = RecordRange(
        start: UInt32(batch.events.count), count: UInt32(events.count))
      for event in events { copier.event(side.batch.events[event], side.batch, &batch) }
      let links = side.links(row, count: Int(linkCounts[index]))
      spans[index].links = RecordRange(start: UInt32(batch.links.count), count: UInt32(links.count))
      for link in links { copier.link(side.batch.links[link], side.batch, &batch) }
    }
  }

  /// Dropped counts, and ends and parents that do not follow from the columns.
  private func restoreRare(_ rows: RowSelection, _ spans: Spans) {
    let side = segment.side
    guard !side.droppedRows.isEmpty || !side.oddRows.isEmpty else { return }
    for (index, row) in rows.rows.enumerated() {
      if let rare = SideTable.index(row, in: side.droppedRows) {
        spans[index].droppedAttributes = side.dropped[rare].attributes
        spans[index].droppedEvents = side.dropped[rare].events
        spans[index].droppedLinks = side.dropped[rare].links
      }
      if let rare = SideTable.index(row, in: side.oddRows) {
        spans[index].end = side.odd[rare].end
        if spans[index].parentID == 0, !segment.isRoot[row] {
          spans[index].parentID = side.odd[rare].parent
        }
      }
    }
  }
}
