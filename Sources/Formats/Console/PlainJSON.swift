import Telemetry

/// Attributes printed as ordinary JSON values.
enum PlainJSON {
  private static let depthLimit = 32

  /// Appends the members of an object as attributes; nested objects become dotted names.
  static func append(_ object: TapeValue?, to batch: inout SpanBatch) -> RecordRange {
    let start = batch.attributes.count
    if let object, object.isObject {
      var members = TapeFields(object)
      while members.next() {
        var path = MapPath()
        append(members.key, members.value, &path, to: &batch)
      }
    }
    return RecordRange(
      start: UInt32(truncatingIfNeeded: start),
      count: UInt32(truncatingIfNeeded: batch.attributes.count - start))
  }

  static func append(
    _ name: UnsafeBufferPointer<UInt8>, _ value: TapeValue, _ depth: Int, to batch: inout SpanBatch
  ) {
    var path = MapPath()
    append(name, value, &path, to: &batch)
  }

  /// - Parameter path: the maps around it.
  static func append(
    _ name: UnsafeBufferPointer<UInt8>, _ value: TapeValue, _ path: inout MapPath,
    to batch: inout SpanBatch
  ) {
    if value.isObject, path.depth < depthLimit, value.count > 0 {
      path.open(name.count)
      var members = TapeFields(value)
      while members.next() {
        let dotted = Array(name) + [UInt8(ascii: ".")] + Array(members.key)
        let inner = members.value
        dotted.withUnsafeBufferPointer { append($0, inner, &path, to: &batch) }
      }
      return path.close()
    }
    let key = batch.key(name)
    append(value, key, to: &batch)
    batch.add(path.shape())
  }

  private static func append(_ value: TapeValue, _ key: UInt32, to batch: inout SpanBatch) {
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
    batch.append(json: value.isArray ? .array : .map, key) { TapeJSON.write(value, to: &$0) }
  }
}
