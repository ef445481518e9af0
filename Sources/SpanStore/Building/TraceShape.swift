import Telemetry

/// Who is whose child in one trace, and what follows from it.
///
/// One value is reused for trace after trace, so that a trace costs no allocation once the largest
/// has been seen. Nothing recurses: a chain of 100,000 spans is a loop.
struct TraceShape: ~Copyable {
  // In: one entry for each span.
  private var ids = GrowingBuffer<UInt64>()
  private var parents = GrowingBuffer<UInt64>()
  private var starts = GrowingBuffer<UInt64>()
  private var durations = GrowingBuffer<UInt64>()

  // Out, by span as it came in.
  /// Index of the parent; -1 root, -2 parent not held.
  private(set) var parent = GrowingBuffer<Int32>()
  private(set) var depth = GrowingBuffer<Int32>()
  private(set) var childCount = GrowingBuffer<Int32>()
  /// Nanoseconds.
  private(set) var selfTime = GrowingBuffer<UInt64>()
  /// `.parentCycle` and `.duplicateID`, where they apply, as raw values.
  private(set) var marks = GrowingBuffer<UInt16>()
  /// Spans in pre-order: parents first, children by start, then as they came; roots by start, then
  /// id, so that which comes first does not hang on the order of arrival.
  private(set) var order = GrowingBuffer<Int32>()
  private(set) var rootCount = 0
  /// Distinct ids that are named as parents and not held.
  private(set) var missingCount = 0

  private var byStart = GrowingBuffer<Int32>()
  private var firstChild = GrowingBuffer<Int32>()
  private var nextChild = GrowingBuffer<Int32>()
  private var children = GrowingBuffer<Int32>()
  private var stack = GrowingBuffer<Int32>()
  private var state = GrowingBuffer<UInt8>()
  private var table = IDTable()
  private var missing = IDTable()

  init() {}

  var count: Int { ids.count }

  /// Forgets the trace before and makes room for one of `capacity` spans.
  mutating func clear(capacity: Int) {
    ids.removeAll()
    parents.removeAll()
    starts.removeAll()
    durations.removeAll()
    marks.removeAll()
    table.clear(capacity: capacity)
  }

  /// The first span that came with this id.
  func first(_ id: UInt64) -> Int32? { table.find(id) }

  mutating func append(_ span: UnsafePointer<SpanRecord>) {
    let index = Int32(ids.count)
    ids.append(span.pointee.spanID)
    parents.append(span.pointee.parentID)
    starts.append(span.pointee.start)
    durations.append(span.pointee.duration)
    marks.append(0)
    // The first span with an id is the parent of those that name it.
    if let other = table.insert(span.pointee.spanID, index), span.pointee.spanID != 0 {
      mark(Int(other), .duplicateID)
      mark(Int(index), .duplicateID)
    }
  }

  private func mark(_ index: Int, _ mark: SpanMarks) { marks.base[index] |= mark.rawValue }

  /// - Complexity: O(*n* log *n*).
  mutating func solve() {
    let count = ids.count
    depth.reset(repeating: 0, count: count)
    childCount.reset(repeating: 0, count: count)
    selfTime.reset(repeating: 0, count: count)
    findParents()
    sortByStart()
    cutCycles()
    linkChildren()
    walk()
    measureSelf()
  }

  private mutating func findParents() {
    let count = ids.count
    parent.reset(repeating: -1, count: count)
    missing.clear(capacity: 0)
    rootCount = 0
    for index in 0..<count {
      let id = parents.base[index]
      if id == 0 {
        rootCount += 1
      } else if id == ids.base[index] {
        mark(index, .parentCycle)
        rootCount += 1
      } else if let found = table.find(id) {
        parent.base[index] = found
      } else {
        parent.base[index] = -2
        _ = missing.insert(id, 0)
      }
    }
    missingCount = missing.count
  }

  @inline(__always)
  private func isEarlier(_ a: Int, _ b: Int) -> Bool {
    if starts.base[a] != starts.base[b] { return starts.base[a] < starts.base[b] }
    return ids.base[a] != ids.base[b] ? ids.base[a] < ids.base[b] : a < b
  }

  private mutating func sortByStart() {
    let count = ids.count
    byStart.reset(count: count)
    for index in 0..<count { byStart.base[index] = Int32(index) }
    guard count > 24 else { return sortFew() }
    let (starts, ids) = (starts.base, ids.base)
    var all = UnsafeMutableBufferPointer(start: byStart.base, count: count)
    all.sort { a, b in
      let (a, b) = (Int(a), Int(b))
      if starts[a] != starts[b] { return starts[a] < starts[b] }
      return ids[a] != ids[b] ? ids[a] < ids[b] : a < b
    }
  }

