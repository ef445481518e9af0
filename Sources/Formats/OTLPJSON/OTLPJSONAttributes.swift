import Telemetry

/// Reads `KeyValue` and `AnyValue` objects into a batch's attribute table.
struct OTLPJSONAttributes {
  let fields = OTLPFieldTable.shared
  /// Bytes of arena past which a document is given up: long keys over many nested maps would
  /// otherwise make gigabytes of dotted keys out of one request.
  let arenaLimit: Int

  typealias Found = OTLPJSONValue

  @inline(__always)
  func copy(_ value: TapeValue, to batch: inout SpanBatch) -> ByteRange {
    let text = value.text
    return text.isEmpty ? ByteRange() : batch.append(bytes: text)
  }

  /// Appends a list of `KeyValue`s and tells where they are. An object is taken for a map of names to
  /// values.
  func append(_ list: TapeValue?, to batch: inout SpanBatch) -> RecordRange {
    let start = batch.attributes.count
    if let list {
      var pairs = TapeElements(list)
      while pairs.next() { appendPair(pairs.value, to: &batch) }
      if list.isObject { appendObject(list, to: &batch) }
      if list.isText { FlatLists.append(attributes: list, &batch) }
    }
    return RecordRange(
      start: UInt32(truncatingIfNeeded: start),
      count: UInt32(truncatingIfNeeded: batch.attributes.count &- start))
  }

  /// Appends the members of a plain map, whose values may be `AnyValue`s or what they are.
  private func appendObject(_ object: TapeValue, to batch: inout SpanBatch) {
    var members = TapeFields(object)
    while members.next() {
      var path = MapPath()
      if members.value.isObject, members.value.count > 0,
        case .unknown = Found(members.value, fields)
      {
        PlainJSON.append(members.key, members.value, &path, to: &batch)
      } else {
        append(members.value, members.key, &path, to: &batch)
      }
    }
  }

  /// The name and value of a `KeyValue`; an absent name is empty.
  @inline(__always)
  func pair(_ object: TapeValue) -> (key: UnsafeBufferPointer<UInt8>, value: TapeValue?) {
    var key = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    var value: TapeValue?
    var members = TapeFields(object)
    while members.next() {
      switch fields.field(members.key) {
      case .key: key = members.value.text
      case .value: value = members.value
      default: break
      }
    }
    return (key, value)
  }

  /// Appends one `KeyValue`.
  func append(pair object: TapeValue, to batch: inout SpanBatch) {
    appendPair(object, to: &batch)
  }

  /// Appends one `KeyValue`: a lone string by the short way, all else by the long.
  @inline(__always)
  private func appendPair(_ object: TapeValue, to batch: inout SpanBatch) {
    let (key, value) = pair(object)
    guard let value, key.baseAddress != nil else { return appendOdd(object, key, to: &batch) }
    if value.isObject, value.next == value.index &+ 4 {
      let inner = value.at(value.index &+ 2)
      if inner.isText, fields.field(value.at(value.index &+ 1).uncheckedText) == .string {
        let key = batch.key(key)
        let text = batch.append(bytes: inner.uncheckedText)
        batch.attributes.append(AttributeRecord(key: key, type: .text, bytes: text))
        return
      }
    }
    var path = MapPath()
    append(value, key, &path, to: &batch)
  }

  /// Appends what is no `KeyValue`: one without a value, `{"name":…,"value":…}`,
  /// `{"key":…,"stringValue":…}`, `[name, value]`, `{name: value}`.
  @inline(never)
  private func appendOdd(
    _ element: TapeValue, _ key: UnsafeBufferPointer<UInt8>, to batch: inout SpanBatch
  ) {
    var path = MapPath()
    if element.isArray {
      var pair = TapeElements(element)
      guard pair.next(), pair.value.isText else { return }
      let name = pair.value.uncheckedText
      if pair.next() { append(pair.value, name, &path, to: &batch) }
    } else if element.isObject {
      if let name = element.member("name") ?? element.member("Name") ?? element.member("k"),
        name.isText, element.count == 2, key.baseAddress == nil
      {
        let value = element.member("value") ?? element.member("Value") ?? element.member("v")
        append(value, name.uncheckedText, &path, to: &batch)
      } else if key.baseAddress == nil, pair(element).value == nil {
        appendObject(element, to: &batch)
      } else {
        append(pair(element).value ?? (element.count > 1 ? element : nil), key, &path, to: &batch)
      }
    }
  }

