import Telemetry

/// Spans whose traces may still grow, as they came, with a list of rows for each trace.
struct OpenRegion {
  /// Rows of an open trace that one provisional segment shows: from `head` on, in order of arrival.
  struct Chunk {
    /// Provisional segment that shows them, and the trace's index there; -1: none.
    var slot: Int32 = -1
    var index: Int32 = -1
    var head: Int32 = -1
    var count: Int32 = 0
  }

  struct Trace {
    var id: TraceID
    var head: Int32 = -1
    var tail: Int32 = -1
    var count: Int32 = 0
    /// The serial number of its newest span.
    var grown = 0
    /// The newest chunk shown; older ones are in `olderChunks`.
    var shown = Chunk()
    /// The first row that is not shown yet, and how many there are.
    var unshown: Int32 = -1
    var unshownCount: Int32 = 0
    var isTouched = false
    /// The sealing that builds a segment of it; 0: none.
    var claim: UInt64 = 0
    /// Its rows when that began.
    var claimedCount: Int32 = 0
    /// Spans that come from now on belong to another part of it.
    var isClosed = false
  }

  private(set) var batches: [SpanBatch] = []
  /// Rows of each batch that are still open; a batch with none is let go.
  private var openRows: [Int32] = []
  /// Heap bytes of each batch.
  private var batchBytes: [Int] = []
  private var freeBatches: [Int] = []
  /// All open rows; `next` links those of a trace in order of arrival.
  private var rows: [RowRef] = []
  private var next: [Int32] = []
  private var freeRows: [Int32] = []
  private(set) var traces: [Trace] = []
  private var freeTraces: [Int32] = []
  /// Chunks before the newest one, oldest first, of the few traces that have several.
  private(set) var olderChunks: [Int32: [Chunk]] = [:]
  private(set) var rowCount = 0
  /// Rows of which segments are being built.
  private(set) var claimedRows = 0
  private var bytesOfBatches = 0
  private var touched: [Int32] = []

  /// Heap bytes of everything open.
  var byteCount: Int {
    bytesOfBatches + rows.count * 16 + traces.count * MemoryLayout<Trace>.stride
  }

  /// Takes a batch in; its rows are added one by one.
  mutating func append(_ batch: SpanBatch) -> Int32 {
    let bytes = batch.heapBytes
    bytesOfBatches += bytes
    if let index = freeBatches.popLast() {
      batches[index] = batch
      openRows[index] = 0
      batchBytes[index] = bytes
      return Int32(index)
    }
    batches.append(batch)
    openRows.append(0)
    batchBytes.append(bytes)
    return Int32(batches.count - 1)
  }

  /// Fills a batch that was taken in empty.
  mutating func replace(_ index: Int32, by batch: SpanBatch) {
    let bytes = batch.heapBytes
    bytesOfBatches += bytes - batchBytes[Int(index)]
    batchBytes[Int(index)] = bytes
    batches[Int(index)] = batch
  }

  /// Opens a trace and returns its number.
  mutating func open(_ id: TraceID) -> Int32 {
    if let number = freeTraces.popLast() {
      traces[Int(number)] = Trace(id: id)
      return number
    }
    traces.append(Trace(id: id))
    return Int32(traces.count - 1)
  }

  @inline(__always)
  mutating func add(_ ref: RowRef, to trace: Int32, serial: Int) {
    let row: Int32
    if let free = freeRows.popLast() {
      row = free
      rows[Int(row)] = ref
      next[Int(row)] = -1
    } else {
      row = Int32(rows.count)
      rows.append(ref)
      next.append(-1)
    }
    let number = Int(trace)
    let tail = traces[number].tail
    if tail >= 0 { next[Int(tail)] = row } else { traces[number].head = row }
    if traces[number].unshown < 0 { traces[number].unshown = row }
    traces[number].unshownCount += 1
    traces[number].tail = row
    traces[number].count += 1
    traces[number].grown = serial
    if !traces[number].isTouched {
      traces[number].isTouched = true
      touched.append(trace)
    }
    openRows[Int(ref.batch)] += 1
    rowCount += 1
  }

  /// The rows of some traces, those of each next to each other.
  func gather(_ wanted: [Int32]) -> (rows: [RowRef], traces: [(id: TraceID, range: Range<Int>)]) {
    gather(wanted.map { (traces[Int($0)].id, traces[Int($0)].head) })
  }

  /// The rows of some traces from one of their rows on.
  func gather(
    _ wanted: [(id: TraceID, head: Int32)]
  ) -> (rows: [RowRef], traces: [(id: TraceID, range: Range<Int>)]) {
    var refs: [RowRef] = []
    var ranges: [(id: TraceID, range: Range<Int>)] = []
    ranges.reserveCapacity(wanted.count)
    for (id, head) in wanted {
      let first = refs.count
      var row = head
      while row >= 0 {
        refs.append(rows[Int(row)])
        row = next[Int(row)]
      }
      ranges.append((id, first..<refs.count))
    }
    return (refs, ranges)
  }

