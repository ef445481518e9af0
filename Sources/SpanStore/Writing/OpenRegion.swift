import Telemetry

/// Spans whose traces may still grow, as they came, with a list of rows for each trace.
struct OpenRegion {
  struct Trace {
    var id: TraceID
    var head: Int32
    var tail: Int32
    var count: Int32
    /// Counts spans ever added, when it last grew.
    var grown: Int
    /// Provisional segment that shows it, and its place there; -1: none.
    var shownIn: Int32 = -1
    var shownAt: Int32 = -1
    /// It has grown since it was last shown.
    var isTouched = false
  }

  private(set) var batches: [SpanBatch] = []
  /// Rows of each batch that are still open; a batch with none is let go.
  private var openRows: [Int32] = []
  private var freeBatches: [Int] = []
  /// All open rows; `next` links those of a trace in order of arrival.
  private var rows: [RowRef] = []
  private var next: [Int32] = []
  private var freeRows: [Int32] = []
  private(set) var traces: [Trace] = []
  private var freeTraces: [Int32] = []
  private(set) var rowCount = 0
  private(set) var byteCount = 0
  private(set) var touched: [Int32] = []

  /// Takes a batch in; its rows are added one by one.
  mutating func append(_ batch: SpanBatch) -> Int32 {
    byteCount += batch.byteCount
    if let place = freeBatches.popLast() {
      batches[place] = batch
      openRows[place] = 0
      return Int32(place)
    }
    batches.append(batch)
    openRows.append(0)
    return Int32(batches.count - 1)
  }

  /// Opens a trace and returns its number.
  mutating func open(_ id: TraceID) -> Int32 {
    let trace = Trace(id: id, head: -1, tail: -1, count: 0, grown: 0)
    if let place = freeTraces.popLast() {
      traces[Int(place)] = trace
      return place
    }
    traces.append(trace)
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
    let place = Int(trace)
    let tail = traces[place].tail
    if tail >= 0 { next[Int(tail)] = row } else { traces[place].head = row }
    traces[place].tail = row
    traces[place].count += 1
    traces[place].grown = serial
    if !traces[place].isTouched {
      traces[place].isTouched = true
      touched.append(trace)
    }
    openRows[Int(ref.batch)] += 1
    rowCount += 1
  }

  /// The rows of some traces, those of each next to each other.
  func gather(_ wanted: [Int32]) -> (rows: [RowRef], traces: [(id: TraceID, range: Range<Int>)]) {
    var refs: [RowRef] = []
    var ranges: [(id: TraceID, range: Range<Int>)] = []
    ranges.reserveCapacity(wanted.count)
    for number in wanted {
      let first = refs.count
      var row = traces[Int(number)].head
      while row >= 0 {
        refs.append(rows[Int(row)])
        row = next[Int(row)]
      }
      ranges.append((traces[Int(number)].id, first..<refs.count))
    }
    return (refs, ranges)
  }

  /// Lets traces go: their rows are in a sealed segment now.
  mutating func close(_ wanted: [Int32]) {
    for number in wanted {
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
    if rowCount == 0 { reset() }
  }

  /// When a trace last grew; -1 when no open trace has that number.
  func grown(_ trace: Int32) -> Int {
    let place = Int(trace)
    return traces.indices.contains(place) && traces[place].count > 0 ? traces[place].grown : -1
  }

  /// Traces that have rows.
  var openTraces: [Int32] {
    traces.indices.filter { traces[$0].count > 0 }.map(Int32.init)
  }

  mutating func takeTouched() -> [Int32] {
    defer { touched.removeAll(keepingCapacity: true) }
    var result: [Int32] = []
    for trace in touched where traces[Int(trace)].isTouched && traces[Int(trace)].count > 0 {
      traces[Int(trace)].isTouched = false
      result.append(trace)
    }
    return result
  }

  mutating func setShown(_ trace: Int32, in segment: Int32, at place: Int32) {
    traces[Int(trace)].shownIn = segment
    traces[Int(trace)].shownAt = place
  }

  private mutating func release(_ batch: Int) {
    byteCount -= batches[batch].byteCount
    batches[batch] = SpanBatch()
    freeBatches.append(batch)
  }

  /// Nothing is open: the tables start small again.
  private mutating func reset() { self = OpenRegion() }
}