  /// By insertion: most traces are small, and their spans come nearly sorted.
  private mutating func sortFew() {
    for index in 0..<byStart.count {
      var position = index
      while position > 0, isEarlier(index, Int(byStart.base[position &- 1])) {
        byStart.base[position] = byStart.base[position &- 1]
        position &-= 1
      }
      byStart.base[position] = Int32(index)
    }
  }

  /// Follows each span to its root; where that leads round in a circle, the circle is cut above its
  /// earliest span.
  private mutating func cutCycles() {
    // 0 unknown, 1 reaches a root, 2 on the path being followed.
    state.reset(repeating: 0, count: ids.count)
    for start in 0..<ids.count where state.base[start] == 0 {
      stack.removeAll()
      var index = Int32(start)
      while index >= 0, state.base[Int(index)] == 0 {
        state.base[Int(index)] = 2
        stack.append(index)
        index = parent.base[Int(index)]
      }
      if index >= 0, state.base[Int(index)] == 2 { cut(index) }
      for seen in stack.elements { state.base[Int(seen)] = 1 }
    }
  }

  /// Cuts the circle that `member` is on.
  private mutating func cut(_ member: Int32) {
    var earliest = member
    var index = parent.base[Int(member)]
    while index != member {
      if isEarlier(Int(index), Int(earliest)) { earliest = index }
      index = parent.base[Int(index)]
    }
    parent.base[Int(earliest)] = -1
    mark(Int(earliest), .parentCycle)
    rootCount += 1
  }

  /// Children of each span next to each other, by start.
  private mutating func linkChildren() {
    let count = ids.count
    firstChild.reset(count: count + 1)
    for index in 0..<count where parent.base[index] >= 0 {
      childCount.base[Int(parent.base[index])] += 1
    }
    var sum: Int32 = 0
    nextChild.reset(count: count)
    for index in 0..<count {
      firstChild.base[index] = sum
      nextChild.base[index] = sum
      sum += childCount.base[index]
    }
    firstChild.base[count] = sum
    children.reset(count: Int(sum))
    for index in byStart.elements {
      let mother = Int(parent.base[Int(index)])
      guard mother >= 0 else { continue }
      children.base[Int(nextChild.base[mother])] = index
      nextChild.base[mother] += 1
    }
    keepArrival()
  }

  /// Puts siblings that start at once back into the order in which they came.
  private mutating func keepArrival() {
    for index in 0..<ids.count where childCount.base[index] > 1 {
      var first = Int(firstChild.base[index])
      let end = Int(firstChild.base[index + 1])
      while first < end {
        let start = starts.base[Int(children.base[first])]
        var next = first + 1
        while next < end, starts.base[Int(children.base[next])] == start { next += 1 }
        if next - first > 1 {
          var equals = UnsafeMutableBufferPointer(
            start: children.base + first, count: next - first)
          equals.sort()
        }
        first = next
      }
    }
  }

  private mutating func walk() {
    order.removeAll()
    // Roots before spans whose parent is not held, so that a trace's first row is its root.
    for index in byStart.elements where parent.base[Int(index)] == -1 { walk(index) }
    for index in byStart.elements where parent.base[Int(index)] == -2 { walk(index) }
  }

  private mutating func walk(_ top: Int32) {
    stack.removeAll()
    stack.append(top)
    while let span = stack.popLast() {
      order.append(span)
      let below = depth.base[Int(span)] + 1
      let first = Int(firstChild.base[Int(span)])
      var index = Int(firstChild.base[Int(span) + 1])
      while index > first {
        index -= 1
        depth.base[Int(children.base[index])] = below
        stack.append(children.base[index])
      }
    }
  }

  /// Duration minus the union of the children's intervals inside it.
  private mutating func measureSelf() {
    for index in 0..<ids.count {
      let end = starts.base[index] &+ durations.base[index]
      var reached = starts.base[index]
      var covered: UInt64 = 0
      for position in Int(firstChild.base[index])..<Int(firstChild.base[index + 1]) {
        let child = Int(children.base[position])
        let from = max(reached, starts.base[child])
        let to = min(end, starts.base[child] &+ durations.base[child])
        if to > from {
          covered += to - from
          reached = to
        }
      }
      selfTime.base[index] = durations.base[index] - covered
    }
  }
}