  /// Lets traces go: their rows are in a sealed segment now. None of them is shown any more.
  mutating func close(_ wanted: [Int32]) {
    for number in wanted {
      claim(number, for: 0)
      var row = traces[Int(number)].head
      while row >= 0 {
        let batch = Int(rows[Int(row)].batch)
        openRows[batch] -= 1
        if openRows[batch] == 0 { release(batch) }
        freeRows.append(row)
        rowCount -= 1
        row = next[Int(row)]
      }
      traces[Int(number)].count = 0
      traces[Int(number)].head = -1
      freeTraces.append(number)
    }
    if rowCount == 0 { self = OpenRegion() }
  }

  /// When a trace last grew; -1 when no open trace has that number.
  func grown(_ trace: Int32) -> Int {
    let number = Int(trace)
    return traces.indices.contains(number) && traces[number].count > 0 ? traces[number].grown : -1
  }

  /// Traces that have rows.
  var openTraces: [Int32] {
    traces.indices.filter { traces[$0].count > 0 }.map(Int32.init)
  }

  /// Notes which sealing works on a trace; 0: none.
  mutating func claim(_ trace: Int32, for work: UInt64) {
    let number = Int(trace)
    let count = Int(traces[number].count)
    if traces[number].claim != 0 { claimedRows -= Int(traces[number].claimedCount) }
    traces[number].claim = work
    traces[number].claimedCount = Int32(count)
    if work != 0 { claimedRows += count }
  }

  /// Whether a sealing works on an open trace, and no other has taken its number.
  func isClaimed(_ trace: Int32, by work: UInt64) -> Bool {
    let number = Int(trace)
    return traces.indices.contains(number) && traces[number].count > 0
      && traces[number].claim == work
  }

  /// The chunks shown of a trace, oldest first.
  func chunks(_ trace: Int32) -> [Chunk] {
    let newest = traces[Int(trace)].shown
    guard newest.slot >= 0 else { return [] }
    return (olderChunks[trace] ?? []) + [newest]
  }

  mutating func setClosed(_ trace: Int32) { traces[Int(trace)].isClosed = true }

  private mutating func release(_ batch: Int) {
    bytesOfBatches -= batchBytes[batch]
    batches[batch] = SpanBatch()
    batchBytes[batch] = 0
    freeBatches.append(batch)
  }

  // MARK: what is shown

  /// Traces with rows that are not shown.
  mutating func takeTouched() -> [Int32] {
    defer { touched.removeAll(keepingCapacity: true) }
    var result: [Int32] = []
    for trace in touched where traces[Int(trace)].isTouched && traces[Int(trace)].count > 0 {
      traces[Int(trace)].isTouched = false
      result.append(trace)
    }
    return result
  }

  /// Everything up to the newest row is shown, the rows behind the chunks before by this one.
  mutating func show(_ trace: Int32, in chunk: Chunk) {
    let number = Int(trace)
    if traces[number].shown.slot >= 0 {
      olderChunks[trace, default: []].append(traces[number].shown)
    }
    traces[number].shown = chunk
    traces[number].unshown = -1
    traces[number].unshownCount = 0
  }

  /// Takes the newest chunk away: its rows are not shown any more.
  mutating func popChunk(_ trace: Int32) -> Chunk? {
    let number = Int(trace)
    let chunk = traces[number].shown
    guard chunk.slot >= 0 else { return nil }
    traces[number].shown = olderChunks[trace]?.popLast() ?? Chunk()
    if olderChunks[trace]?.isEmpty == true { olderChunks[trace] = nil }
    traces[number].unshown = chunk.head
    traces[number].unshownCount += chunk.count
    return chunk
  }

  // MARK: sparse batches

  /// Copies the open rows of batches that have few of them, so that a slow trace does not hold on
  /// to all that came beside it.
  ///
  /// - Complexity: O(open rows), when half of the bytes lie in such batches; else O(batches).
  mutating func compact() {
    let isSparse = batches.indices.map { index in
      openRows[index] > 0 && Int(openRows[index]) * 4 <= batches[index].spans.count
    }
    let bytes = isSparse.indices.reduce(0) { $0 + (isSparse[$1] ? batchBytes[$1] : 0) }
    guard bytes * 2 > bytesOfBatches else { return }
    var mover = RowMover(batches.count)
    for trace in traces.indices where traces[trace].count > 0 {
      var row = traces[trace].head
      while row >= 0 {
        let ref = rows[Int(row)]
        if isSparse[Int(ref.batch)] {
          if mover.isFull { place(&mover) }
          rows[Int(row)] = RowRef(batch: -1, row: mover.move(ref, batches[Int(ref.batch)]))
          mover.moved.append(row)
        }
        row = next[Int(row)]
      }
    }
    place(&mover)
    for index in isSparse.indices where isSparse[index] {
      openRows[index] = 0
      release(index)
    }
  }

  /// Takes in what was moved so far.
  private mutating func place(_ mover: inout RowMover) {
    guard !mover.moved.isEmpty else { return }
    let batch = append(mover.target)
    for row in mover.moved { rows[Int(row)].batch = batch }
    openRows[Int(batch)] = Int32(mover.moved.count)
    mover = RowMover(mover.sourceCount)
  }
}
