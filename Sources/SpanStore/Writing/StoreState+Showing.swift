import Telemetry

/// A segment of traces that may still grow.
struct ProvisionalSlot {
  /// nil: free, or being built.
  var segment: Segment?
  var live: Bitmap?
  var liveRows = 0
  /// The numbers of its traces, in their order.
  var traces: [Int32] = []
  /// Rows of each trace, resends included.
  var counts: [Int32] = []
  var duplicates = 0
  /// Traces of it that have other parts.
  var parts: [Int32] = []
  var isBuilding = false
  /// Traces that were hidden while it was built.
  var hidden: [Int32] = []

  var isFree: Bool { segment == nil && !isBuilding }

  /// Takes a trace out of what counts.
  mutating func hide(_ index: Int32) {
    guard let segment else { return hidden.append(index) }
    let rows = segment.traces.rows(Int(index))
    var bits = live.take() ?? Bitmap(repeating: true, count: segment.rowCount)
    bits.remove(rows)
    live = bits
    liveRows -= rows.count
    duplicates -= Int(counts[Int(index)]) - rows.count
    parts.removeAll { $0 == index }
    if liveRows == 0 { self = ProvisionalSlot() }
  }
}

extension StoreState {
  enum Showing {
    case ready(Snapshot)
    case build(ShowingWork)
  }

  /// Traces of so many spans are built anew with every span of theirs; of larger ones what is new.
  private static let wholeRows = 1_024

  /// What a snapshot shows that is taken now, apart from a segment that is to be built of what has
  /// grown since the last one and given to ``finishShowing(_:_:)``.
  ///
  /// When small segments of open traces have become many they are built into one, and so are the
  /// chunks of a large trace: each span is built a logarithmic number of times.
  mutating func beginShowing() -> Showing {
    if let cached { return .ready(cached) }
    let numbers = takeUnshown()
    let heads = numbers.map { region.traces[Int($0)].unshown }
    let counts = numbers.map { region.traces[Int($0)].unshownCount }
    let views = views
    guard !numbers.isEmpty else {
      let snapshot = Snapshot(
        views: views, generation: generation, totals: totals(views), splits: splits,
        cut: cutTraces)
      cached = snapshot
      return .ready(snapshot)
    }
    let (rows, traces) = region.gather(
      zip(numbers, heads).map { (region.traces[Int($0)].id, $1) })
    let slot = freeSlot()
    provisional[slot] = ProvisionalSlot(traces: numbers, counts: counts, isBuilding: true)
    for (index, number) in numbers.enumerated() {
      region.show(
        number,
        in: OpenRegion.Chunk(
          slot: Int32(slot), index: Int32(index), head: heads[index], count: counts[index]))
      let chunks = region.chunks(number)
      if chunks.count > 1 || otherParts[traces[index].id] != nil {
        for chunk in chunks { markPart(chunk) }
      }
    }
    var totals = quickTotals
    totals.duplicates += provisional.reduce(0) { $0 + $1.duplicates }
    return .build(
      ShowingWork(
        id: takeID(), batches: region.batches, rows: rows, traces: traces, slot: slot,
        parts: provisional[slot].parts, views: views, splits: splits, cut: cutTraces,
        generation: generation,
        totals: totals, columnLimit: columnLimit))
  }

  /// Keeps the segment built for a snapshot; gives the snapshot.
  mutating func finishShowing(_ work: ShowingWork, _ segment: Segment) -> Snapshot {
    let views = work.views + [SegmentView(segment: segment, parts: work.parts)]
    var totals = work.totals
    let slot = provisional[work.slot]
    var built = slot
    (built.segment, built.isBuilding, built.hidden) = (segment, false, [])
    built.liveRows = segment.rowCount
    built.duplicates = work.rows.count - segment.rowCount
    for index in slot.hidden { if !built.isFree { built.hide(index) } }
    provisional[work.slot] = built
    Self.fill(&totals, views)
    totals.bytes += segment.byteCount
    totals.duplicates = work.totals.duplicates + work.rows.count - segment.rowCount
    let snapshot = Snapshot(
      views: views, generation: work.generation, totals: totals, splits: work.splits,
      cut: work.cut)
    if generation == work.generation { cached = snapshot }
    return snapshot
  }

