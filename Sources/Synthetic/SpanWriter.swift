import Telemetry

/// Adds spans to a batch: keys, services and scopes are entered once a batch.
struct SpanWriter {
  private(set) var batch: SpanBatch
  private var resources: [Service: UInt32] = [:]
  private var scopes: [String: UInt32] = [:]
  private var keys: [StaticText: UInt32] = [:]
  private var texts: [String: ByteRange] = [:]

  init() { batch = SpanBatch() }

  var isFull: Bool { batch.isFull }

  mutating func take() -> SpanBatch {
    let full = batch
    self = SpanWriter()
    return full
  }

  /// Appends a span and returns its row, for attributes and events to follow at once.
  mutating func span(_ span: Draft) {
    var record = SpanRecord()
    (record.traceHigh, record.traceLow) = (span.trace.high, span.trace.low)
    (record.spanID, record.parentID) = (span.id, span.parent)
    record.start = UInt64(max(0, span.start))
    record.end = UInt64(max(0, span.start + span.length))
    record.name = text(span.name)
    record.kind = span.kind
    record.status = span.error == nil ? .unset : .error
    if let error = span.error, !error.isEmpty { record.statusMessage = text(error) }
    record.resource = resource(span.service)
    record.scope = scope(span.scope)
    record.attributes = attributes(span.attributes)
    let events = UInt32(batch.events.count)
    for event in span.events {
      var item = EventRecord()
      item.time = UInt64(max(0, event.time))
      item.name = text(event.name)
      item.attributes = attributes(event.attributes)
      batch.events.append(item)
    }
    record.events = RecordRange(start: events, count: UInt32(span.events.count))
    batch.spans.append(record)
  }

  private mutating func attributes(_ list: [(StaticText, Value)]) -> RecordRange {
    let first = UInt32(batch.attributes.count)
    for (name, value) in list {
      let key = key(name)
      switch value {
      case .text(let value):
        batch.attributes.append(AttributeRecord(key: key, type: .text, bytes: text(value)))
      case .integer(let value): batch.attributes.append(AttributeRecord(key: key, integer: value))
      case .double(let value): batch.attributes.append(AttributeRecord(key: key, double: value))
      case .bool(let value): batch.attributes.append(AttributeRecord(key: key, bool: value))
      }
    }
    return RecordRange(start: first, count: UInt32(list.count))
  }

  private mutating func key(_ name: StaticText) -> UInt32 {
    if let known = keys[name] { return known }
    let index = batch.key(name)
    keys[name] = index
    return index
  }

  /// Short texts that come again are kept once.
  private mutating func text(_ value: String) -> ByteRange {
    if let known = texts[value] { return known }
    let range = batch.append(text: value)
    if texts.count < 4_096 { texts[value] = range }
    return range
  }

  private mutating func resource(_ service: Service) -> UInt32 {
    if let known = resources[service] { return known }
    var record = ResourceRecord()
    record.attributes = attributes([
      ("service.name", .text(service.name)), ("service.version", .text(service.version)),
      ("cloud.region", .text(service.region)), ("host.name", .text(service.host)),
      ("telemetry.sdk.language", .text(service.language)),
    ])
    let index = UInt32(batch.resources.count)
    batch.resources.append(record)
    resources[service] = index
    return index
  }

  private mutating func scope(_ name: String) -> UInt32 {
    if let known = scopes[name] { return known }
    var record = ScopeRecord()
    record.name = text(name)
    record.version = text("1.4.0")
    let index = UInt32(batch.scopes.count)
    batch.scopes.append(record)
    scopes[name] = index
    return index
  }
}

typealias StaticText = String

/// A running copy of a service.
struct Service: Hashable, Sendable {
  var name: String
  var version: String
  var region: String
  var host: String
  var language: String
}

/// An attribute's value before it is written.
enum Value: Sendable {
  case text(String)
  case integer(Int64)
  case double(Double)
  case bool(Bool)
}

/// A span before it is written; times in Unix nanoseconds.
struct Draft {
  var trace: TraceID
  var id: UInt64
  var parent: UInt64
  var name: String
  var kind: SpanKind
  var service: Service
  var scope: String
  var start: Int64
  var length: Int64
  /// The status message of an error; nil: no error.
  var error: String?
  var attributes: [(StaticText, Value)] = []
  var events: [(time: Int64, name: String, attributes: [(StaticText, Value)])] = []
}
