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

  /// Appends a list of `KeyValue`s and tells where they are.
  func append(_ list: TapeValue?, to batch: inout SpanBatch) -> RecordRange {
    let start = batch.attributes.count
    if let list {
      var pairs = TapeElements(list)
      while pairs.next() { appendPair(pairs.value, to: &batch) }
    }
    return RecordRange(
      start: UInt32(truncatingIfNeeded: start),
      count: UInt32(truncatingIfNeeded: batch.attributes.count &- start))
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

  /// Appends one `KeyValue`: a lone string by the short way, all else by the long.
  @inline(__always)
  private func appendPair(_ object: TapeValue, to batch: inout SpanBatch) {
    guard object.isObject else { return }
    let (key, value) = pair(object)
    if let value, value.isObject, value.next == value.place &+ 4 {
      let inner = value.at(value.place &+ 2)
      if inner.isText, fields.field(value.at(value.place &+ 1).uncheckedText) == .string {
        let key = batch.key(key)
        let text = batch.append(bytes: inner.uncheckedText)
        batch.attributes.append(AttributeRecord(key: key, type: .text, bytes: text))
        return
      }
    }
    append(value, key, 0, to: &batch)
  }

  private func append(
    _ value: TapeValue?, _ name: UnsafeBufferPointer<UInt8>, _ depth: Int,
    to batch: inout SpanBatch
  ) {
    let found = Found(value, fields)
    if case .map(let list) = found, depth < ProtobufAttributes.depthLimit,
      appendMap(list, name, depth, to: &batch)
    {
      return
    }
    let key = batch.key(name)
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
    case .array(let list):
      let start = batch.arena.count
      OTLPJSONCanonical(attributes: self).array(list, depth, to: &batch.arena)
      let range = ByteRange(
        offset: UInt32(truncatingIfNeeded: start),
        length: UInt32(truncatingIfNeeded: batch.arena.count - start))
      batch.attributes.append(AttributeRecord(key: key, type: .array, bytes: range))
    case .map:
      let range = batch.append(text: "{}")
      batch.attributes.append(AttributeRecord(key: key, type: .map, bytes: range))
    }
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
    _ list: TapeValue, _ name: UnsafeBufferPointer<UInt8>, _ depth: Int, to batch: inout SpanBatch
  ) -> Bool {
    var dotted: [UInt8] = []
    var isEmpty = true
    var pairs = TapeElements(list)
    while pairs.next() {
      guard pairs.value.isObject else { continue }
      isEmpty = false
      guard batch.arena.count <= arenaLimit else { return true }
      let (key, value) = pair(pairs.value)
      dotted.removeAll(keepingCapacity: true)
      dotted.append(contentsOf: name)
      dotted.append(0x2E)
      dotted.append(contentsOf: key)
      dotted.withUnsafeBufferPointer { append(value, $0, depth + 1, to: &batch) }
    }
    return !isEmpty
  }
}
