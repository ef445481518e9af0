import Telemetry

/// The sealed segments held, by a number that never changes while a segment is held.
struct SealedSegments {
  struct Slot {
    /// nil once let go.
    var segment: Segment?
    /// Rows that count; nil: all.
    var live: Bitmap?
    var liveRows = 0
    var liveTraces = 0
    /// Traces of the segment that are parts of a trace which has others.
    var parts: [Int32] = []
  }

  private var slots: [Slot] = []
  /// The number of the first slot; those before it are gone.
  private var base = 0
  /// Slots in front that are empty.
  private var emptyInFront = 0
  /// Rows and traces that count, and heap bytes of all segments.
  private(set) var rowCount = 0
  private(set) var traceCount = 0
  private(set) var byteCount = 0

  /// The number that the next segment gets.
  var nextNumber: Int { base + slots.count }

  /// The slots that hold a segment, oldest first.
  var held: some Sequence<Slot> { slots[emptyInFront...].lazy.filter { $0.segment != nil } }

  subscript(number: Int) -> Slot {
    precondition(number >= base && number < nextNumber, "no such segment")
    return slots[number - base]
  }

  mutating func append(_ slot: Slot) {
    slots.append(slot)
    rowCount += slot.liveRows
    traceCount += slot.liveTraces
    byteCount += slot.segment?.byteCount ?? 0
  }

  /// Marks a trace as one that has other parts.
  mutating func markPart(_ number: Int, _ trace: Int) {
    let index = number - base
    if !slots[index].parts.contains(Int32(trace)) { slots[index].parts.append(Int32(trace)) }
  }

  /// Takes a trace out of what counts.
  mutating func hide(_ number: Int, _ trace: Int) {
    let index = number - base
    guard let segment = slots[index].segment else { return }
    let rows = segment.traces.rows(trace)
    // Taken out of the slot, so that the bits are changed in place.
    var live: Bitmap?
    swap(&live, &slots[index].live)
    var bits = live.take() ?? Bitmap(repeating: true, count: segment.rowCount)
    bits.remove(rows)
    slots[index].live = bits
    slots[index].liveRows -= rows.count
    slots[index].liveTraces -= 1
    slots[index].parts.removeAll { Int($0) == trace }
    rowCount -= rows.count
    traceCount -= 1
  }

  /// Lets a segment go.
  mutating func drop(_ number: Int) {
    let index = number - base
    rowCount -= slots[index].liveRows
    traceCount -= slots[index].liveTraces
    byteCount -= slots[index].segment?.byteCount ?? 0
    slots[index] = Slot()
    while let last = slots.last, last.segment == nil { slots.removeLast() }
    emptyInFront = min(emptyInFront, slots.count)
    while emptyInFront < slots.count, slots[emptyInFront].segment == nil { emptyInFront += 1 }
    // Half at once: moving the others costs no more than filling the empty ones did.
    if emptyInFront * 2 > slots.count {
      slots.removeFirst(emptyInFront)
      base += emptyInFront
      emptyInFront = 0
    }
  }

  /// The number of the segment whose newest span is the oldest; nil when none is held.
  var oldest: Int? {
    var found: (number: Int, start: UInt64)?
    for index in slots.indices.dropFirst(emptyInFront) {
      guard let segment = slots[index].segment else { continue }
      if let found, found.start <= segment.maxStart { continue }
      found = (base + index, segment.maxStart)
    }
    return found?.number
  }

  var isEmpty: Bool { emptyInFront == slots.count }

  /// Whether exactly one segment is held.
  var isSingle: Bool {
    var held = held.makeIterator()
    return held.next() != nil && held.next() == nil
  }
}
