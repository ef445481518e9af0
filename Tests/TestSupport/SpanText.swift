package import Telemetry

/// Spans as text with everything they say and nothing of how a batch holds them, for comparing
/// what different formats and round trips gave.
package enum SpanText {
  /// One text a span, in the order of the batch.
  package static func all(_ batch: SpanBatch) -> [String] {
    batch.spans.map { text($0, batch) }
  }

  package static func sorted(_ batch: SpanBatch) -> [String] { all(batch).sorted() }

  private static func text(_ span: SpanRecord, _ batch: SpanBatch) -> String {
    let resource = batch.resources[Int(span.resource)]
    let scope = batch.scopes[Int(span.scope)]
    let parts = [
      span.traceID.hex, SpanID(span.spanID).hex, SpanID(span.parentID).hex,
      batch.text(span.name), "\(span.start)", "\(span.end)", "\(span.kind)", "\(span.status)",
      batch.text(span.statusMessage), batch.text(span.traceState), "flags \(span.flags)",
      "marks \(span.marks.rawValue)",
      "dropped \(span.droppedAttributes) \(span.droppedEvents) \(span.droppedLinks)",
      "attributes " + attributes(span.attributes, batch),
      "events " + events(span, batch), "links " + links(span, batch),
      "resource " + attributes(resource.attributes, batch),
      batch.text(resource.schemaURL), "\(resource.droppedAttributes)",
      "scope " + batch.text(scope.name), batch.text(scope.version),
      batch.text(scope.schemaURL), attributes(scope.attributes, batch),
      "\(scope.droppedAttributes)",
    ]
    return parts.joined(separator: " | ")
  }

  private static func attributes(_ range: RecordRange, _ batch: SpanBatch) -> String {
    range.indices.map { index in
      let record = batch.attributes[index]
      let value = ValueJSON.text(batch.value(record))
      return "\(batch.keyText(record.key)):\(record.type.name)=\(value)"
    }.joined(separator: ",")
  }

  private static func events(_ span: SpanRecord, _ batch: SpanBatch) -> String {
    span.events.indices.map { index in
      let event = batch.events[index]
      return "\(event.time) \(batch.text(event.name)) \(event.droppedAttributes) "
        + attributes(event.attributes, batch)
    }.joined(separator: ";")
  }

  private static func links(_ span: SpanRecord, _ batch: SpanBatch) -> String {
    span.links.indices.map { index in
      let link = batch.links[index]
      let ids = TraceID(high: link.traceHigh, low: link.traceLow).hex + SpanID(link.spanID).hex
      return "\(ids) \(batch.text(link.traceState)) \(link.flags) \(link.droppedAttributes) "
        + attributes(link.attributes, batch)
    }.joined(separator: ";")
  }
}
