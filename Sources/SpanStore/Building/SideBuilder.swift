import Telemetry

/// Gathers a segment's side table; equal resources and scopes of different batches become one.
struct SideBuilder: ~Copyable {
  private var table = SideTable()
  private var resourceOfContent: [[UInt8]: Int32] = [:]
  private var scopeOfContent: [[UInt8]: Int32] = [:]

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
    let content = Self.content(
      [record.schemaURL], record.attributes, record.droppedAttributes, source)
    let code =
      resourceOfContent[content]
      ?? Int32(source.copier.resource(record, source.batch, &table.batch))
    resourceOfContent[content] = code
    source.resources.base[index] = code
    return code
  }

  @inline(never)
  private mutating func findScope(_ index: Int, _ source: inout BatchSource) -> Int32 {
    let record = source.batch.scopes[index]
    let content = Self.content(
      [record.name, record.version, record.schemaURL], record.attributes,
      record.droppedAttributes, source)
    let code =
      scopeOfContent[content] ?? Int32(source.copier.scope(record, source.batch, &table.batch))
    scopeOfContent[content] = code
    source.scopes.base[index] = code
    return code
  }

  /// Bytes that are equal when texts, attributes and count are.
  private static func content(
    _ texts: [ByteRange], _ range: RecordRange, _ dropped: UInt32, _ source: borrowing BatchSource
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    func add(_ number: UInt64) { withUnsafeBytes(of: number) { bytes.append(contentsOf: $0) } }
    func add(_ text: ByteRange) {
      add(UInt64(text.length))
      bytes.append(contentsOf: source.bytes(text))
    }
    add(UInt64(dropped))
    for text in texts { add(text) }
    for index in range.indices {
      let record = source.attributes[index]
      add(source.batch.keys[record.key])
      bytes.append(record.type.rawValue)
      switch record.type {
      case .empty, .bool, .integer, .double: add(record.payload)
      case .text, .bytes, .array, .map: add(record.bytes)
      }
    }
    return bytes
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

  /// The finished table, each text in it once.
  func finish() -> SideTable {
    var finished = table
    finished.shareTexts()
    return finished
  }
}
