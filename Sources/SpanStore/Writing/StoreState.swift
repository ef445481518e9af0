import Telemetry

/// What a store's lock guards.
struct StoreState {
  let limit: Int
  let segmentRows: Int
  private(set) var generation: UInt64 = 0
  private var region = OpenRegion()
  private var hash = TraceHash()
  var sealed: [SealedSlot] = []
  private var provisional: [ProvisionalSlot] = []
  private var nextID: UInt64 = 1
  private var serial = 0
  private var duplicates = 0
  var evictedSpans = 0
  var evictedTraces = 0
  /// Rows in sealed segments that count.
  var sealedRows = 0
  var sealedTraces = 0
  var sealedBytes = 0
  private var cached: Snapshot?
  /// A segment is being built outside the lock.
  private var isSealing = false

  /// Segments' worth of open spans from which an adding thread seals under the lock.
  private static let patience = 5

  struct SealedSlot {
    /// nil once evicted.
    var segment: Segment?
    var live: Bitmap?
    var liveRows: Int
    var liveTraces: Int
  }

  /// A segment of traces that may still grow.
  struct ProvisionalSlot {
    var segment: Segment?
    var live: Bitmap?
    var liveRows: Int
    var traces: [Int32]
    var duplicates: Int
  }

  init(limit: Int, segmentRows: Int) {
    (self.limit, self.segmentRows) = (limit, max(1, segmentRows))
  }

  // A trace's place in the hash: open ones are even, sealed ones odd.
  private static func open(_ trace: Int32) -> Int64 { Int64(trace) << 1 }
  private static func sealed(_ slot: Int, _ trace: Int) -> Int64 {
    (Int64(slot) << 32 | Int64(trace)) << 1 | 1
  }

  /// Takes spans in; gives a segment to build when it is time, which is to be given to
  /// ``finish(_:_:)``.
  mutating func add(_ batch: SpanBatch) -> SealingWork? {
    generation += 1
    cached = nil
    insert(batch)
    var work: SealingWork?
    if region.rowCount >= 2 * segmentRows, !isSealing {
      work = beginSealing()
    } else if region.rowCount >= Self.patience * segmentRows {
      // Spans come faster than one thread builds segments.
      sealQuiet()
    }
    evict()
    return work
  }

  private mutating func beginSealing() -> SealingWork {
    isSealing = true
    let chosen = quietTraces()
    let (rows, traces) = region.gather(chosen)
    nextID += 1
    return SealingWork(
      id: nextID - 1, batches: region.batches, rows: rows, traces: traces, chosen: chosen,
      grown: chosen.map { region.grown($0) })
  }

  /// Puts a built segment in the place of its open traces.
  ///
  /// When one of them has grown or was sealed meanwhile the segment is thrown away, and the traces
  /// that are quiet now are sealed at once.
  mutating func finish(_ work: SealingWork, _ built: SealingWork.Built) {
    isSealing = false
    let isCurrent = zip(work.chosen, work.grown).allSatisfy { region.grown($0) == $1 }
    if isCurrent {
      hide(work.chosen)
      take(built, of: work.chosen)
    } else if region.rowCount >= 2 * segmentRows {
      sealQuiet()
    }
    cached = nil
    evict()
  }

  private mutating func insert(_ batch: SpanBatch) {
    let source = region.append(batch)
    var lastHigh: UInt64 = 0
    var lastLow: UInt64 = 0
    var lastTrace: Int32 = -1
    batch.spans.withUnsafeBufferPointer { spans in
      for (row, span) in spans.enumerated() {
        if lastTrace < 0 || span.traceLow != lastLow || span.traceHigh != lastHigh {
          lastTrace = openTrace(span.traceHigh, span.traceLow)
          (lastHigh, lastLow) = (span.traceHigh, span.traceLow)
        }
        serial += 1
        region.add(RowRef(batch: source, row: Int32(row)), to: lastTrace, serial: serial)
      }
    }
  }

  /// The open trace of an id; a sealed one is opened again, so that its structure is always that of
  /// the whole trace.
  private mutating func openTrace(_ high: UInt64, _ low: UInt64) -> Int32 {
    if let place = hash[high: high, low: low] {
      if place & 1 == 0 { return Int32(place >> 1) }
      return reopen(slot: Int(place >> 33), trace: Int((place >> 1) & 0xFFFF_FFFF))
    }
    let trace = region.open(TraceID(high: high, low: low))
    hash.set(high, low, Self.open(trace))
    return trace
  }

