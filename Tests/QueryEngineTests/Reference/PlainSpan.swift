import QueryLanguage
import Telemetry

/// An event of a span.
struct PlainEvent {
  var name: String
  var time: UInt64
  var attributes: [AttributeValue.Entry] = []
}

/// A span as a bag of values, for a reference that is slow and obvious.
final class PlainSpan {
  var trace: UInt64 = 0
  var id: UInt64 = 0
  var parentID: UInt64 = 0
  var start: UInt64 = 0
  var end: UInt64 = 0
  var name = ""
  var kind = SpanKind.unspecified
  var status = SpanStatus.unset
  var message = ""
  var library = (name: "", version: "")
  var own: [AttributeValue.Entry] = []
  var resource: [AttributeValue.Entry] = []
  var scope: [AttributeValue.Entry] = []
  var events: [PlainEvent] = []
  /// Set for what stands for one event in a condition: the span it is of.
  var owner: PlainSpan?
  var event: PlainEvent?

  /// Whether it begins in the range of the query that is run.
  var isInRange = true
  var parent: PlainSpan?
  var root: PlainSpan?
  var children: [PlainSpan] = []
  /// Those of its trace, itself included.
  private var others: [Weak] = []
  var whole: [PlainSpan] { others.compactMap(\.span) }

  private struct Weak { weak var span: PlainSpan? }
  /// Values found before: the same question comes for every group and bucket.
  var known: [FieldRef: PlainValue?] = [:]

  var duration: UInt64 { end >= start ? end - start : 0 }

  var depth: Int {
    var (depth, above) = (0, parent)
    while let span = above { (depth, above) = (depth + 1, span.parent) }
    return depth
  }

  /// Nanoseconds in which no child runs, counted by cutting the time at every edge.
  var selfTime: UInt64 {
    let edges = children.flatMap { [$0.start, $0.start + $0.duration] }
      .filter { $0 > start && $0 < start + duration }
    let cuts = ([start, start + duration] + edges).sorted()
    var free: UInt64 = 0
    for (low, high) in zip(cuts, cuts.dropFirst()) where high > low {
      let isCovered = children.contains { $0.start <= low && $0.start + $0.duration >= high }
      if !isCovered { free += high - low }
    }
    return free
  }

  /// Traces linked up: parents, children, roots.
  static func link(_ spans: [PlainSpan]) {
    for (_, trace) in Dictionary(grouping: spans, by: \.trace) {
      for span in trace {
        span.others = trace.map { Weak(span: $0) }
        span.parent = span.parentID == 0 ? nil : trace.first { $0.id == span.parentID }
        span.children = trace.filter { $0.parentID == span.id }
        span.root = trace.filter { $0.parentID == 0 }.min { $0.start < $1.start }
      }
    }
  }

  func append(to batch: inout SpanBatch) {
    var record = SpanRecord()
    record.traceLow = trace
    (record.spanID, record.parentID, record.start, record.end) = (id, parentID, start, end)
    if end < start { record.marks.insert(.invalidDuration) }
    (record.kind, record.status) = (kind, status)
    record.name = batch.append(text: name)
    record.statusMessage = batch.append(text: message)
    record.attributes = batch.append(attributes: own)
    var resource = ResourceRecord()
    resource.attributes = batch.append(attributes: self.resource)
    batch.resources.append(resource)
    var scope = ScopeRecord()
    scope.name = batch.append(text: library.name)
    scope.version = batch.append(text: library.version)
    scope.attributes = batch.append(attributes: self.scope)
    batch.scopes.append(scope)
    record.resource = UInt32(batch.resources.count - 1)
    record.scope = UInt32(batch.scopes.count - 1)
    record.events = RecordRange(start: UInt32(batch.events.count), count: UInt32(events.count))
    let attributes = events.map { batch.append(attributes: $0.attributes) }
    for (own, attributes) in zip(events, attributes) {
      var event = EventRecord()
      event.time = own.time
      event.name = batch.append(text: own.name)
      event.attributes = attributes
      batch.events.append(event)
    }
    batch.spans.append(record)
  }
}
