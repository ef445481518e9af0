import Telemetry

/// Gathers a segment's side table; equal resources and scopes of different batches become one.
struct SideBuilder {
  private(set) var table = SideTable()
  private var copiers: [BatchCopier?]
  private var resourceCodes: [[Int32]]
  private var scopeCodes: [[Int32]]
  private var resources: [[UInt8]: UInt32] = [:]
  private var scopes: [[UInt8]: UInt32] = [:]

  init(batchCount: Int) {
    copiers = [BatchCopier?](repeating: nil, count: batchCount)
    resourceCodes = [[Int32]](repeating: [], count: batchCount)
    scopeCodes = [[Int32]](repeating: [], count: batchCount)
  }

  private mutating func copy<Result>(
    _ source: Int, _ batches: [SpanBatch],
    _ body: (inout BatchCopier, inout SpanBatch) -> Result
  ) -> Result {
    var copier = copiers[source] ?? BatchCopier(keyCount: batches[source].keys.ranges.count)
    copiers[source] = nil
    let result = body(&copier, &table.batch)
    copiers[source] = copier
    return result
  }

  @inline(__always)
  mutating func resource(_ index: Int, _ source: Int, _ batches: [SpanBatch]) -> Int32 {
    if index < resourceCodes[source].count, resourceCodes[source][index] >= 0 {
      return resourceCodes[source][index]
    }
    return findResource(index, source, batches)
  }

  private mutating func findResource(
    _ index: Int, _ source: Int, _ batches: [SpanBatch]
  ) -> Int32 {
    let batch = batches[source]
    if resourceCodes[source].count < batch.resources.count {
      let missing = batch.resources.count - resourceCodes[source].count
      resourceCodes[source].append(contentsOf: repeatElement(-1, count: missing))
    }
    let record = batch.resources[index]
    var content = Self.content(record.attributes, batch)
    content.append(contentsOf: batch.arena[record.schemaURL.indices])
    let code =
      resources[content]
      ?? copy(source, batches) { copier, target in copier.resource(record, batch, &target) }
    resources[content] = code
    resourceCodes[source][index] = Int32(code)
    return Int32(code)
  }

  @inline(__always)
  mutating func scope(_ index: Int, _ source: Int, _ batches: [SpanBatch]) -> Int32 {
    if index < scopeCodes[source].count, scopeCodes[source][index] >= 0 {
      return scopeCodes[source][index]
    }
    return findScope(index, source, batches)
  }

  private mutating func findScope(_ index: Int, _ source: Int, _ batches: [SpanBatch]) -> Int32 {
    let batch = batches[source]
    if scopeCodes[source].count < batch.scopes.count {
      let missing = batch.scopes.count - scopeCodes[source].count
      scopeCodes[source].append(contentsOf: repeatElement(-1, count: missing))
    }
    let record = batch.scopes[index]
    var content = Self.content(record.attributes, batch)
    for range in [record.name, record.version, record.schemaURL] {
      content.append(contentsOf: batch.arena[range.indices])
      content.append(0)
    }
    let code =
      scopes[content]
      ?? copy(source, batches) { copier, target in copier.scope(record, batch, &target) }
    scopes[content] = code
    scopeCodes[source][index] = Int32(code)
    return Int32(code)
  }

  /// Attributes as bytes that are equal when the attributes are.
  private static func content(_ range: RecordRange, _ batch: SpanBatch) -> [UInt8] {
    var bytes: [UInt8] = []
    for record in batch.attributes[range.indices] {
      bytes.append(contentsOf: batch.arena[batch.keys[record.key].indices])
      bytes.append(0)
      bytes.append(record.type.rawValue)
      switch record.type {
      case .empty, .bool, .integer, .double:
        withUnsafeBytes(of: record.payload) { bytes.append(contentsOf: $0) }
      case .text, .bytes, .array, .map:
        withUnsafeBytes(of: record.bytes.length) { bytes.append(contentsOf: $0) }
        bytes.append(contentsOf: batch.arena[record.bytes.indices])
      }
    }
    return bytes
  }

  /// Keeps what a span has beside its columns.
  mutating func append(
    _ span: SpanRecord, _ row: UInt32, needsParent: Bool, _ source: Int, _ batches: [SpanBatch]
  ) {
    if span.events.count > 0 {
      table.eventRows.append(row)
      table.eventStarts.append(UInt32(table.batch.events.count))
      for event in batches[source].events[span.events.indices] {
        copy(source, batches) { copier, target in copier.event(event, batches[source], &target) }
      }
    }
    if span.links.count > 0 {
      table.linkRows.append(row)
      table.linkStarts.append(UInt32(table.batch.links.count))
      for link in batches[source].links[span.links.indices] {
        copy(source, batches) { copier, target in copier.link(link, batches[source], &target) }
      }
    }
    if span.droppedAttributes | span.droppedEvents | span.droppedLinks != 0 {
      table.droppedRows.append(row)
      table.dropped.append((span.droppedAttributes, span.droppedEvents, span.droppedLinks))
    }
    let endFollows = span.start &+ span.duration == span.end
    if !endFollows || (needsParent && span.parentID != 0) {
      table.oddRows.append(row)
      table.odd.append((span.end, span.parentID))
    }
  }

  mutating func appendRepeated(
    _ record: AttributeRecord, _ row: UInt32, _ source: Int, _ batches: [SpanBatch]
  ) {
    let copied = copy(source, batches) { copier, target in
      copier.attribute(record, batches[source], &target)
    }
    table.repeatedRows.append(row)
    table.repeated.append(copied)
  }
}
