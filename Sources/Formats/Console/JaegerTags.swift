import Telemetry

/// `[{"key":…,"type":…,"value":…}]`, as Jaeger has attributes, some of which are not attributes;
/// `[{"key":…,"vType":…,"vStr":…}]` in protobuf's JSON; `{"http@method":…}` where Elasticsearch keeps
/// them as fields.
enum JaegerTags {
  static var hostName: UnsafeBufferPointer<UInt8> {
    let name: StaticString = "host.name"
    return UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
  }

  /// Appends a span's own tags; those that stand for its other parts go there.
  static func append(
    _ list: TapeValue?, isHex: Bool, _ span: inout SpanRecord, _ scope: inout ScopeRecord,
    _ batch: inout SpanBatch
  ) -> RecordRange {
    let start = batch.attributes.count
    if let list, list.isArray {
      var elements = TapeElements(list)
      while elements.next() {
        guard let key = elements.value.member("key"), key.isText else { continue }
        if lift(key.text, Self.value(of: elements.value), &span, &scope, &batch) { continue }
        append(key.text, elements.value, isHex: isHex, &batch)
      }
    }
    return RecordRange(
      start: UInt32(truncatingIfNeeded: start),
      count: UInt32(truncatingIfNeeded: batch.attributes.count - start))
  }

  /// The same for tags that are members, points in their names written as `@`.
  static func append(
    map: TapeValue?, _ span: inout SpanRecord, _ scope: inout ScopeRecord,
    _ batch: inout SpanBatch
  ) {
    guard let map, map.isObject else { return }
    var members = TapeFields(map)
    while members.next() {
      let name = members.key.map { $0 == UInt8(ascii: "@") ? UInt8(ascii: ".") : $0 }
      let value = members.value
      name.withUnsafeBufferPointer { name in
        if !lift(name, value, &span, &scope, &batch) {
          PlainJSON.append(name, value, 0, to: &batch)
        }
      }
    }
  }

  /// The same for tags of a process.
  static func append(map: TapeValue?, _ batch: inout SpanBatch) {
    guard let map, map.isObject else { return }
    var members = TapeFields(map)
    while members.next() {
      let name = members.key.map { $0 == UInt8(ascii: "@") ? UInt8(ascii: ".") : $0 }
      let value = members.value
      name.withUnsafeBufferPointer { name in
        PlainJSON.append(name.equals("hostname") ? hostName : name, value, 0, to: &batch)
      }
    }
  }

  /// The value of a tag, whatever its type; protobuf's JSON leaves out empty ones.
  private static func value(of tag: TapeValue) -> TapeValue? {
    var members = TapeFields(tag)
    while members.next() {
      switch JaegerField.table.find(members.key) {
      case .value, .text, .bool, .integer, .double, .binary: return members.value
      default: break
      }
    }
    return nil
  }

  private static func lift(
    _ key: UnsafeBufferPointer<UInt8>, _ value: TapeValue?, _ span: inout SpanRecord,
    _ scope: inout ScopeRecord,
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
    _ name: UnsafeBufferPointer<UInt8>, _ tag: TapeValue, isHex: Bool = false,
    _ batch: inout SpanBatch
  ) {
    guard let value = tag.member("value") else { return appendTyped(name, tag, &batch) }
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
    } else if type.equals("binary"), let bytes = isHex ? Self.hex(text) : Base64.bytes(text) {
      let range = bytes.withUnsafeBufferPointer { batch.append(bytes: $0) }
      batch.attributes.append(AttributeRecord(key: key, type: .bytes, bytes: range))
    } else {
      appendPlain(name, value, &batch)
    }
  }

  /// `vStr`, `vInt64` and so on; an absent one is the type's empty value.
  private static func appendTyped(
    _ name: UnsafeBufferPointer<UInt8>, _ tag: TapeValue, _ batch: inout SpanBatch
  ) {
    let type = tag.jaeger(.type)
    let key = batch.key(name)
    if let value = tag.jaeger(.integer) ?? (type?.equals("INT64") == true ? tag : nil) {
      let integer = OTLPNumbers.unsigned(value).map { Int64(bitPattern: $0) } ?? 0
      batch.attributes.append(AttributeRecord(key: key, integer: integer))
    } else if let value = tag.jaeger(.double) ?? (type?.equals("FLOAT64") == true ? tag : nil) {
      let double = value.double ?? OTLPNumbers.double(value.text) ?? 0
      batch.attributes.append(AttributeRecord(key: key, double: double))
    } else if let value = tag.jaeger(.bool) ?? (type?.equals("BOOL") == true ? tag : nil) {
      batch.attributes.append(AttributeRecord(key: key, bool: value.bool ?? false))
    } else if let value = tag.jaeger(.binary) ?? (type?.equals("BINARY") == true ? tag : nil) {
      let range = (Base64.bytes(value.text) ?? []).withUnsafeBufferPointer {
        batch.append(bytes: $0)
      }
      batch.attributes.append(AttributeRecord(key: key, type: .bytes, bytes: range))
    } else if let value = tag.jaeger(.text) {
      appendPlain(name, value, &batch)
    } else {
      batch.attributes.append(AttributeRecord(key: key, type: .text, bytes: ByteRange()))
    }
  }

  private static func hex(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    guard text.count % 2 == 0 else { return nil }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: text.count, by: 2) {
      guard let high = HexDigits.value(text[index]), let low = HexDigits.value(text[index + 1])
      else { return nil }
      bytes.append(high << 4 | low)
    }
    return bytes
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
    _ fields: TapeValue, time: UInt64, isHex: Bool, _ batch: inout SpanBatch
  ) -> EventRecord {
    var event = EventRecord()
    event.time = time
    let name = field("event", of: fields) ?? field("message", of: fields)
    event.name = batch.copy(name.flatMap { value(of: $0) })
    let start = batch.attributes.count
    var elements = TapeElements(fields)
    while elements.next() {
      if elements.value.index == name?.index { continue }
      guard let key = elements.value.member("key"), key.isText else { continue }
      append(key.text, elements.value, isHex: isHex, &batch)
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
