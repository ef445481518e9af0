import Telemetry

/// The columns of a segment while its rows are added, in their final order.
struct SegmentColumns: ~Copyable {
  private var starts: GrowingBuffer<Int64>
  private var durations: GrowingBuffer<Int64>
  private var selfTimes: GrowingBuffer<Int64>
  private var depths: GrowingBuffer<Int32>
  private var childCounts: GrowingBuffer<Int32>
  private var kinds: GrowingBuffer<UInt8>
  private var statuses: GrowingBuffer<UInt8>
  private var distances: GrowingBuffer<Int32>
  private var resources: GrowingBuffer<Int32>
  private var scopes: GrowingBuffer<Int32>
  private var eventCounts: GrowingBuffer<UInt32>
  private var linkCounts: GrowingBuffer<UInt32>
  private var flags: GrowingBuffer<UInt32>
  private var marks: GrowingBuffer<UInt16>
  private var ids: GrowingBuffer<UInt64>
  private var rootRows = GrowingBuffer<UInt32>()
  private var minStart = UInt64.max
  private var maxStart: UInt64 = 0
  private var maxEnd: UInt64 = 0
  private var names = ColumnBuilder(.text)
  private var messages = ColumnBuilder(.text)
  private var states = ColumnBuilder(.text)
  private var attributes: AttributeColumns
  private var side = SideBuilder()
  /// Row in the segment of each span of the trace being added.
  private var rowOf = GrowingBuffer<Int32>()

  init(capacity: Int, columnLimit: Int) {
    attributes = AttributeColumns(limit: columnLimit)
    starts = GrowingBuffer(capacity: capacity)
    durations = GrowingBuffer(capacity: capacity)
    selfTimes = GrowingBuffer(capacity: capacity)
    depths = GrowingBuffer(capacity: capacity)
    childCounts = GrowingBuffer(capacity: capacity)
    kinds = GrowingBuffer(capacity: capacity)
    statuses = GrowingBuffer(capacity: capacity)
    distances = GrowingBuffer(capacity: capacity)
    resources = GrowingBuffer(capacity: capacity)
    scopes = GrowingBuffer(capacity: capacity)
    eventCounts = GrowingBuffer(capacity: capacity)
    linkCounts = GrowingBuffer(capacity: capacity)
    flags = GrowingBuffer(capacity: capacity)
    marks = GrowingBuffer(capacity: capacity)
    ids = GrowingBuffer(capacity: capacity)
  }

  /// Adds a trace whose structure is known.
  mutating func append(
    _ kept: borrowing GrowingBuffer<RowRef>, _ shape: borrowing TraceShape,
    _ sources: borrowing BatchSources
  ) {
    let first = Int32(ids.count)
    rowOf.reset(repeating: 0, count: kept.count)
    for position in 0..<kept.count {
      rowOf.base[Int(shape.order.base[position])] = first &+ Int32(position)
    }
    for position in 0..<kept.count {
      let index = Int(shape.order.base[position])
      let row = first &+ Int32(position)
      let parent = shape.parent.base[index]
      distances.append(parent >= 0 ? row &- rowOf.base[Int(parent)] : parent &+ 1)
      depths.append(shape.depth.base[index])
      childCounts.append(shape.childCount.base[index])
      selfTimes.append(Int64(bitPattern: shape.selfTime.base[index]))
      let ref = kept.base[index]
      append(
        sources.span(ref), UInt32(row), shape.marks.base[index], isParentHeld: parent >= 0,
        sources.opened.base + Int(ref.batch))
    }
  }

  @inline(__always)
  private mutating func append(
    _ span: UnsafePointer<SpanRecord>, _ row: UInt32, _ extra: UInt16, isParentHeld: Bool,
    _ source: UnsafeMutablePointer<BatchSource>
  ) {
    let duration = span.pointee.duration
    starts.append(Int64(bitPattern: span.pointee.start))
    durations.append(Int64(bitPattern: duration))
    minStart = min(minStart, span.pointee.start)
    maxStart = max(maxStart, span.pointee.start)
    maxEnd = max(maxEnd, span.pointee.start &+ duration)
    kinds.append(span.pointee.kind.rawValue)
    statuses.append(span.pointee.status.rawValue)
    flags.append(span.pointee.flags)
    marks.append(span.pointee.marks.rawValue | extra)
    eventCounts.append(span.pointee.events.count)
    linkCounts.append(span.pointee.links.count)
    ids.append(span.pointee.spanID)
    if span.pointee.parentID == 0 { rootRows.append(row) }
    resources.append(side.resource(Int(span.pointee.resource), source))
    scopes.append(side.scope(Int(span.pointee.scope), source))
    if SideBuilder.hasMore(span, isParentHeld: isParentHeld) {
      side.append(span.pointee, row, isParentHeld: isParentHeld, source)
    }
    names.append(row, text: source.pointee.bytes(span.pointee.name))
    if !span.pointee.statusMessage.isEmpty {
      messages.append(row, text: source.pointee.bytes(span.pointee.statusMessage))
    }
    if !span.pointee.traceState.isEmpty {
      states.append(row, text: source.pointee.bytes(span.pointee.traceState))
    }
    attributes.append(
      span.pointee.attributes, row, source, repeated: { side.appendRepeated($0, row, source) },
      overflow: { side.appendOverflow($0, row, source) })
  }

  func finish(_ id: UInt64, _ table: TraceTable) -> SegmentParts {
    let count = ids.count
    var isRoot = Bitmap(repeating: false, count: count)
    for row in rootRows.elements { isRoot.insert(Int(row)) }
    return SegmentParts(
      id: id, rowCount: count, traces: table, start: PackedInts(packing: starts.elements),
      duration: PackedInts(packing: durations.elements),
      selfTime: PackedInts(packing: selfTimes.elements),
      depth: PackedInts(packing: depths.elements),
      childCount: PackedInts(packing: childCounts.elements),
      kind: PackedInts(packing: kinds.elements), status: PackedInts(packing: statuses.elements),
      name: names.finish(count: count), spanIDs: ids.array(),
      parentDistance: PackedInts(packing: distances.elements),
      resourceCode: PackedInts(packing: resources.elements),
      scopeCode: PackedInts(packing: scopes.elements),
      eventCount: PackedInts(packing: eventCounts.elements),
      linkCount: PackedInts(packing: linkCounts.elements),
      flags: PackedInts(packing: flags.elements), marks: PackedInts(packing: marks.elements),
      isRoot: isRoot,
      minStart: min(minStart, maxStart), maxStart: maxStart, maxEnd: maxEnd,
      statusMessage: messages.count == 0 ? nil : messages.finish(count: count),
      traceState: states.count == 0 ? nil : states.finish(count: count),
      attributes: attributes.finish(count: count), side: side.finish())
  }
}
