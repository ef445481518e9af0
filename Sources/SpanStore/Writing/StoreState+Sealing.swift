import Telemetry

extension StoreState {
  /// Heap bytes of open spans from which on a segment is built of them.
  private var openBytes: Int { limit / 4 }

  private var unclaimedRows: Int { region.rowCount - region.claimedRows }

  private var hasManyBytes: Bool {
    region.byteCount / max(1, region.rowCount) * unclaimedRows >= openBytes
  }

  var isSealingDue: Bool {
    unclaimedRows >= 2 * segmentRows || (unclaimedRows > 0 && hasManyBytes)
  }

  /// Spans of the next segment, about.
  private var wantedRows: Int {
    hasManyBytes ? min(segmentRows, max(1, unclaimedRows / 2)) : segmentRows
  }

  /// A segment of the traces that have been quiet longest, until half of them is left open.
  mutating func beginSealing() -> SealingWork? { begin(quietTraces(wantedRows)) }

  /// A segment of what is open; nil when nothing is left.
  mutating func beginSealingAll() -> SealingWork? {
    change()
    guard unclaimedRows > 0 else {
      evict()
      return nil
    }
    let isLast = unclaimedRows <= 2 * segmentRows && !hasManyBytes
    return begin(quietTraces(isLast ? .max : wantedRows))
  }

  private mutating func begin(_ numbers: [Int32]) -> SealingWork? {
    guard !numbers.isEmpty else { return nil }
    let id = takeID()
    let largest = hasManyBytes ? min(traceRows, wantedRows) : traceRows
    let (rows, traces) = region.gather(numbers)
    let chosen = zip(numbers, traces).map { number, trace in
      SealingWork.Chosen(
        number: number, grown: region.grown(number), id: trace.id, range: trace.range)
    }
    for trace in chosen {
      region.claim(trace.number, for: id)
      // It may grow while the segment is built, and a trace without an end always does.
      if trace.range.count >= largest { closePart(trace) }
    }
    return SealingWork(
      id: id, batches: region.batches, rows: rows, chosen: chosen, columnLimit: columnLimit)
  }

  /// What comes of a trace from now on begins another part.
  private mutating func closePart(_ trace: SealingWork.Chosen) {
    guard !region.traces[Int(trace.number)].isClosed else { return }
    region.setClosed(trace.number)
    hash.set(trace.id.high, trace.id.low, TraceLocation.closed.code)
    otherParts[trace.id, default: 0] += 1
    for chunk in region.chunks(trace.number) { markPart(chunk) }
  }

  /// Traces of which no segment is being built, quietest first, with `wanted` spans or all.
  ///
  /// - Complexity: O(open traces).
  private func quietTraces(_ wanted: Int) -> [Int32] {
    var traces: [(number: Int32, grown: Int)] = []
    var (first, last) = (Int.max, 0)
    for number in region.traces.indices {
      let trace = region.traces[number]
      guard trace.count > 0, trace.claim == 0 else { continue }
      traces.append((Int32(number), trace.grown))
      first = min(first, trace.grown)
      last = max(last, trace.grown)
    }
    if wanted < unclaimedRows, first < last {
      // Rows by when their trace last grew, in steps; the step in which there are enough ends it.
      let steps = 1_024
      let width = (last - first) / steps + 1
      var rows = [Int](repeating: 0, count: steps)
      for (number, grown) in traces {
        rows[(grown - first) / width] += Int(region.traces[Int(number)].count)
      }
      var (step, sum) = (0, 0)
      while step < steps, sum < wanted {
        sum += rows[step]
        step += 1
      }
      let end = first + step * width
      traces.removeAll { $0.grown >= end }
    }
    return traces.sorted { $0.grown < $1.grown }.map(\.number)
  }

  /// Puts a built segment in the place of its open traces; those that have grown meanwhile stay
  /// open, and count for nothing in the segment.
  mutating func finish(_ work: SealingWork, _ segment: Segment) {
    cached = nil
    var current: [Int32] = []
    var live: Bitmap?
    var slot = SealedSegments.Slot()
    for (index, trace) in work.chosen.enumerated() {
      let rows = segment.traces.rows(index)
      if region.isClaimed(trace.number, by: work.id), region.grown(trace.number) == trace.grown {
        current.append(trace.number)
        slot.liveRows += rows.count
        duplicates += trace.range.count - rows.count
        settle(trace.id, index, isClosed: region.traces[Int(trace.number)].isClosed, &slot)
      } else {
        if region.isClaimed(trace.number, by: work.id) { region.claim(trace.number, for: 0) }
        var bits = live.take() ?? Bitmap(repeating: true, count: segment.rowCount)
        bits.remove(rows)
        live = bits
      }
    }
    if !current.isEmpty {
      slot.liveTraces = current.count
      (slot.segment, slot.live) = (segment, live)
      sealed.append(slot)
      hide(current)
      region.close(current)
      region.compact()
    }
    if current.count * 2 < work.chosen.count, unclaimedRows >= 3 * segmentRows { _ = sealNow() }
    evict()
  }

  /// Notes that the next segment has a trace.
  private mutating func settle(
    _ id: TraceID, _ index: Int, isClosed: Bool, _ slot: inout SealedSegments.Slot
  ) {
    let isNewest = !isClosed || hash[high: id.high, low: id.low] == TraceLocation.closed.code
    if isNewest {
      hash.set(id.high, id.low, TraceLocation.sealed(sealed.nextNumber, index).code)
      if isClosed { forgetOtherPart(id) }
    }
    if otherParts[id] != nil { slot.parts.append(Int32(index)) }
  }

  mutating func forgetOtherPart(_ id: TraceID) {
    guard let count = otherParts[id] else { return }
    otherParts[id] = count > 1 ? count - 1 : nil
  }

  /// Seals while nobody can make the traces grow; false when there is nothing to seal.
  mutating func sealNow() -> Bool {
    guard let work = beginSealing() else { return false }
    finish(work, work.build())
    return true
  }
}
