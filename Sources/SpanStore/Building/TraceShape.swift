import Telemetry

/// Who is whose child in one trace, and what follows from it.
///
/// One value is reused for trace after trace, so that a trace costs no allocation once the largest
/// has been seen. Nothing recurses: a chain of 100,000 spans is a loop.
struct TraceShape {
  // In: one entry for each span.
  var ids: [UInt64] = []
  var parents: [UInt64] = []
  var starts: [UInt64] = []
  var durations: [UInt64] = []

  // Out, by span as it came in.
  /// Index of the parent; -1 root, -2 parent not held.
  private(set) var parent: [Int32] = []
  private(set) var depth: [Int32] = []
  private(set) var childCount: [Int32] = []
  private(set) var selfTime: [UInt64] = []
  private(set) var isCut: [Bool] = []
  /// Spans in pre-order: parents first, children by start, then id.
  private(set) var order: [Int32] = []
  private(set) var rootCount = 0
  private(set) var missingCount = 0

  private var byStart: [Int32] = []
  private var firstChild: [Int32] = []
  private var children: [Int32] = []
  private var stack: [Int32] = []
  private var table = IDTable()

  mutating func removeAll() {
    ids.removeAll(keepingCapacity: true)
    parents.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    durations.removeAll(keepingCapacity: true)
  }

  mutating func append(id: UInt64, parent: UInt64, start: UInt64, duration: UInt64) {
    ids.append(id)
    parents.append(parent)
    starts.append(start)
    durations.append(duration)
  }

  /// - Complexity: O(*n* log *n*).
  mutating func solve() {
    let count = ids.count
    Self.reset(&parent, count, -1)
    Self.reset(&depth, count, 0)
    Self.reset(&childCount, count, 0)
    Self.reset(&selfTime, count, 0)
    Self.reset(&isCut, count, false)
    findParents()
    sortByStart()
    cutCycles()
    linkChildren()
    walk()
    measureSelf()
  }

  private static func reset<Element>(_ array: inout [Element], _ count: Int, _ value: Element) {
    array.removeAll(keepingCapacity: true)
    array.append(contentsOf: repeatElement(value, count: count))
  }

  private mutating func findParents() {
    let count = ids.count
    table.clear(capacity: count)
    // The first span with an id is the parent of those that name it.
    for index in 0..<count { _ = table.insert(ids[index], Int32(index)) }
    var missing = IDTable()
    missingCount = 0
    rootCount = 0
    for index in 0..<count {
      let id = parents[index]
      if id == 0 {
        rootCount += 1
      } else if id == ids[index] {
        isCut[index] = true
        rootCount += 1
      } else if let found = table.find(id) {
        parent[index] = found
      } else {
        parent[index] = -2
        if missing.count == 0 { missing.clear(capacity: 8) }
        if missing.insertGrowing(id) { missingCount += 1 }
      }
    }
  }

  private mutating func sortByStart() {
    byStart.removeAll(keepingCapacity: true)
    byStart.append(contentsOf: (0..<Int32(ids.count)))
    starts.withUnsafeBufferPointer { starts in
      ids.withUnsafeBufferPointer { ids in
        byStart.sort { a, b in
          let (a, b) = (Int(a), Int(b))
          if starts[a] != starts[b] { return starts[a] < starts[b] }
          return ids[a] != ids[b] ? ids[a] < ids[b] : a < b
        }
      }
    }
  }

  /// Marks what hangs from a root; what is left over goes round in circles, and each circle is cut
  /// above its earliest span.
  private mutating func cutCycles() {
    let count = ids.count
    // 0 unknown, 1 reaches a root, 2 on the path being followed.
    var state = [UInt8](repeating: 0, count: count)
    for start in byStart {
      stack.removeAll(keepingCapacity: true)
      var place = start
      while place >= 0, state[Int(place)] == 0 {
        state[Int(place)] = 2
        stack.append(place)
        place = parent[Int(place)]
      }
      if place >= 0, state[Int(place)] == 2 {
        var earliest = place
        var member = parent[Int(place)]
        while member != place {
          if (starts[Int(member)], ids[Int(member)]) < (starts[Int(earliest)], ids[Int(earliest)]) {
            earliest = member
          }
          member = parent[Int(member)]
        }
        parent[Int(earliest)] = -1
        isCut[Int(earliest)] = true
        rootCount += 1
      }
      for seen in stack { state[Int(seen)] = 1 }
    }
  }

  /// Children of each span next to each other, by start; those of nobody at the end.
  private mutating func linkChildren() {
    let count = ids.count
    Self.reset(&firstChild, count + 2, 0)
    for index in 0..<count where parent[index] >= 0 {
      childCount[Int(parent[index])] += 1
    }
    for index in 0..<count { firstChild[index + 1] = firstChild[index] + childCount[index] }
    Self.reset(&children, Int(firstChild[count]), 0)
    var next = firstChild
    for index in byStart where parent[Int(index)] >= 0 {
      let mother = Int(parent[Int(index)])
      children[Int(next[mother])] = index
      next[mother] += 1
    }
  }

  private mutating func walk() {
    order.removeAll(keepingCapacity: true)
    stack.removeAll(keepingCapacity: true)
    // True roots before spans whose parent is missing, so that a trace's first row is its root.
    for top in byStart.reversed() where parent[Int(top)] == -2 { stack.append(top) }
    for top in byStart.reversed() where parent[Int(top)] == -1 { stack.append(top) }
    while let span = stack.popLast() {
      order.append(span)
      let children = Int(firstChild[Int(span)])..<Int(firstChild[Int(span) + 1])
      for place in children.reversed() {
        let child = self.children[place]
        depth[Int(child)] = depth[Int(span)] + 1
        stack.append(child)
      }
    }
  }

  /// Duration minus the union of the children's intervals inside it.
  private mutating func measureSelf() {
    for index in ids.indices {
      let end = starts[index] &+ durations[index]
      var reached = starts[index]
      var covered: UInt64 = 0
      for place in Int(firstChild[index])..<Int(firstChild[index + 1]) {
        let child = Int(children[place])
        let from = max(reached, starts[child])
        let to = min(end, starts[child] &+ durations[child])
        if to > from {
          covered += to - from
          reached = to
        }
      }
      selfTime[index] = durations[index] - covered
    }
  }
}
