import Telemetry

/// Attributes printed as ordinary JSON values.
enum PlainJSON {
  private static let depthLimit = 32

  /// Appends the members of an object as attributes; nested objects become dotted names.
  static func append(_ object: TapeValue?, to batch: inout SpanBatch) -> RecordRange {
    let start = batch.attributes.count
    if let object, object.isObject {
      var members = TapeFields(object)
      while members.next() { append(members.key, members.value, 0, to: &batch) }
    }
    return RecordRange(
      start: UInt32(truncatingIfNeeded: start),
      count: UInt32(truncatingIfNeeded: batch.attributes.count - start))
  }

  static func append(
    _ name: UnsafeBufferPointer<UInt8>, _ value: TapeValue, _ depth: Int, to batch: inout SpanBatch
  ) {
    if value.isObject, depth < depthLimit, value.count > 0 {
      var members = TapeFields(value)
      while members.next() {
        let dotted = Array(name) + [0x2E] + Array(members.key)
        let inner = members.value
        dotted.withUnsafeBufferPointer { append($0, inner, depth + 1, to: &batch) }
      }
      return
    }
    let key = batch.key(name)
    switch value.kind {
    case .text: appendText(value, key, to: &batch)
    case .integer, .unsigned:
      if let integer = value.integer {
        batch.attributes.append(AttributeRecord(key: key, integer: integer))
      } else {
        batch.attributes.append(AttributeRecord(key: key, double: value.double ?? 0))
      }
    case .double: batch.attributes.append(AttributeRecord(key: key, double: value.double ?? 0))
    case .yes: batch.attributes.append(AttributeRecord(key: key, bool: true))
    case .no: batch.attributes.append(AttributeRecord(key: key, bool: false))
    case .null: batch.attributes.append(AttributeRecord(key: key, type: .empty, payload: 0))
    case .array, .object: appendNested(value, key, to: &batch)
    }
  }

  /// The repair of bare NaN and infinities makes texts of them.
  private static func appendText(_ value: TapeValue, _ key: UInt32, to batch: inout SpanBatch) {
    let text = value.uncheckedText
    if text.equals("NaN") || text.equals("Infinity") || text.equals("-Infinity"),
      let double = OTLPNumbers.double(text)
    {
      return batch.attributes.append(AttributeRecord(key: key, double: double))
    }
    let range = batch.append(bytes: text)
    batch.attributes.append(AttributeRecord(key: key, type: .text, bytes: range))
  }

  private static func appendNested(_ value: TapeValue, _ key: UInt32, to batch: inout SpanBatch) {
    let start = batch.arena.count
    write(value, 0, to: &batch.arena)
    let range = ByteRange(
      offset: UInt32(truncatingIfNeeded: start),
      length: UInt32(truncatingIfNeeded: batch.arena.count - start))
    batch.attributes.append(
      AttributeRecord(key: key, type: value.isArray ? .array : .map, bytes: range))
  }

  /// Canonical JSON of any value.
  static func write(_ value: TapeValue, _ depth: Int, to out: inout [UInt8]) {
    switch value.kind {
    case .text: CanonicalJSON.quote(value.uncheckedText, to: &out)
    case .integer, .unsigned:
      if let integer = value.integer {
        CanonicalJSON.integer(integer, to: &out)
      } else {
        CanonicalJSON.double(value.double ?? 0, to: &out)
      }
    case .double: CanonicalJSON.double(value.double ?? 0, to: &out)
    case .yes: CanonicalJSON.bool(true, to: &out)
    case .no: CanonicalJSON.bool(false, to: &out)
    case .null: CanonicalJSON.null(to: &out)
    case .array, .object:
      guard depth < depthLimit else { return CanonicalJSON.null(to: &out) }
      writeNested(value, depth, to: &out)
    }
  }

  private static func writeNested(_ value: TapeValue, _ depth: Int, to out: inout [UInt8]) {
    var isFirst = true
    if value.isArray {
      out.append(0x5B)
      var elements = TapeElements(value)
      while elements.next() {
        if !isFirst { out.append(0x2C) }
        isFirst = false
        write(elements.value, depth + 1, to: &out)
      }
      out.append(0x5D)
    } else {
      out.append(0x7B)
      var members = TapeFields(value)
      while members.next() {
        if !isFirst { out.append(0x2C) }
        isFirst = false
        CanonicalJSON.quote(members.key, to: &out)
        out.append(0x3A)
        write(members.value, depth + 1, to: &out)
      }
      out.append(0x7D)
    }
  }
}
