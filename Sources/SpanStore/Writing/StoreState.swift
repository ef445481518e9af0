import Telemetry

/// What a store's lock guards.
///
/// A trace is whole in one place while it is small. One that has grown large is in parts: new spans
/// of it go into a part of their own, so that a trace without an end costs what is new, and can be
/// let go in part.
struct StoreState {
  let limit: Int
  let segmentRows: Int
  let traceRows: Int
  let columnLimit: Int
  private(set) var generation: UInt64 = 0
  var region = OpenRegion()
  var hash = TraceHash()
  var sealed = SealedSegments()
  var provisional: [ProvisionalSlot] = []
  /// For each trace in parts, the parts held beside the one that `hash` knows.
  var otherParts: [TraceID: Int] = [:]
  /// Traces held of which a part was let go.
  var cutTraces: Set<TraceID> = []
  private var nextID: UInt64 = 1
  private var serial = 0
  var duplicates = 0
  var evictedSpans = 0
  var evictedTraces = 0
  var cached: Snapshot?
  /// Rows of sealed traces that may still be opened again.
  private var reopenCredit: Int

  /// Traces of so few spans are always opened again for a late span.
  private static let smallTrace = 64
  /// Rows opened again for each span that comes, at most, in the long run.
  private static let reopenShare = 4

  init(limit: Int, segmentRows: Int, traceRows: Int, columnLimit: Int) {
    self.limit = limit
    self.segmentRows = max(1, segmentRows)
    self.traceRows = max(1, traceRows)
    self.columnLimit = columnLimit
    reopenCredit = 8 * max(1, segmentRows)
  }

  /// Heap bytes of everything held.
  var byteCount: Int {
    sealed.byteCount + region.byteCount + hash.byteCount
      + provisional.reduce(0) { $0 + ($1.segment?.byteCount ?? 0) }
  }

  mutating func takeID() -> UInt64 {
    defer { nextID += 1 }
    return nextID
  }

  mutating func change() {
    generation += 1
    cached = nil
  }

  /// Takes spans in; gives a segment to build when it is time, which is to be given to
  /// ``finish(_:_:)``.
  mutating func add(_ batch: SpanBatch) -> SealingWork? {
    change()
    insert(batch)
    let work = isSealingDue ? beginSealing() : nil
    evict()
    return work
  }

  // MARK: taking in

  private mutating func insert(_ batch: SpanBatch) {
    reopenCredit = min(8 * segmentRows, reopenCredit + Self.reopenShare * batch.spans.count)
    let source = region.append(batch)
    var restored = RestoredRows()
    var lastHigh: UInt64 = 0
    var lastLow: UInt64 = 0
    var lastTrace: Int32 = -1
    batch.spans.withUnsafeBufferPointer { spans in
      for (row, span) in spans.enumerated() {
        if lastTrace < 0 || span.traceLow != lastLow || span.traceHigh != lastHigh {
          lastTrace = openTrace(span.traceHigh, span.traceLow, &restored)
          (lastHigh, lastLow) = (span.traceHigh, span.traceLow)
        }
        serial += 1
        region.add(RowRef(batch: source, row: Int32(row)), to: lastTrace, serial: serial)
      }
    }
    place(&restored)
  }

  /// Spans of sealed traces that were opened again, all in one batch.
  private struct RestoredRows {
    var batch = SpanBatch()
    /// The batch's number in the region; -1: none yet.
    var source: Int32 = -1
  }

  private mutating func place(_ restored: inout RestoredRows) {
    guard restored.source >= 0 else { return }
    region.replace(restored.source, by: restored.batch)
    restored = RestoredRows()
  }

  /// The open trace of an id; a sealed one is opened again, so that its structure is that of the
  /// whole trace, unless it is too large for that.
  private mutating func openTrace(
    _ high: UInt64, _ low: UInt64, _ restored: inout RestoredRows
  ) -> Int32 {
    if let known = hash[high: high, low: low] {
      let location = TraceLocation(code: known)
      if let number = location.openNumber { return number }
      if let (segment, trace) = location.sealedLocation {
        if mayReopen(segment, trace) { return reopen(segment, trace, &restored) }
        sealed.markPart(segment, trace)
        otherParts[TraceID(high: high, low: low), default: 0] += 1
      }
    }
    let number = region.open(TraceID(high: high, low: low))
    hash.set(high, low, TraceLocation.open(number).code)
    return number
  }

  private mutating func mayReopen(_ number: Int, _ trace: Int) -> Bool {
    guard let segment = sealed[number].segment else { return false }
    let count = segment.traces.spanCount(trace)
    // Of columns; as records they take a few times as much.
    let bytes = segment.byteCount / segment.rowCount * count
    guard count < traceRows, bytes <= limit / 32 else { return false }
    guard count > Self.smallTrace else { return true }
    guard count <= reopenCredit else { return false }
    reopenCredit -= count
    return true
  }

  private mutating func reopen(
    _ number: Int, _ trace: Int, _ restored: inout RestoredRows
  ) -> Int32 {
    let open = restore(number, trace, &restored)
    let slot = sealed[number]
    // The rest of a segment that is mostly superseded is opened as well, so that its room is free.
    if let segment = slot.segment, slot.liveRows * 4 < segment.rowCount, slot.parts.isEmpty {
      for other in 0..<segment.traces.count
      where slot.live?[segment.traces.rootRow(other)] ?? true {
        _ = restore(number, other, &restored)
      }
    }
    if sealed[number].liveRows == 0 { sealed.drop(number) }
    return open
  }

  private mutating func restore(
    _ number: Int, _ trace: Int, _ restored: inout RestoredRows
  ) -> Int32 {
    guard let segment = sealed[number].segment else {
      preconditionFailure("a trace's segment is held while the trace is")
    }
    if restored.batch.isFull { place(&restored) }
    if restored.source < 0 { restored.source = region.append(SpanBatch()) }
    let id = segment.traces.id(trace)
    let first = restored.batch.spans.count
    segment.append(rows: segment.traces.rows(trace), to: &restored.batch)
    sealed.hide(number, trace)
    let open = region.open(id)
    hash.set(id.high, id.low, TraceLocation.open(open).code)
    for row in first..<restored.batch.spans.count {
      serial += 1
      region.add(RowRef(batch: restored.source, row: Int32(row)), to: open, serial: serial)
    }
    return open
  }

  // MARK: counters

  var quickTotals: Snapshot.Totals {
    var totals = Snapshot.Totals()
    totals.spans = sealed.rowCount + region.rowCount
    totals.traces = hash.count
    totals.bytes = byteCount
    totals.evictedSpans = evictedSpans
    totals.evictedTraces = evictedTraces
    totals.cutTraces = cutTraces.count
    totals.duplicates = duplicates
    totals.overflowKeys = max(
      sealed.held.lazy.compactMap(\.segment?.overflowKeyCount).max() ?? 0,
      provisional.lazy.compactMap(\.segment?.overflowKeyCount).max() ?? 0)
    if evictedSpans > 0 {
      let held = sealed.held.lazy.compactMap(\.segment?.minStart)
      let shown = provisional.lazy.compactMap(\.segment?.minStart)
      totals.oldestStart = [held.min(), shown.min()].compactMap(\.self).min().map { UnixNanos($0) }
    }
    return totals
  }
}
