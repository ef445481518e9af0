import Telemetry

/// The columns of a segment while its rows are added, in their final order.
struct SegmentColumns {
  private var starts: [Int64] = []
  private var durations: [Int64] = []
  private var selfTimes: [Int64] = []
  private var depths: [Int64] = []
  private var childCounts: [Int64] = []
  private var kinds: [Int64] = []
  private var statuses: [Int64] = []
  private var distances: [Int64] = []
  private var resources: [Int64] = []
  private var scopes: [Int64] = []
  private var eventCounts: [Int64] = []
  private var linkCounts: [Int64] = []
  private var flags: [Int64] = []
  private var marks: [Int64] = []
  private var ids: [UInt64] = []
  private var rootRows: [UInt32] = []
  private var maxEnd: UInt64 = 0
  private var names = ColumnBuilder(.text)
  private var messages = ColumnBuilder(.text)
  private var states = ColumnBuilder(.text)
  private var attributes: [ColumnBuilder] = []
  private var attributeNames: [[UInt8]] = []
  private var attributeOfName: [[UInt8]: Int] = [:]
  /// Column of each key of each batch; -1: not looked up yet.
  private var columnOfKey: [[Int32]]
  private var side: SideBuilder
  /// Place in the segment of each span of the trace being added.
  private var rowOf: [Int32] = []

  init(batchCount: Int, capacity: Int) {
    columnOfKey = [[Int32]](repeating: [], count: batchCount)
    side = SideBuilder(batchCount: batchCount)
    starts.reserveCapacity(capacity)
    durations.reserveCapacity(capacity)
    selfTimes.reserveCapacity(capacity)
    ids.reserveCapacity(capacity)
  }

  /// Adds a trace whose structure is known.
  mutating func append(
    _ kept: [RowRef], _ shape: TraceShape, _ batches: [SpanBatch], isDuplicate: Set<Int32>
  ) {
    let first = ids.count
    rowOf.removeAll(keepingCapacity: true)
    rowOf.append(contentsOf: repeatElement(0, count: kept.count))
    for (place, index) in shape.order.enumerated() { rowOf[Int(index)] = Int32(first + place) }
    for (place, index) in shape.order.enumerated() {
      let index = Int(index)
      let row = first + place
      let ref = kept[index]
      switch shape.parent[index] {
      case -1: distances.append(0)
      case -2: distances.append(-1)
      case let parent: distances.append(Int64(row) - Int64(rowOf[Int(parent)]))
      }
      depths.append(Int64(shape.depth[index]))
      childCounts.append(Int64(shape.childCount[index]))
      selfTimes.append(Int64(clamping: shape.selfTime[index]))
      var extra: SpanMarks = []
      if shape.isCut[index] { extra.insert(.parentCycle) }
      if !isDuplicate.isEmpty, isDuplicate.contains(Int32(index)) { extra.insert(.duplicateID) }
      append(ref, row, extra, needsParent: shape.parent[index] < 0, batches)
    }
  }

  private mutating func append(
    _ ref: RowRef, _ row: Int, _ extra: SpanMarks, needsParent: Bool, _ batches: [SpanBatch]
  ) {
    let source = Int(ref.batch)
    let span = batches[source].spans[Int(ref.row)]
    let row32 = UInt32(row)
    starts.append(Int64(bitPattern: span.start))
    durations.append(Int64(clamping: span.duration))
    maxEnd = max(maxEnd, span.start &+ span.duration)
    kinds.append(Int64(span.kind.rawValue))
    statuses.append(Int64(span.status.rawValue))
    flags.append(Int64(span.flags))
    marks.append(Int64(span.marks.union(extra).rawValue))
    eventCounts.append(Int64(span.events.count))
    linkCounts.append(Int64(span.links.count))
    ids.append(span.spanID)
    if span.parentID == 0 { rootRows.append(row32) }
    resources.append(Int64(side.resource(Int(span.resource), source, batches)))
    scopes.append(Int64(side.scope(Int(span.scope), source, batches)))
    side.append(span, row32, needsParent: needsParent, source, batches)
    batches[source].arena.withUnsafeBufferPointer { arena in
      names.append(row32, text: UnsafeBufferPointer(rebasing: arena[span.name.indices]))
      if !span.statusMessage.isEmpty {
        messages.append(
          row32, text: UnsafeBufferPointer(rebasing: arena[span.statusMessage.indices]))
      }
      if !span.traceState.isEmpty {
        states.append(row32, text: UnsafeBufferPointer(rebasing: arena[span.traceState.indices]))
      }
      batches[source].attributes.withUnsafeBufferPointer { records in
        for place in span.attributes.indices {
          append(records[place], row32, source, arena, batches)
        }
      }
    }
  }

  @inline(__always)
  private mutating func append(
    _ record: AttributeRecord, _ row: UInt32, _ source: Int, _ arena: UnsafeBufferPointer<UInt8>,
    _ batches: [SpanBatch]
  ) {
    let key = record.key
    var column = key < columnOfKey[source].count ? Int(columnOfKey[source][key]) : -1
    if column < 0 { column = findColumn(key, record.type, source, batches[source]) }
    if attributes[column].lastRow == row {
      side.appendRepeated(record, row, source, batches)
    } else {
      attributes[column].append(row, record, arena)
    }
  }

  private mutating func findColumn(
    _ key: Int, _ type: AttributeType, _ source: Int, _ batch: SpanBatch
  ) -> Int {
    if columnOfKey[source].count <= key {
      let missing = batch.keys.ranges.count - columnOfKey[source].count
      columnOfKey[source].append(contentsOf: repeatElement(-1, count: max(1, missing)))
    }
    let name = Array(batch.arena[batch.keys[key].indices])
    let column: Int
    if let known = attributeOfName[name] {
      column = known
    } else {
      column = attributes.count
      attributes.append(ColumnBuilder(type))
      attributeNames.append(name)
      attributeOfName[name] = column
    }
    columnOfKey[source][key] = Int32(column)
    return column
  }

  func finish(_ id: UInt64, _ table: TraceTable) -> SegmentParts {
    let count = ids.count
    var isRoot = Bitmap(repeating: false, count: count)
    for row in rootRows { isRoot.insert(Int(row)) }
    return SegmentParts(
      id: id, rowCount: count, traces: table, start: PackedInts(starts),
      duration: PackedInts(durations), selfTime: PackedInts(selfTimes),
      depth: PackedInts(depths), childCount: PackedInts(childCounts), kind: PackedInts(kinds),
      status: PackedInts(statuses), name: names.finish(count: count), spanIDs: ids,
      parentDistance: PackedInts(distances), resourceCode: PackedInts(resources),
      scopeCode: PackedInts(scopes), eventCount: PackedInts(eventCounts),
      linkCount: PackedInts(linkCounts), flags: PackedInts(flags), marks: PackedInts(marks),
      isRoot: isRoot, maxEnd: maxEnd,
      statusMessage: messages.rows.isEmpty ? nil : messages.finish(count: count),
      traceState: states.rows.isEmpty ? nil : states.finish(count: count),
      attributes: zip(attributeNames, attributes).map {
        (String(decoding: $0, as: UTF8.self), $1.finish(count: count))
      }, side: side.table)
  }
}
