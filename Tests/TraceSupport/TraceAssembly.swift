package import QueryLanguage
package import Telemetry

/// Assembles a trace the slow and obvious way, by the rules of `TraceView`.
package enum TraceAssembly {
  package static func view(_ batch: SpanBatch, _ id: TraceID) -> TraceView {
    let spans = batch.spans
    var byID: [UInt64: Int] = [:]
    for (index, span) in spans.enumerated() where byID[span.spanID] == nil {
      byID[span.spanID] = index
    }
    var parents = spans.map { span in
      span.parentID == 0 ? -1 : span.parentID == span.spanID ? -1 : byID[span.parentID] ?? -2
    }
    let cut = cutCycles(&parents, spans)
    let order = preOrder(parents, spans)
    return TraceView(sorted: order, parents, cut, batch, id)
  }

  /// Follows every span upwards; a chain that comes back is cut above its earliest span.
  private static func cutCycles(_ parents: inout [Int], _ spans: [SpanRecord]) -> Set<Int> {
    var cut = Set(spans.indices.filter { spans[$0].parentID == spans[$0].spanID })
    // Spans known to lead to a root.
    var isSettled = [Bool](repeating: false, count: spans.count)
    for start in spans.indices {
      var seen: [Int] = []
      var known: Set<Int> = []
      var index = start
      while index >= 0, !isSettled[index], known.insert(index).inserted {
        seen.append(index)
        index = parents[index]
      }
      defer { for span in seen { isSettled[span] = true } }
      guard index >= 0, !isSettled[index], let from = seen.firstIndex(of: index) else { continue }
      let circle = seen[from...]
      guard
        let earliest = circle.min(by: {
          (spans[$0].start, spans[$0].spanID) < (spans[$1].start, spans[$1].spanID)
        })
      else { continue }
      parents[earliest] = -1
      cut.insert(earliest)
    }
    return cut
  }

  private static func preOrder(_ parents: [Int], _ spans: [SpanRecord]) -> [Int] {
    var children: [Int: [Int]] = [:]
    for index in spans.indices { children[parents[index], default: []].append(index) }
    let before = { (a: Int, b: Int) in
      (spans[a].start, spans[a].spanID, a) < (spans[b].start, spans[b].spanID, b)
    }
    var stack =
      (children[-2] ?? []).sorted(by: before).reversed()
      + (children[-1] ?? []).sorted(by: before).reversed()
    var order: [Int] = []
    while let span = stack.popLast() {
      order.append(span)
      stack += (children[span] ?? []).sorted(by: before).reversed()
    }
    return order
  }
}

extension TraceView {
  fileprivate init(
    sorted order: [Int], _ parents: [Int], _ cut: Set<Int>, _ batch: SpanBatch, _ id: TraceID
  ) {
    var texts: [String: Int32] = [:]
    let text = { (text: String) -> Int32 in
      if let known = texts[text] { return known }
      texts[text] = Int32(texts.count)
      return Int32(texts.count - 1)
    }
    var indexOf = [Int](repeating: 0, count: order.count)
    for (position, index) in order.enumerated() { indexOf[index] = position }
    var batch = batch
    let spans = batch.spans
    batch.spans = order.map { spans[$0] }
    var nodes: [TraceNode] = order.map { index in
      let span = spans[index]
      let service = batch.entries(batch.resources[Int(span.resource)].attributes)
        .first { $0.key == FieldName.serviceName }?.value
      var marks = span.marks
      if cut.contains(index) { marks.insert(.parentCycle) }
      let name: String = if case .text(let text)? = service { text } else { "unknown_service" }
      return TraceNode(
        spanID: SpanID(span.spanID), parentID: SpanID(span.parentID),
        parent: Int32(parents[index] < 0 ? parents[index] : indexOf[parents[index]]),
        subtreeSize: 1, childCount: 0, depth: 0, name: text(batch.text(span.name)),
        service: text(name), start: UnixNanos(span.start),
        duration: Nanoseconds(Int64(span.duration)), selfTime: .zero, kind: span.kind,
        status: span.status, marks: marks)
    }
    Self.link(&nodes)
    let path = SlowCriticalPath.stretches(of: nodes)
    for stretch in path { nodes[Int(stretch.node)].isOnCriticalPath = true }
    self.init(
      id: id, start: nodes.map(\.start).min() ?? .zero, end: nodes.map(\.end).max() ?? .zero,
      batch: batch, nodes: nodes,
      texts: texts.sorted { $0.value < $1.value }.map(\.key),
      rootCount: nodes.count { $0.parent == -1 },
      missingParents: Set(nodes.filter { $0.parent == -2 }.map(\.parentID)).count,
      errorCount: nodes.count(where: \.isError), criticalPath: path)
  }

  private static func link(_ nodes: inout [TraceNode]) {
    var children: [[Int]] = Array(repeating: [], count: nodes.count)
    for index in nodes.indices where nodes[index].parent >= 0 {
      let parent = Int(nodes[index].parent)
      nodes[index].depth = nodes[parent].depth + 1
      nodes[parent].childCount += 1
      children[parent].append(index)
    }
    for index in nodes.indices.reversed() {
      var covered: Int64 = 0
      var reached = nodes[index].start
      for child in children[index] {
        nodes[index].subtreeSize += nodes[child].subtreeSize
        if nodes[child].isError || nodes[child].hasErrorBelow {
          nodes[index].hasErrorBelow = true
        }
        let from = max(reached, nodes[child].start)
        let to = min(nodes[index].end, nodes[child].end)
        if to > from {
          covered += to.since(from)
          reached = to
        }
      }
      nodes[index].selfTime = Nanoseconds(nodes[index].duration.count - covered)
    }
  }
}
