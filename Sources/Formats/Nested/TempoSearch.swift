import Telemetry

/// What Tempo answers to a search: of each trace the spans that matched, with some of their
/// attributes and without their parents.
///
/// Source: https://grafana.com/docs/tempo/latest/api_docs/
enum TempoSearch {
  /// Appends the spans of one trace of the answer; nil when it is none.
  static func read(_ root: TapeValue, into batch: inout SpanBatch) -> Int? {
    guard let trace = root.member("traceID"), trace.isText,
      root.member("spanSets") != nil || root.member("spanSet") != nil
    else { return nil }
    var sets: [TapeValue] = []
    if let list = root.member("spanSets"), list.count > 0 {
      var elements = TapeElements(list)
      while elements.next() { sets.append(elements.value) }
    } else if let set = root.member("spanSet") {
      sets = [set]
    }
    var count = 0
    for set in sets {
      guard let spans = set.member("spans") else { continue }
      var elements = TapeElements(spans)
      while elements.next() {
        if append(elements.value, trace, to: &batch) { count += 1 }
      }
    }
    return count
  }

  private static func append(
    _ value: TapeValue, _ trace: TapeValue, to batch: inout SpanBatch
  ) -> Bool {
    guard let id = value.member("spanID"), let first = value.member("startTimeUnixNano"),
      let start = TimeValue.instant(first, .nanoseconds)
    else { return false }
    var span = SpanRecord()
    span.setTrace(trace)
    span.setSpan(id)
    span.start = start
    let length = value.member("durationNanos").flatMap { TimeValue.length($0, .nanoseconds) } ?? 0
    span.end = start &+ UInt64(max(0, length))
    span.name = batch.copy(value.member("name"))
    let list = value.member("attributes")
    setFields(list, &span, &batch)
    span.attributes = OTLPJSONAttributes(arenaLimit: .max).append(list, to: &batch)
    batch.keepRawIDs(of: &span, trace: trace, span: id)
    span.resource = batch.internResource { resource, batch in
      guard
        let service = attribute("service.name", of: list)
          ?? attribute("resource.service.name", of: list)
      else { return }
      resource.attributes.start = UInt32(truncatingIfNeeded: batch.attributes.count)
      resource.attributes.count = 1
      let key = batch.key("service.name")
      let text = batch.append(bytes: service.text)
      batch.attributes.append(AttributeRecord(key: key, type: .text, bytes: text))
    }
    span.scope = batch.intern(ScopeRecord())
    batch.spans.append(span)
    return true
  }

  /// What a query selected of the span's own fields stands among the attributes.
  private static func setFields(
    _ list: TapeValue?, _ span: inout SpanRecord, _ batch: inout SpanBatch
  ) {
    if let status = attribute("status", of: list), let code = OTLPEnums.status(status) {
      _ = span.setStatus(code)
    }
    if let kind = attribute("kind", of: list), let number = OTLPEnums.kind(kind) {
      _ = span.setKind(number)
    }
    if span.name.isEmpty { span.name = batch.copy(attribute("name", of: list)) }
  }

  /// The text of an attribute.
  private static func attribute(_ name: StaticString, of list: TapeValue?) -> TapeValue? {
    guard let list else { return nil }
    var elements = TapeElements(list)
    while elements.next() {
      guard elements.value.member("key")?.equals(name) == true else { continue }
      return elements.value.member("value")?.member("stringValue")
    }
    return nil
  }
}
