package import Telemetry

/// Jaeger's `Batch` in Thrift: the body that its clients POST to `/api/traces`, and files of one.
///
/// Source: `jaeger-idl/thrift/jaeger.thrift`.
package enum JaegerThrift {
  /// Whether bytes begin like a batch in the binary encoding: its process, and the service's name.
  package static func looksLikeBatch(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let start: [UInt8] = [0x0C, 0, 1, 0x0B, 0, 1]
    return bytes.count > 10 && bytes.starts(with: start)
  }

  /// Appends the spans of a batch, in the binary encoding or the compact one.
  ///
  /// - Returns: how many.
  /// - Throws: ``DecodeError`` when it is cut or none; whole spans before the position are in the batch.
  /// - Complexity: O(*n*) in the bytes.
  package static func decode(
    _ body: UnsafeRawBufferPointer, into batch: inout SpanBatch
  ) throws(DecodeError) -> Int {
    guard batch.arena.count + 4 * body.count <= Int(UInt32.max) else {
      throw DecodeError(.tooLarge(limit: Int(UInt32.max) / 4), at: 0)
    }
    let bytes = body.assumingMemoryBound(to: UInt8.self)
    let before = batch.spans.count
    // Compact: a struct in field 1 is `1C`, its text in field 1 `18`.
    let isCompact = bytes.count > 1 && bytes[0] == 0x1C && bytes[1] == 0x18
    var reader = JaegerThriftReader(ThriftReader(bytes, isCompact: isCompact))
    reader.batch(into: &batch)
    let spans = batch.spans.count - before
    guard reader.isWhole else {
      throw DecodeError(spans > 0 ? .truncated : .badWireFormat, at: 0)
    }
    return spans
  }
}

/// Reads a batch's fields in whatever order they come.
struct JaegerThriftReader {
  private var thrift: ThriftReader
  private var resource: UInt32?
  private(set) var isWhole = false

  init(_ thrift: ThriftReader) { self.thrift = thrift }

  mutating func batch(into batch: inout SpanBatch) {
    let first = batch.spans.count
    var last = 0
    while true {
      switch (thrift.field(after: &last), last) {
      case (.stop, _):
        finish(first, &batch)
        isWhole = !thrift.hasFailed && resource != nil
        return
      case (.object, 1): resource = process(&batch)
      case (.list, 2):
        let list = thrift.list()
        for _ in 0..<list.count where !thrift.hasFailed {
          if list.kind == .object { span(&batch) } else { thrift.skip(list.kind) }
        }
      case (let kind, _): thrift.skip(kind)
      }
    }
  }

  /// The process may stand behind the spans.
  private mutating func finish(_ first: Int, _ batch: inout SpanBatch) {
    guard batch.spans.count > first else { return }
    let index = resource ?? batch.intern(ResourceRecord())
    for row in first..<batch.spans.count { batch.spans[row].resource = index }
  }

  private mutating func process(_ batch: inout SpanBatch) -> UInt32 {
    let start = batch.attributes.count
    var scope = ScopeRecord()
    var last = 0
    while true {
      let kind = thrift.field(after: &last)
      if kind == .stop { break }
      if kind == .text, last == 1 {
        let text = thrift.text()
        let key = batch.key("service.name")
        let range = batch.append(bytes: text)
        batch.attributes.append(AttributeRecord(key: key, type: .text, bytes: range))
      } else if kind == .list, last == 2 {
        tags(nil, &scope, &batch)
      } else {
        thrift.skip(kind)
      }
    }
    var record = ResourceRecord()
    record.attributes = Self.range(start, &batch)
    return batch.intern(record)
  }

  private static func range(_ start: Int, _ batch: inout SpanBatch) -> RecordRange {
    RecordRange(
      start: UInt32(truncatingIfNeeded: start),
      count: UInt32(truncatingIfNeeded: batch.attributes.count - start))
  }

  /// A reference to another span.
  private struct Reference {
    var isParent = false
    var high: UInt64 = 0
    var low: UInt64 = 0
    var spanID: UInt64 = 0
  }

