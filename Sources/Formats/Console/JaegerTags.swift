import Telemetry

/// `[{"key":…,"type":…,"value":…}]`, as Jaeger has attributes, some of which are not attributes.
enum JaegerTags {
  static var hostName: UnsafeBufferPointer<UInt8> {
    let name: StaticString = "host.name"
    return UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
  }

  /// Appends a span's own tags; those that stand for its other parts go there.
  static func append(
    _ list: TapeValue?, _ span: inout SpanRecord, _ scope: inout ScopeRecord,
    _ batch: inout SpanBatch
  ) -> RecordRange {
    let start = batch.attributes.count
    if let list, list.isArray {
      var elements = TapeElements(list)
      while elements.next() {
        guard let key = elements.value.member("key"), key.isText else { continue }
        let value = elements.value.member("value")
        if lift(key, value, &span, &scope, &batch) { continue }
        append(key.text, elements.value, &batch)
      }
    }
    return RecordRange(
      start: UInt32(truncatingIfNeeded: start),
      count: UInt32(truncatingIfNeeded: batch.attributes.count - start))
  }

  private static func lift(
    _ key: TapeValue, _ value: TapeValue?, _ span: inout SpanRecord, _ scope: inout ScopeRecord,
    _ batch: inout SpanBatch
  ) -> Bool {
    if key.equals("span.kind") {
      PythonConsole.setKind(value, &span)
    } else if key.equals("error") {
      guard value?.bool == true || value?.equals("true") == true else { return false }
      span.status = .error
    } else if key.equals("otel.status_code") {
      if value?.equals("ERROR") == true { span.status = .error }
      if value?.equals("OK") == true, span.status == .unset { span.status = .ok }
    } else if key.equals("otel.status_description") {
      span.statusMessage = batch.copy(value)
    } else if key.equals("w3c.tracestate") {
      span.traceState = batch.copy(value)
    } else if key.equals("otel.scope.name") || key.equals("otel.library.name") {
      scope.name = batch.copy(value)
    } else if key.equals("otel.scope.version") || key.equals("otel.library.version") {
      scope.version = batch.copy(value)
    } else {
      return false
    }
    return true
  }

  /// Appends a tag as its type says; numbers may be given as texts.
  static func append(
    _ name: UnsafeBufferPointer<UInt8>, _ tag: TapeValue, _ batch: inout SpanBatch
  ) {
    guard let value = tag.member("value") else { return }
    guard value.isText, let type = tag.member("type"), !type.equals("string") else {
      if tag.member("type")?.equals("float64") == true, let double = value.double {
        let key = batch.key(name)
        return batch.attributes.append(AttributeRecord(key: key, double: double))
      }
      return appendPlain(name, value, &batch)
    }
    let text = value.uncheckedText
    let key = batch.key(name)
    if type.equals("int64"), let integer = OTLPNumbers.integer(text) {
      batch.attributes.append(AttributeRecord(key: key, integer: integer))
    } else if type.equals("float64"), let double = OTLPNumbers.double(text) {
      batch.attributes.append(AttributeRecord(key: key, double: double))
    } else if type.equals("bool"), text.equals("true") || text.equals("false") {
      batch.attributes.append(AttributeRecord(key: key, bool: text.equals("true")))
    } else if type.equals("binary"), let bytes = Base64.bytes(text) {
      let range = bytes.withUnsafeBufferPointer { batch.append(bytes: $0) }
      batch.attributes.append(AttributeRecord(key: key, type: .bytes, bytes: range))
    } else {
      appendPlain(name, value, &batch)
    }
  }

  /// Lists are texts of JSON.
  private static func appendPlain(
    _ name: UnsafeBufferPointer<UInt8>, _ value: TapeValue, _ batch: inout SpanBatch
  ) {
    let text = value.text
    if text.first == 0x5B, text.last == 0x5D {
      PrintedValue.append(name, text, to: &batch)
    } else if value.isText {
      PrintedValue.append(text: text, name, to: &batch)
    } else {
      PlainJSON.append(name, value, 0, to: &batch)
    }
  }

  /// A log: the field `event`, or `message`, is its name.
  static func event(
    _ fields: TapeValue, time: UInt64, _ batch: inout SpanBatch
  ) -> EventRecord {
    var event = EventRecord()
    event.time = time
    let name = field("event", of: fields) ?? field("message", of: fields)
    event.name = batch.copy(name?.member("value"))
    let start = batch.attributes.count
    var elements = TapeElements(fields)
    while elements.next() {
      if elements.value.place == name?.place { continue }
      guard let key = elements.value.member("key"), key.isText else { continue }
      append(key.text, elements.value, &batch)
    }
    event.attributes = RecordRange(
      start: UInt32(truncatingIfNeeded: start),
      count: UInt32(truncatingIfNeeded: batch.attributes.count - start))
    return event
  }

  private static func field(_ name: StaticString, of fields: TapeValue) -> TapeValue? {
    var elements = TapeElements(fields)
    while elements.next() {
      if elements.value.member("key")?.equals(name) == true { return elements.value }
    }
    return nil
  }
}
