import Telemetry

/// Elastic APM: lines of its intake (`{"transaction":{…}}`, `{"span":{…}}`), and documents as
/// Elasticsearch keeps them (`{"processor":{"event":"span"},"trace":{"id":…},…}`).
///
/// Source: https://www.elastic.co/guide/en/apm/guide/current/api-events.html
enum ElasticAPM {
  /// Appends the span or transaction; nil when it is none.
  static func read(_ root: TapeValue, into batch: inout SpanBatch) -> Int? {
    if root.count <= 2, let inner = root.member("transaction"), inner.isObject,
      inner.member("trace_id") != nil
    {
      return append(intake: inner, isTransaction: true, to: &batch) ? 1 : nil
    }
    if root.count <= 2, let inner = root.member("span"), inner.isObject,
      inner.member("trace_id") != nil
    {
      return append(intake: inner, isTransaction: false, to: &batch) ? 1 : nil
    }
    guard root.member("processor")?.member("event") != nil, root.member("trace") != nil else {
      return nil
    }
    return append(document: root, to: &batch) ? 1 : nil
  }

  private static func append(
    intake value: TapeValue, isTransaction: Bool, to batch: inout SpanBatch
  ) -> Bool {
    guard let length = value.member("duration").flatMap({ TimeValue.length($0, .milliseconds) }),
      let start = value.member("timestamp").flatMap({ TimeValue.instant($0, .microseconds) })
    else { return false }
    var span = SpanRecord()
    (span.start, span.end) = (start, start &+ UInt64(max(0, length)))
    let parent = value.member("parent_id") ?? value.member("transaction_id")
    setIDs(&span, value.member("trace_id"), value.member("id"), parent)
    span.name = batch.copy(value.member("name"))
    span.kind = isTransaction ? .server : .client
    setOutcome(value.member("outcome"), &span)
    span.attributes = attributes(
      of: value,
      besides: [
        "trace_id", "id", "parent_id", "transaction_id", "name", "duration", "timestamp",
      ], &batch)
    batch.keepRawIDs(
      of: &span, trace: value.member("trace_id"), span: value.member("id"), parent: parent)
    span.resource = resource(value.member("context")?.member("service"), &batch)
    span.scope = batch.intern(ScopeRecord())
    batch.spans.append(span)
    return true
  }

  private static func append(document root: TapeValue, to batch: inout SpanBatch) -> Bool {
    let span = root.member("span")?.member("id") != nil ? root.member("span") : nil
    guard let value = span ?? root.member("transaction"), let id = value.member("id"),
      let length = value.member("duration")?.member("us").flatMap({
        TimeValue.length($0, .microseconds)
      }),
      let start = (root.member("timestamp")?.member("us")).flatMap({
        TimeValue.instant($0, .microseconds)
      }) ?? root.member("@timestamp").flatMap({ TimeValue.instant($0, nil) })
    else { return false }
    var record = SpanRecord()
    (record.start, record.end) = (start, start &+ UInt64(max(0, length)))
    let trace = root.member("trace")?.member("id")
    let parent = root.member("parent")?.member("id")
    setIDs(&record, trace, id, parent)
    record.name = batch.copy(value.member("name"))
    record.kind = span == nil ? .server : .client
    setOutcome(root.member("event")?.member("outcome"), &record)
    record.attributes = attributes(
      of: root, besides: ["trace", "parent", "service", "timestamp", "@timestamp", "processor"],
      &batch)
    batch.keepRawIDs(of: &record, trace: trace, span: id, parent: parent)
    record.resource = resource(root.member("service"), &batch)
    record.scope = batch.intern(ScopeRecord())
    batch.spans.append(record)
    return true
  }

  private static func setIDs(
    _ span: inout SpanRecord, _ trace: TapeValue?, _ id: TapeValue?, _ parent: TapeValue?
  ) {
    span.setTrace(trace)
    span.setSpan(id)
    span.setParent(parent)
  }

  private static func setOutcome(_ value: TapeValue?, _ span: inout SpanRecord) {
    if value?.equals("failure") == true { span.status = .error }
    if value?.equals("success") == true { span.status = .ok }
  }

  private static func attributes(
    of value: TapeValue, besides names: [StaticString], _ batch: inout SpanBatch
  ) -> RecordRange {
    let start = batch.attributes.count
    var members = TapeFields(value)
    while members.next() {
      let key = members.key
      if names.contains(where: { key.equals($0) }) { continue }
      PlainJSON.append(key, members.value, 0, to: &batch)
    }
    return RecordRange(
      start: UInt32(truncatingIfNeeded: start),
      count: UInt32(truncatingIfNeeded: batch.attributes.count - start))
  }

  private static func resource(_ service: TapeValue?, _ batch: inout SpanBatch) -> UInt32 {
    batch.internResource { resource, batch in
      guard let service, service.isObject else { return }
      let start = batch.attributes.count
      var members = TapeFields(service)
      while members.next() {
        guard members.value.isText else { continue }
        let name = Array("service.".utf8) + Array(members.key)
        let value = members.value
        name.withUnsafeBufferPointer { PlainJSON.append($0, value, 0, to: &batch) }
      }
      resource.attributes = RecordRange(
        start: UInt32(truncatingIfNeeded: start),
        count: UInt32(truncatingIfNeeded: batch.attributes.count - start))
    }
  }
}
