import Telemetry

/// Copies rows of one segment into one batch.
struct RowRestorer {
  private let segment: Segment
  private var copier: BatchCopier
  private var resources: [Int: UInt32] = [:]
  private var scopes: [Int: UInt32] = [:]

  init(_ segment: Segment) {
    self.segment = segment
    copier = BatchCopier(keyCount: segment.side.batch.keys.count)
  }

  /// Appends rows that differ from each other.
  mutating func append(_ rows: [Int], to batch: inout SpanBatch) {
    var attributes = AttributeRestorer(segment, rows)
    let ranges = attributes.append(to: &batch, &copier)
    for (row, range) in zip(rows, ranges) { append(row, range, to: &batch) }
  }

  private mutating func append(
    _ row: Int, _ attributes: RecordRange, to batch: inout SpanBatch
  ) {
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
    span.statusMessage = text(segment.statusMessage, row, &batch)
    span.traceState = text(segment.traceState, row, &batch)
    span.attributes = attributes
    restoreOrigin(row, &span, &batch)
    restoreRelated(row, &span, &batch)
    batch.spans.append(span)
  }

  private func text(
    _ column: StoredColumn?, _ row: Int, _ batch: inout SpanBatch
  ) -> ByteRange {
    guard let column, let place = column.place(row),
      case .text(let codes, let texts) = column.values
    else { return ByteRange() }
    return texts.withBytes(Int(codes[place])) { batch.append(bytes: $0) }
  }

  /// Resource and scope, which are copied once.
  private mutating func restoreOrigin(
    _ row: Int, _ span: inout SpanRecord, _ batch: inout SpanBatch
  ) {
    let source = segment.side.batch
    let (resource, scope) = (Int(segment.resourceCode[row]), Int(segment.scopeCode[row]))
    if let known = resources[resource] {
      span.resource = known
    } else {
      span.resource = copier.resource(source.resources[resource], source, &batch)
      resources[resource] = span.resource
    }
    if let known = scopes[scope] {
      span.scope = known
    } else {
      span.scope = copier.scope(source.scopes[scope], source, &batch)
      scopes[scope] = span.scope
    }
  }

  private mutating func restoreRelated(
    _ row: Int, _ span: inout SpanRecord, _ batch: inout SpanBatch
  ) {
    let side = segment.side
    let events = segment.events(row)
    span.events = RecordRange(start: UInt32(batch.events.count), count: UInt32(events.count))
    for place in events { copier.event(side.batch.events[place], side.batch, &batch) }
    let links = segment.links(row)
    span.links = RecordRange(start: UInt32(batch.links.count), count: UInt32(links.count))
    for place in links { copier.link(side.batch.links[place], side.batch, &batch) }
    if let place = SideTable.place(row, in: side.droppedRows) {
      span.droppedAttributes = side.dropped[place].attributes
      span.droppedEvents = side.dropped[place].events
      span.droppedLinks = side.dropped[place].links
    }
  }
}