  private func append(
    _ value: TapeValue?, _ name: UnsafeBufferPointer<UInt8>, _ path: inout MapPath,
    to batch: inout SpanBatch
  ) {
    let found = Found(value, fields)
    if case .map(let list) = found, path.depth < ProtobufAttributes.depthLimit,
      appendMap(list, name, &path, to: &batch)
    {
      return
    }
    let key = batch.key(name)
    var shape = path.shape()
    switch found {
    case .empty: batch.attributes.append(AttributeRecord(key: key, type: .empty, payload: 0))
    case .text(let bytes):
      let range = batch.append(bytes: bytes)
      batch.attributes.append(AttributeRecord(key: key, type: .text, bytes: range))
    case .bool(let bool): batch.attributes.append(AttributeRecord(key: key, bool: bool))
    case .integer(let integer):
      batch.attributes.append(AttributeRecord(key: key, integer: integer))
    case .double(let double): batch.attributes.append(AttributeRecord(key: key, double: double))
    case .bytes(let text): appendBytes(text, key, to: &batch)
    case .array:
      var canonical = OTLPJSONCanonical(attributes: self)
      batch.append(json: .array, key) { canonical.write(found, to: &$0) }
      shape.types = canonical.types.notes
    case .map:
      var canonical = OTLPJSONCanonical(attributes: self)
      batch.append(json: .map, key) { canonical.write(found, to: &$0) }
      shape.types = canonical.types.notes
    case .unknown(let value):
      batch.append(json: .text, key) { TapeJSON.write(value, to: &$0) }
      shape.isRaw = true
    }
    batch.add(shape)
  }

  /// Keeps the members of an object that are not known as one attribute, a map of JSON, behind those of
  /// the range, which ends the table.
  func keep(
    _ name: StaticString, of object: TapeValue, _ range: inout RecordRange,
    to batch: inout SpanBatch, _ isUnknown: (OTLPField) -> Bool
  ) {
    var json: [UInt8] = []
    var members = TapeFields(object)
    while members.next() {
      guard isUnknown(fields.field(members.key)), !Self.isRepetition(members.key) else { continue }
      json.append(json.isEmpty ? UInt8(ascii: "{") : UInt8(ascii: ","))
      CanonicalJSON.quote(members.key, to: &json)
      json.append(UInt8(ascii: ":"))
      TapeJSON.write(members.value, to: &json)
    }
    guard !json.isEmpty else { return }
    json.append(UInt8(ascii: "}"))
    if range.count == 0 { range.start = UInt32(truncatingIfNeeded: batch.attributes.count) }
    let key = batch.key(name)
    batch.append(json: .map, key) { $0.append(contentsOf: json) }
    range.count += 1
  }

  /// Rust 0.1 to 0.5 printed each time again, as a text.
  private static func isRepetition(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    name.equals("startTime") || name.equals("endTime") || name.equals("time")
      || name.equals("observedTime")
  }

  /// Appends bytes from base64; what is no base64 stays the text it is.
  private func appendBytes(
    _ text: UnsafeBufferPointer<UInt8>, _ key: UInt32, to batch: inout SpanBatch
  ) {
    let bytes = Base64.bytes(text)
    let range =
      bytes?.withUnsafeBufferPointer { batch.append(bytes: $0) } ?? batch.append(bytes: text)
    batch.attributes.append(
      AttributeRecord(key: key, type: bytes == nil ? .text : .bytes, bytes: range))
  }

  /// Appends the entries of a map under dotted keys; false when it has none.
  private func appendMap(
    _ list: TapeValue, _ name: UnsafeBufferPointer<UInt8>, _ path: inout MapPath,
    to batch: inout SpanBatch
  ) -> Bool {
    var dotted: [UInt8] = []
    var isEmpty = true
    path.open(name.count)
    var pairs = TapeElements(list)
    while pairs.next() {
      guard pairs.value.isObject else { continue }
      isEmpty = false
      guard batch.arena.count <= arenaLimit else { break }
      let (key, value) = pair(pairs.value)
      dotted.removeAll(keepingCapacity: true)
      dotted.append(contentsOf: name)
      dotted.append(UInt8(ascii: "."))
      dotted.append(contentsOf: key)
      dotted.withUnsafeBufferPointer { append(value, $0, &path, to: &batch) }
    }
    path.close()
    return !isEmpty
  }
}

extension SpanBatch {
  /// Appends an attribute whose JSON `write` puts at the end of the arena.
  mutating func append(json type: AttributeType, _ key: UInt32, _ write: (inout [UInt8]) -> Void) {
    let start = arena.count
    write(&arena)
    let range = ByteRange(
      offset: UInt32(truncatingIfNeeded: start),
      length: UInt32(truncatingIfNeeded: arena.count - start))
    attributes.append(AttributeRecord(key: key, type: type, bytes: range))
  }
}
