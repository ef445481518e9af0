import Telemetry

/// Gathers a segment's side table; equal resources and scopes of different batches become one.
struct SideBuilder: ~Copyable {
  private var table = SideTable()
  /// What the resources and scopes of the table say, in their order.
  private var resourceContents = TextCoder()
  private var scopeContents = TextCoder()
  private var content = GrowingBuffer<UInt8>()
  /// The row in which a key last overflowed, by the key's index in the table.
  private var lastOverflow = GrowingBuffer<UInt32>()

  init() {}

  @inline(__always)
  mutating func resource(_ index: Int, _ source: UnsafeMutablePointer<BatchSource>) -> Int32 {
    let known = source.pointee.resources.base[index]
    return known >= 0 ? known : findResource(index, &source.pointee)
  }

  @inline(__always)
  mutating func scope(_ index: Int, _ source: UnsafeMutablePointer<BatchSource>) -> Int32 {
    let known = source.pointee.scopes.base[index]
    return known >= 0 ? known : findScope(index, &source.pointee)
  }

  @inline(never)
  private mutating func findResource(_ index: Int, _ source: inout BatchSource) -> Int32 {
    let record = source.batch.resources[index]
    content.removeAll()
    describe(record.schemaURL, source)
    describe(record.attributes, record.droppedAttributes, source)
    let known = resourceContents.count
    let code = Int32(resourceContents.code(content.elements))
    if resourceContents.count > known {
      _ = source.copier.resource(record, source.batch, &table.batch)
    }
    source.resources.base[index] = code
    return code
  }

  @inline(never)
  private mutating func findScope(_ index: Int, _ source: inout BatchSource) -> Int32 {
    let record = source.batch.scopes[index]
    content.removeAll()
    for text in [record.name, record.version, record.schemaURL] { describe(text, source) }
    describe(record.attributes, record.droppedAttributes, source)
    let known = scopeContents.count
    let code = Int32(scopeContents.code(content.elements))
    if scopeContents.count > known {
      _ = source.copier.scope(record, source.batch, &table.batch)
    }
    source.scopes.base[index] = code
    return code
  }

  // The content of two records is the same bytes when texts, attributes and count are equal.

  private mutating func describe(_ number: UInt64) {
    withUnsafeBytes(of: number) { content.append($0.bindMemory(to: UInt8.self)) }
  }

  private mutating func describe(_ text: ByteRange, _ source: borrowing BatchSource) {
    describe(UInt64(text.length))
    content.append(source.bytes(text))
  }

  private mutating func describe(
    _ range: RecordRange, _ dropped: UInt32, _ source: borrowing BatchSource
  ) {
    describe(UInt64(dropped))
    for index in range.indices {
      let record = source.attributes[index]
      describe(source.batch.keys[record.key], source)
      content.append(record.type.rawValue)
      switch record.type {
      case .empty, .bool, .integer, .double: describe(record.payload)
      case .text, .bytes, .array, .map: describe(record.bytes, source)
      }
    }
  }

  /// Whether a span has anything beside its columns.
  @inline(__always)
  static func hasMore(_ span: UnsafePointer<SpanRecord>, isParentHeld: Bool) -> Bool {
    span.pointee.events.count | span.pointee.links.count | span.pointee.droppedAttributes
      | span.pointee.droppedEvents | span.pointee.droppedLinks != 0
      || !isParentHeld && span.pointee.parentID != 0
      || span.pointee.start &+ span.pointee.duration != span.pointee.end
  }

  /// Keeps what a span has beside its columns.
  @inline(never)
  mutating func append(
    _ span: SpanRecord, _ row: UInt32, isParentHeld: Bool,
    _ source: UnsafeMutablePointer<BatchSource>
  ) {
    if span.events.count > 0 {
      table.eventRows.append(row)
      table.eventStarts.append(UInt32(table.batch.events.count))
      for index in span.events.indices {
        let event = source.pointee.batch.events[index]
        source.pointee.copier.event(event, source.pointee.batch, &table.batch)
      }
    }
    if span.links.count > 0 {
      table.linkRows.append(row)
      table.linkStarts.append(UInt32(table.batch.links.count))
      for index in span.links.indices {
        let link = source.pointee.batch.links[index]
        source.pointee.copier.link(link, source.pointee.batch, &table.batch)
      }
    }
    if span.droppedAttributes | span.droppedEvents | span.droppedLinks != 0 {
      table.droppedRows.append(row)
      table.dropped.append((span.droppedAttributes, span.droppedEvents, span.droppedLinks))
    }
    let endFollows = span.start &+ span.duration == span.end
    if !endFollows || (!isParentHeld && span.parentID != 0) {
      table.oddRows.append(row)
      table.odd.append((span.end, span.parentID))
    }
  }

  @inline(never)
  mutating func appendRepeated(
    _ record: AttributeRecord, _ row: UInt32, _ source: UnsafeMutablePointer<BatchSource>
  ) {
    let copied = source.pointee.copier.attribute(record, source.pointee.batch, &table.batch)
    table.repeatedRows.append(row)
    table.repeated.append(copied)
  }

  /// Keeps an attribute whose key has no column.
  @inline(never)
  mutating func appendOverflow(
    _ record: AttributeRecord, _ row: UInt32, _ source: UnsafeMutablePointer<BatchSource>
  ) {
    let copied = source.pointee.copier.attribute(record, source.pointee.batch, &table.batch)
    let missing = copied.key + 1 - lastOverflow.count
    if missing > 0 { lastOverflow.append(repeating: .max, count: missing) }
    if lastOverflow.base[copied.key] == row {
      table.repeatedRows.append(row)
      table.repeated.append(copied)
      return
    }
    lastOverflow.base[copied.key] = row
    table.overflowRows.append(row)
    table.overflow.append(copied)
  }

  /// The finished table, each text in it once.
  func finish() -> SideTable {
    var finished = table
    finished.shareTexts()
    finished.indexOverflow()
    return finished
  }
}