  private mutating func reopen(slot: Int, trace: Int) -> Int32 {
    guard let segment = sealed[slot].segment else { return 0 }
    let rows = segment.traces.rows(trace)
    let id = segment.traces.id(trace)
    var live = sealed[slot].live ?? Bitmap(repeating: true, count: segment.rowCount)
    live.remove(rows)
    sealed[slot].live = live
    sealed[slot].liveRows -= rows.count
    sealed[slot].liveTraces -= 1
    sealedRows -= rows.count
    sealedTraces -= 1
    var batch = SpanBatch()
    segment.append(rows: rows, to: &batch)
    let source = region.append(batch)
    let open = region.open(id)
    hash.set(id.high, id.low, Self.open(open))
    for row in batch.spans.indices {
      serial += 1
      region.add(RowRef(batch: source, row: Int32(row)), to: open, serial: serial)
    }
    if sealed[slot].liveRows == 0 { drop(slot) }
    return open
  }

  /// Seals the traces that have been quiet longest, until one segment's worth is left open.
  private mutating func sealQuiet() { seal(quietTraces()) }

  private func quietTraces() -> [Int32] {
    let open = region.openTraces.sorted {
      region.traces[Int($0)].grown < region.traces[Int($1)].grown
    }
    var chosen: [Int32] = []
    var rows = 0
    for trace in open {
      if rows >= segmentRows { break }
      chosen.append(trace)
      rows += Int(region.traces[Int(trace)].count)
    }
    return chosen
  }

  mutating func sealAll() {
    generation += 1
    cached = nil
    while region.rowCount > 2 * segmentRows { sealQuiet() }
    let rest = region.openTraces
    if !rest.isEmpty { seal(rest) }
    evict()
  }

  private mutating func seal(_ chosen: [Int32]) {
    hide(chosen)
    let (rows, traces) = region.gather(chosen)
    let built = SegmentBuilder.build(
      id: nextID, batches: region.batches, rows: rows, traces: traces)
    nextID += 1
    take(built, of: chosen)
  }

  /// Puts a segment in the place of the open traces it was built of.
  private mutating func take(_ built: SealingWork.Built, of chosen: [Int32]) {
    let segment = built.segment
    duplicates += built.duplicatesDropped
    let slot = sealed.count
    for trace in 0..<segment.traces.count {
      let id = segment.traces.id(trace)
      hash.set(id.high, id.low, Self.sealed(slot, trace))
    }
    sealed.append(
      SealedSlot(
        segment: segment, live: nil, liveRows: segment.rowCount, liveTraces: segment.traces.count))
    sealedRows += segment.rowCount
    sealedTraces += segment.traces.count
    sealedBytes += segment.byteCount
    region.close(chosen)
    if region.rowCount == 0 { provisional = [] }
  }

  /// Takes traces out of the provisional segments that show them.
  private mutating func hide(_ traces: [Int32]) {
    for number in traces {
      let trace = region.traces[Int(number)]
      guard trace.shownIn >= 0 else { continue }
      let slot = Int(trace.shownIn)
      guard let segment = provisional[slot].segment else { continue }
      let rows = segment.traces.rows(Int(trace.shownAt))
      var live = provisional[slot].live ?? Bitmap(repeating: true, count: segment.rowCount)
      live.remove(rows)
      provisional[slot].live = live
      provisional[slot].liveRows -= rows.count
      if provisional[slot].liveRows == 0 {
        provisional[slot] = ProvisionalSlot(
          segment: nil, live: nil, liveRows: 0, traces: [], duplicates: 0)
      }
      region.setShown(number, in: -1, at: -1)
    }
  }

  // MARK: snapshots

  mutating func snapshot() -> Snapshot {
    if let cached { return cached }
    showTouched()
    var views: [SegmentView] = []
    for slot in sealed {
      if let segment = slot.segment { views.append(SegmentView(segment: segment, live: slot.live)) }
    }
    for slot in provisional {
      if let segment = slot.segment { views.append(SegmentView(segment: segment, live: slot.live)) }
    }
    let result = Snapshot(views: views, generation: generation, totals: totals(views))
    cached = result
    return result
  }

