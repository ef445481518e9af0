package import QueryLanguage
package import SpanStore
package import Telemetry

/// Puts one trace together for the waterfall.
package enum TraceAssembly {
  /// - Returns: nil when the trace is not held.
  /// - Complexity: O(*n* log *n*) in its spans; finding it is a binary search a segment.
  package static func view(_ id: TraceID, _ snapshot: Snapshot) -> TraceView? {
    guard let place = snapshot.trace(id) else { return nil }
    let segment = place.view.segment
    let rows = segment.traces.rows(place.trace)
    var batch = SpanBatch()
    segment.append(rows: rows, to: &batch)
    var texts = TextPool()
    let services = serviceNames(batch).map { texts.code($0) }
    var nodes: [TraceNode] = []
    nodes.reserveCapacity(rows.count)
    for (index, row) in rows.enumerated() {
      let span = batch.spans[index]
      let parent = segment.parentRow(row)
      nodes.append(
        TraceNode(
          spanID: SpanID(span.spanID), parentID: SpanID(span.parentID),
          parent: Int32(parent >= 0 ? parent - rows.lowerBound : parent), subtreeSize: 1,
          childCount: Int32(segment.childCount[row]), depth: Int32(segment.depth[row]),
          name: texts.code(span.name, batch), service: services[Int(span.resource)],
          start: UnixNanos(span.start), duration: Nanoseconds(segment.duration[row]),
          selfTime: Nanoseconds(segment.selfTime[row]), kind: span.kind, status: span.status,
          marks: SpanMarks(rawValue: UInt16(truncatingIfNeeded: segment.marks[row]))))
    }
    sumUp(&nodes)
    let path = CriticalPath.stretches(of: nodes)
    for stretch in path { nodes[Int(stretch.node)].isOnCriticalPath = true }
    return TraceView(
      id: id, start: UnixNanos(segment.traces.start(place.trace)),
      end: UnixNanos(segment.traces.end(place.trace)), batch: batch, nodes: nodes,
      texts: texts.texts, rootCount: segment.traces.rootCount(place.trace),
      missingParents: segment.traces.missingParents(place.trace),
      errorCount: segment.traces.errorCount(place.trace), criticalPath: path)
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
  /// The last text looked up by its bytes: neighbours often share a name.
  private var last: (bytes: [UInt8], code: Int32) = ([], -1)

  mutating func code(_ text: String) -> Int32 {
    if let known = codes[text] { return known }
    let code = Int32(texts.count)
    codes[text] = code
    texts.append(text)
    return code
  }

  mutating func code(_ range: ByteRange, _ batch: SpanBatch) -> Int32 {
    let bytes = batch.arena[range.indices]
    if last.code >= 0, last.bytes.elementsEqual(bytes) { return last.code }
    last = (Array(bytes), code(String(decoding: bytes, as: UTF8.self)))
    return last.code
  }
}
