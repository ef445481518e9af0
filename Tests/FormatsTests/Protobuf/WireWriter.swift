import Telemetry

/// Writes protobuf the plain way, as the reference the reader is held against.
struct WireWriter {
  private(set) var bytes: [UInt8] = []

  static func message(_ body: (inout WireWriter) -> Void) -> [UInt8] {
    var writer = WireWriter()
    body(&writer)
    return writer.bytes
  }

  mutating func raw(varint value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func varint(_ field: UInt64, _ value: UInt64) {
    raw(varint: field * 8)
    raw(varint: value)
  }

  mutating func fixed64(_ field: UInt64, _ value: UInt64) {
    raw(varint: field * 8 + 1)
    for shift in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(shift * 8))) }
  }

  mutating func fixed32(_ field: UInt64, _ value: UInt32) {
    raw(varint: field * 8 + 5)
    for shift in 0..<4 { bytes.append(UInt8(truncatingIfNeeded: value >> UInt32(shift * 8))) }
  }

  mutating func bytes(_ field: UInt64, _ content: [UInt8]) {
    raw(varint: field * 8 + 2)
    raw(varint: UInt64(content.count))
    bytes += content
  }

  mutating func text(_ field: UInt64, _ text: String) { bytes(field, Array(text.utf8)) }

  mutating func message(_ field: UInt64, _ body: (inout WireWriter) -> Void) {
    bytes(field, Self.message(body))
  }
}

extension WireWriter {
  /// An `ExportTraceServiceRequest` with every span under a resource and scope of its own.
  static func request(_ batch: SpanBatch) -> [UInt8] {
    message { request in
      for span in batch.spans {
        request.message(1) { owner in
          let resource = batch.resources[Int(span.resource)]
          // Behind the spans, as a sender may.
          owner.message(2) { $0.scopeSpans(span, batch) }
          owner.text(3, batch.text(resource.schemaURL))
          owner.message(1) { message in
            message.attributes(1, resource.attributes, batch)
            message.varint(2, UInt64(resource.droppedAttributes))
          }
        }
      }
    }
  }

  private mutating func scopeSpans(_ span: SpanRecord, _ batch: SpanBatch) {
    let scope = batch.scopes[Int(span.scope)]
    message(1) { message in
      message.text(1, batch.text(scope.name))
      message.text(2, batch.text(scope.version))
      message.attributes(3, scope.attributes, batch)
      message.varint(4, UInt64(scope.droppedAttributes))
    }
    message(2) { $0.span(span, batch) }
    text(3, batch.text(scope.schemaURL))
  }

  private mutating func span(_ span: SpanRecord, _ batch: SpanBatch) {
    bytes(1, Self.bigEndian(span.traceHigh) + Self.bigEndian(span.traceLow))
    bytes(2, Self.bigEndian(span.spanID))
    text(3, batch.text(span.traceState))
    if span.parentID != 0 { bytes(4, Self.bigEndian(span.parentID)) }
    text(5, batch.text(span.name))
    varint(6, UInt64(span.kind.rawValue))
    fixed64(7, span.start)
    fixed64(8, span.end)
    for event in batch.events[span.events.indices] {
      message(11) { message in
        message.fixed64(1, event.time)
        message.text(2, batch.text(event.name))
        message.attributes(3, event.attributes, batch)
        message.varint(4, UInt64(event.droppedAttributes))
      }
    }
    attributes(9, span.attributes, batch)
    varint(10, UInt64(span.droppedAttributes))
    varint(12, UInt64(span.droppedEvents))
    for link in batch.links[span.links.indices] {
      message(13) { message in
        message.bytes(1, Self.bigEndian(link.traceHigh) + Self.bigEndian(link.traceLow))
        message.bytes(2, Self.bigEndian(link.spanID))
        message.text(3, batch.text(link.traceState))
        message.attributes(4, link.attributes, batch)
        message.varint(5, UInt64(link.droppedAttributes))
        message.fixed32(6, link.flags)
      }
    }
    varint(14, UInt64(span.droppedLinks))
    message(15) { message in
      message.text(2, batch.text(span.statusMessage))
      message.varint(3, UInt64(span.status.rawValue))
    }
    fixed32(16, span.flags)
  }

  private mutating func attributes(_ field: UInt64, _ range: RecordRange, _ batch: SpanBatch) {
    for record in batch.attributes[range.indices] {
      message(field) { message in
        message.text(1, batch.keyText(record.key))
        message.message(2) { $0.value(batch.value(record)) }
      }
    }
  }

  mutating func value(_ value: AttributeValue) {
    switch value {
    case .empty: break
    case .text(let text): self.text(1, text)
    case .bool(let bool): varint(2, bool ? 1 : 0)
    case .integer(let integer): varint(3, UInt64(bitPattern: integer))
    case .double(let double): fixed64(4, double.bitPattern)
    case .bytes(let bytes): self.bytes(7, bytes)
    case .array(let values):
      message(5) { list in for value in values { list.message(1) { $0.value(value) } } }
    case .map(let entries):
      message(6) { list in
        for entry in entries {
          list.message(1) { pair in
            pair.text(1, entry.key)
            pair.message(2) { $0.value(entry.value) }
          }
        }
      }
    }
  }

  private static func bigEndian(_ value: UInt64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: value >> UInt64((7 - $0) * 8)) }
  }
}