  /// Traces with rows to show, these rows being all that is unshown of them.
  private mutating func takeUnshown() -> [Int32] {
    var numbers = region.takeTouched()
    guard !numbers.isEmpty else { return [] }
    for number in numbers {
      let isSmall = Int(region.traces[Int(number)].count) <= Self.wholeRows
      while region.traces[Int(number)].shown.slot >= 0,
        isSmall
          || region.traces[Int(number)].shown.count
            <= 2 * region.traces[Int(number)].unshownCount
      { hideChunk(number) }
    }
    var size = numbers.reduce(0) { $0 + Int(region.traces[Int($1)].unshownCount) }
    // Smaller and equal ones join, from the youngest back.
    for slot in provisional.indices.reversed() where provisional[slot].segment != nil {
      guard provisional[slot].liveRows <= 2 * size else { continue }
      for number in provisional[slot].traces {
        let trace = region.traces[Int(number)]
        guard Int(trace.shown.slot) == slot, trace.count > 0, region.olderChunks[number] == nil,
          trace.unshownCount == 0
        else { continue }
        hideChunk(number)
        numbers.append(number)
        size += Int(region.traces[Int(number)].unshownCount)
      }
    }
    return numbers
  }

  private mutating func hideChunk(_ number: Int32) {
    if let chunk = region.popChunk(number) { provisional[Int(chunk.slot)].hide(chunk.index) }
  }

  /// Takes traces out of the provisional segments that show them.
  mutating func hide(_ numbers: [Int32]) {
    for number in numbers {
      while region.traces[Int(number)].shown.slot >= 0 { hideChunk(number) }
    }
  }

  /// Notes that a chunk is not the whole of its trace.
  mutating func markPart(_ chunk: OpenRegion.Chunk) {
    let slot = Int(chunk.slot)
    if !provisional[slot].parts.contains(chunk.index) {
      provisional[slot].parts.append(chunk.index)
    }
  }

  private mutating func freeSlot() -> Int {
    if let free = provisional.firstIndex(where: { $0.isFree }) { return free }
    provisional.append(ProvisionalSlot())
    return provisional.count - 1
  }

  private var views: [SegmentView] {
    var views: [SegmentView] = []
    for slot in sealed.held {
      guard let segment = slot.segment else { continue }
      views.append(SegmentView(segment: segment, live: slot.live, parts: slot.parts))
    }
    for slot in provisional {
      guard let segment = slot.segment else { continue }
      views.append(SegmentView(segment: segment, live: slot.live, parts: slot.parts))
    }
    return views
  }

  /// Traces that are in several parts in what is shown.
  private var splits: Set<TraceID> {
    var ids = Set(otherParts.keys)
    for number in region.olderChunks.keys { ids.insert(region.traces[Int(number)].id) }
    return ids
  }

  private func totals(_ views: [SegmentView]) -> Snapshot.Totals {
    var totals = quickTotals
    Self.fill(&totals, views)
    totals.duplicates = duplicates + provisional.reduce(0) { $0 + $1.duplicates }
    return totals
  }

  private static func fill(_ totals: inout Snapshot.Totals, _ views: [SegmentView]) {
    totals.spans = views.reduce(0) { $0 + $1.liveCount }
    let used = views.filter { $0.segment.rowCount > 0 }
    totals.oldestStart = used.map(\.segment.minStart).min().map { UnixNanos($0) }
    totals.newestStart = used.map(\.segment.maxStart).max().map { UnixNanos($0) }
    totals.newestEnd = used.map(\.segment.maxEnd).max().map { UnixNanos($0) }
  }
}