  private mutating func span(_ batch: inout SpanBatch) {
    var span = SpanRecord()
    var scope = ScopeRecord()
    var duration: Int64 = 0
    var references: [Reference] = []
    span.events.start = UInt32(truncatingIfNeeded: batch.events.count)
    var last = 0
    fields: while true {
      switch (thrift.field(after: &last), last) {
      case (.stop, _): break fields
      case (.int64, 1): span.traceLow = UInt64(bitPattern: thrift.integer(.int64))
      case (.int64, 2): span.traceHigh = UInt64(bitPattern: thrift.integer(.int64))
      case (.int64, 3): span.spanID = UInt64(bitPattern: thrift.integer(.int64))
      case (.int64, 4): span.parentID = UInt64(bitPattern: thrift.integer(.int64))
      case (.text, 5): span.name = batch.append(bytes: thrift.text())
      case (.list, 6): references = self.references()
      case (.int32, 7): span.flags = UInt32(truncatingIfNeeded: thrift.integer(.int32))
      case (.int64, 8): span.start = UInt64(bitPattern: thrift.integer(.int64)) &* 1_000
      case (.int64, 9): duration = thrift.integer(.int64)
      case (.list, 10):
        let start = batch.attributes.count
        tags(&span, &scope, &batch)
        span.attributes = Self.range(start, &batch)
      case (.list, 11): logs(&batch)
      case (let kind, _): thrift.skip(kind)
      }
    }
    guard !thrift.hasFailed else { return }
    span.events.count = UInt32(truncatingIfNeeded: batch.events.count) - span.events.start
    let nanos = duration.magnitude &* 1_000
    span.end = duration < 0 ? span.start &- nanos : span.start &+ nanos
    if span.start == 0 { span.marks.insert(.noTimes) }
    span.markTimes()
    if span.traceHigh | span.traceLow == 0 { span.marks.insert(.invalidTraceID) }
    if span.spanID == 0 { span.marks.insert(.invalidSpanID) }
    link(references, &span, &batch)
    span.scope = batch.intern(scope)
    batch.spans.append(span)
  }

  /// The first reference of the same trace is the parent if there is no other; the rest are links.
  private func link(
    _ references: [Reference], _ span: inout SpanRecord, _ batch: inout SpanBatch
  ) {
    var references = references
    func isSame(_ other: Reference) -> Bool {
      other.high == span.traceHigh && other.low == span.traceLow
    }
    if span.parentID != 0 {
      references.removeAll { isSame($0) && $0.spanID == span.parentID }
    } else if let index = references.firstIndex(where: { isSame($0) && $0.isParent })
      ?? references.firstIndex(where: isSame)
    {
      span.parentID = references.remove(at: index).spanID
    }
    span.links.start = UInt32(truncatingIfNeeded: batch.links.count)
    span.links.count = UInt32(truncatingIfNeeded: references.count)
    for reference in references {
      var link = LinkRecord()
      (link.traceHigh, link.traceLow) = (reference.high, reference.low)
      link.spanID = reference.spanID
      batch.links.append(link)
    }
  }

  private mutating func references() -> [Reference] {
    var references: [Reference] = []
    let list = thrift.list()
    for _ in 0..<list.count where !thrift.hasFailed {
      guard list.kind == .object else {
        thrift.skip(list.kind)
        continue
      }
      var reference = Reference()
      var last = 0
      fields: while true {
        switch (thrift.field(after: &last), last) {
        case (.stop, _): break fields
        case (.int32, 1): reference.isParent = thrift.integer(.int32) == 0
        case (.int64, 2): reference.low = UInt64(bitPattern: thrift.integer(.int64))
        case (.int64, 3): reference.high = UInt64(bitPattern: thrift.integer(.int64))
        case (.int64, 4): reference.spanID = UInt64(bitPattern: thrift.integer(.int64))
        case (let kind, _): thrift.skip(kind)
        }
      }
      references.append(reference)
    }
    return references
  }

  private mutating func logs(_ batch: inout SpanBatch) {
    let list = thrift.list()
    for _ in 0..<list.count where !thrift.hasFailed {
      guard list.kind == .object else {
        thrift.skip(list.kind)
        continue
      }
      var event = EventRecord()
      let start = batch.attributes.count
      var last = 0
      fields: while true {
        switch (thrift.field(after: &last), last) {
        case (.stop, _): break fields
        case (.int64, 1): event.time = UInt64(bitPattern: thrift.integer(.int64)) &* 1_000
        case (.list, 2): eventFields(&event, &batch)
        case (let kind, _): thrift.skip(kind)
        }
      }
      event.attributes = Self.range(start, &batch)
      batch.events.append(event)
    }
  }

  private mutating func eventFields(_ event: inout EventRecord, _ batch: inout SpanBatch) {
    let list = thrift.list()
    for _ in 0..<list.count where !thrift.hasFailed {
      guard list.kind == .object else {
        thrift.skip(list.kind)
        continue
      }
      let tag = JaegerThriftTag(&thrift)
      if event.name.isEmpty, tag.key.equals("event") || tag.key.equals("message") {
        event.name = batch.append(bytes: tag.text)
      } else {
        tag.append(to: &batch)
      }
    }
  }

  /// Tags of a span, or of a process when there is none.
  private mutating func tags(
    _ span: UnsafeMutablePointer<SpanRecord>?, _ scope: inout ScopeRecord, _ batch: inout SpanBatch
  ) {
    let list = thrift.list()
    for _ in 0..<list.count where !thrift.hasFailed {
      guard list.kind == .object else {
        thrift.skip(list.kind)
        continue
      }
      let tag = JaegerThriftTag(&thrift)
      if let span {
        if !tag.lift(&span.pointee, &scope, &batch) { tag.append(to: &batch) }
      } else {
        tag.append(to: &batch, isProcess: true)
      }
    }
  }
}
