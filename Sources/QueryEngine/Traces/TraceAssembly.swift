package import QueryLanguage
package import SpanStore
package import Telemetry

/// Puts one trace together for the waterfall.
package enum TraceAssembly {
  /// Spans shown of a trace in parts, at most: the newest.
  private static let spanLimit = 200_000

  /// - Returns: nil when the trace is not held.
  /// - Complexity: O(*n* log *n*) in its spans; finding it is a binary search a segment.
  package static func view(_ id: TraceID, _ snapshot: Snapshot) -> TraceView? {
    guard let whole = snapshot.whole(id, limit: spanLimit) else { return nil }
    let (segment, trace) = (whole.segment, whole.trace)
    let rows = segment.traces.rows(trace)
    var batch = SpanBatch()
    segment.append(rows: rows, to: &batch)
    var texts = TextPool()
    let services = serviceNames(batch).map { texts.code($0) }
    let names = nameCodes(segment, rows, &texts)
    let (distances, childCounts) = (
      segment.parentDistance.values(rows), segment.childCount.values(rows)
    )
    let (depths, marks) = (segment.depth.values(rows), segment.marks.values(rows))
    let (durations, selfTimes) = (segment.duration.values(rows), segment.selfTime.values(rows))
    var nodes: [TraceNode] = []
    nodes.reserveCapacity(rows.count)
    for (index, span) in batch.spans.enumerated() {
      // As in Segment.parentRow: 0 is a root, -1 a parent that is not held.
      let distance = Int32(distances[index])
      nodes.append(
        TraceNode(
          spanID: SpanID(span.spanID), parentID: SpanID(span.parentID),
          parent: distance > 0 ? Int32(index) - distance : distance - 1, subtreeSize: 1,
          childCount: Int32(childCounts[index]), depth: Int32(depths[index]),
          name: names[index], service: services[Int(span.resource)],
          start: UnixNanos(span.start), duration: Nanoseconds(durations[index]),
          selfTime: Nanoseconds(selfTimes[index]), kind: span.kind, status: span.status,
          marks: SpanMarks(rawValue: UInt16(truncatingIfNeeded: marks[index]))))
    }
    sumUp(&nodes)
    let path = CriticalPath.stretches(of: nodes)
    for stretch in path { nodes[Int(stretch.node)].isOnCriticalPath = true }
    var view = TraceView(
      id: id, start: UnixNanos(segment.traces.start(trace)),
      end: UnixNanos(segment.traces.end(trace)), batch: batch, nodes: nodes,
      texts: texts.texts, rootCount: batch.spans.count { $0.parentID == 0 },
      missingParents: segment.traces.missingParents(trace),
      errorCount: segment.traces.errorCount(trace), criticalPath: path)
    view.leftOut = whole.leftOut
    view.isCutShort = snapshot.cut.contains(id)
    return view
  }

  /// Sizes of subtrees and errors inside them, from the leaves up.
  private static func sumUp(_ nodes: inout [TraceNode]) {
    for index in nodes.indices.reversed() {
      let parent = Int(nodes[index].parent)
      guard parent >= 0 else { continue }
      nodes[parent].subtreeSize += nodes[index].subtreeSize
      if nodes[index].isError || nodes[index].hasErrorBelow { nodes[parent].hasErrorBelow = true }
    }
  }

  /// The number of each row's name.
  private static func nameCodes(
    _ segment: Segment, _ rows: Range<Int>, _ pool: inout TextPool
  ) -> [Int32] {
    guard case .text(let codes, let texts) = segment.name.values else { return [] }
    var known: [Int64: Int32] = [:]
    return codes.values(rows).map { code in
      if let number = known[code] { return number }
      let number = pool.code(texts[Int(code)])
      known[code] = number
      return number
    }
  }

  private static func serviceNames(_ batch: SpanBatch) -> [String] {
    batch.resources.map { resource in
      for record in batch.attributes[resource.attributes.indices]
      where batch.keyText(record.key) == FieldName.serviceName {
        if case .text(let text) = batch.value(record) { return text }
      }
      return FieldName.unknownService
    }
  }
}

/// Gives equal texts one number.
struct TextPool {
  private(set) var texts: [String] = []
  private var codes: [String: Int32] = [:]

  mutating func code(_ text: String) -> Int32 {
    if let known = codes[text] { return known }
    let code = Int32(texts.count)
    codes[text] = code
    texts.append(text)
    return code
  }
}
