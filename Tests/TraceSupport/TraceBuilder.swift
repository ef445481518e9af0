package import QueryLanguage
package import Telemetry

/// Writes traces for tests, span by span, in milliseconds from the start of the trace.
package struct TraceBuilder {
  package private(set) var batch = SpanBatch()
  package let id: TraceID
  /// 2024-01-01T00:00:00Z, so that no figure is small by accident.
  package static let epoch: UInt64 = 1_704_067_200_000_000_000
  private var resources: [String: UInt32] = [:]

  package init(id: UInt64 = 0xF3) {
    self.id = TraceID(high: 0x9850_B11F_0000_0000, low: id)
    batch.scopes.append(ScopeRecord())
  }

  package typealias Attributes = [(String, AttributeValue)]

  /// - Parameters:
  ///   - start: milliseconds after ``epoch``.
  ///   - end: milliseconds after ``epoch``.
  package mutating func span(
    _ id: UInt64, in parent: UInt64 = 0, _ name: String, _ start: Double, _ end: Double,
    service: String = "shop", kind: SpanKind = .internal, status: SpanStatus = .unset,
    message: String = "", marks: SpanMarks = [], _ attributes: Attributes = []
  ) {
    var span = SpanRecord()
    (span.traceHigh, span.traceLow) = (self.id.high, self.id.low)
    (span.spanID, span.parentID) = (id, parent)
    (span.start, span.end) = (Self.time(start), Self.time(end))
    span.name = batch.append(text: name)
    span.statusMessage = batch.append(text: message)
    (span.kind, span.status, span.marks) = (kind, status, marks)
    span.resource = resource(service)
    span.attributes = append(attributes)
    span.events.start = UInt32(batch.events.count)
    span.links.start = UInt32(batch.links.count)
    batch.spans.append(span)
  }

  /// An event of the span written last.
  package mutating func event(_ name: String, at time: Double, _ attributes: Attributes = []) {
    var event = EventRecord()
    event.time = Self.time(time)
    event.name = batch.append(text: name)
    event.attributes = append(attributes)
    batch.events.append(event)
    batch.spans[batch.spans.count - 1].events.count += 1
  }

  /// A link of the span written last.
  package mutating func link(to trace: UInt64, _ span: UInt64) {
    var link = LinkRecord()
    (link.traceHigh, link.traceLow, link.spanID) = (id.high, trace, span)
    batch.links.append(link)
    batch.spans[batch.spans.count - 1].links.count += 1
  }

  package var view: TraceView { TraceAssembly.view(batch, id) }

  private static func time(_ milliseconds: Double) -> UInt64 {
    epoch + UInt64((milliseconds * 1_000_000).rounded())
  }

  private mutating func append(_ attributes: Attributes) -> RecordRange {
    batch.append(attributes: attributes.map { AttributeValue.Entry($0.0, $0.1) })
  }

  private mutating func resource(_ service: String) -> UInt32 {
    if let known = resources[service] { return known }
    var resource = ResourceRecord()
    resource.attributes = append([("service.name", .text(service))])
    batch.resources.append(resource)
    resources[service] = UInt32(batch.resources.count - 1)
    return UInt32(batch.resources.count - 1)
  }
}