  /// Builds what has grown since the last snapshot into a provisional segment; when these are many,
  /// they are built into one, so that each span is built a logarithmic number of times.
  private mutating func showTouched() {
    var chosen = region.takeTouched()
    guard !chosen.isEmpty else { return }
    hide(chosen)
    var size = chosen.reduce(0) { $0 + Int(region.traces[Int($1)].count) }
    // Smaller and equal ones join, from the youngest back.
    for slot in provisional.indices.reversed() where provisional[slot].segment != nil {
      guard provisional[slot].liveRows <= 2 * size else { continue }
      let members = provisional[slot].traces.filter {
        region.traces[Int($0)].shownIn == Int32(slot) && region.traces[Int($0)].count > 0
      }
      hide(members)
      chosen += members
      size += members.reduce(0) { $0 + Int(region.traces[Int($1)].count) }
    }
    let (rows, traces) = region.gather(chosen)
    let (segment, dropped) = SegmentBuilder.build(
      id: nextID, batches: region.batches, rows: rows, traces: traces)
    nextID += 1
    let place = freeProvisional()
    provisional[place] = ProvisionalSlot(
      segment: segment, live: nil, liveRows: segment.rowCount, traces: chosen, duplicates: dropped)
    for (at, number) in chosen.enumerated() {
      region.setShown(number, in: Int32(place), at: Int32(at))
    }
  }

  private mutating func freeProvisional() -> Int {
    if let free = provisional.firstIndex(where: { $0.segment == nil }) { return free }
    provisional.append(
      ProvisionalSlot(segment: nil, live: nil, liveRows: 0, traces: [], duplicates: 0))
    return provisional.count - 1
  }

  private func totals(_ views: [SegmentView]) -> Snapshot.Totals {
    var totals = quickTotals
    totals.spans = views.reduce(0) { $0 + $1.liveCount }
    totals.duplicates = duplicates + provisional.reduce(0) { $0 + $1.duplicates }
    let used = views.filter { $0.segment.rowCount > 0 }
    totals.oldestStart = used.map(\.segment.minStart).min().map { UnixNanos($0) }
    totals.newestStart = used.map(\.segment.maxStart).max().map { UnixNanos($0) }
    totals.newestEnd = used.map(\.segment.maxEnd).max().map { UnixNanos($0) }
    return totals
  }

  var quickTotals: Snapshot.Totals {
    var totals = Snapshot.Totals()
    totals.spans = sealedRows + region.rowCount
    totals.traces = hash.count
    totals.bytes =
      sealedBytes + region.byteCount + provisional.reduce(0) { $0 + ($1.segment?.byteCount ?? 0) }
    totals.evictedSpans = evictedSpans
    totals.evictedTraces = evictedTraces
    totals.duplicates = duplicates
    if evictedTraces > 0 {
      let held = sealed.compactMap(\.segment) + provisional.compactMap(\.segment)
      totals.oldestStart = held.map(\.minStart).min().map { UnixNanos($0) }
    }
    return totals
  }

  // MARK: retention

  /// Drops the oldest sealed segments while more is held than allowed.
  private mutating func evict() {
    while sealedBytes + region.byteCount > limit {
      let held = sealed.indices.filter { sealed[$0].segment != nil }
      guard let oldest = held.min(by: { age(of: $0) < age(of: $1) }) else {
        // Nothing sealed is left: what is open must be sealed before it can go.
        guard region.rowCount > 0, region.byteCount > limit else { return }
        let rest = region.openTraces
        seal(rest)
        continue
      }
      if held.count == 1, region.byteCount <= limit / 2, sealedBytes <= limit { return }
      forget(oldest)
    }
  }

  private func age(of slot: Int) -> UInt64 { sealed[slot].segment?.maxStart ?? .max }

  private mutating func forget(_ slot: Int) {
    guard let segment = sealed[slot].segment else { return }
    for trace in 0..<segment.traces.count {
      let id = segment.traces.id(trace)
      if hash[high: id.high, low: id.low] == Self.sealed(slot, trace) {
        hash.remove(id.high, id.low)
      }
    }
    evictedSpans += sealed[slot].liveRows
    evictedTraces += sealed[slot].liveTraces
    sealedRows -= sealed[slot].liveRows
    sealedTraces -= sealed[slot].liveTraces
    drop(slot)
  }

  private mutating func drop(_ slot: Int) {
    sealedBytes -= sealed[slot].segment?.byteCount ?? 0
    sealed[slot] = SealedSlot(segment: nil, live: nil, liveRows: 0, liveTraces: 0)
    while let last = sealed.last, last.segment == nil { sealed.removeLast() }
  }
}
