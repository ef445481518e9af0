import Telemetry

/// A line of OTLP JSON while it is written: names, texts, numbers and values.
///
/// Members are separated by what was written last, so an absent one needs no care.
struct OTLPJSONLine {
  let batch: SpanBatch
  let arena: UnsafeBufferPointer<UInt8>
  var out: [UInt8]

  @inline(__always)
  mutating func byte(_ byte: UInt8) { out.append(byte) }

  @inline(__always)
  mutating func raw(_ text: StaticString) {
    out.append(
      contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// A comma, unless an object or list was just opened.
  @inline(__always)
  mutating func separate() {
    if let last = out.last, last != 0x7B, last != 0x5B { out.append(0x2C) }
  }

  /// The name of the next member.
  @inline(__always)
  mutating func name(_ name: StaticString) {
    separate()
    out.append(0x22)
    raw(name)
    raw("\":")
  }

  func bytes(_ range: ByteRange) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: arena[range.indices])
  }

  /// A member with a text, left out when it is empty.
  mutating func text(_ name: StaticString, _ range: ByteRange) {
    guard !range.isEmpty else { return }
    self.name(name)
    quote(bytes(range))
  }

  /// A text as a JSON literal, invalid UTF-8 repaired.
  mutating func quote(_ text: UnsafeBufferPointer<UInt8>) {
    guard text.contains(where: { $0 >= 0x80 }) else { return CanonicalJSON.quote(text, to: &out) }
    var valid = String(decoding: text, as: UTF8.self)
    valid.withUTF8 { CanonicalJSON.quote($0, to: &out) }
  }

  /// A member with a 32-bit number, left out when it is 0.
  mutating func count(_ name: StaticString, _ count: UInt32) {
    guard count > 0 else { return }
    self.name(name)
    CanonicalJSON.unsigned(UInt64(count), to: &out)
  }

  /// A member with a 64-bit number as a string.
  mutating func wide(_ name: StaticString, _ number: UInt64) {
    self.name(name)
    out.append(0x22)
    CanonicalJSON.unsigned(number, to: &out)
    out.append(0x22)
  }

  /// A member with hex digits of one or two words.
  mutating func hex(_ name: StaticString, _ words: UInt64...) {
    self.name(name)
    out.append(0x22)
    for word in words { hex(word) }
    out.append(0x22)
  }

  private mutating func hex(_ word: UInt64) {
    for shift in stride(from: 60, through: 0, by: -4) {
      let digit = UInt8(truncatingIfNeeded: word >> UInt64(shift)) & 15
      out.append(digit < 10 ? 0x30 &+ digit : 0x57 &+ digit)
    }
  }

  /// The member `attributes`, left out when there are none, and behind it the members that were kept
  /// as ``RawKey/fields``. Maps that were flattened are maps again.
  ///
  /// - Parameter isRaw: whether attributes of ``RawKey`` stand for members and are left out here.
  mutating func attributes(_ range: RecordRange, withoutRaw isRaw: Bool = false) {
    guard range.count > 0 else { return }
    var fields: AttributeRecord?
    var isOpen = false
    var depth = 0
    for index in range.indices {
      let record = batch.attributes[index]
      let key = bytes(batch.keys[record.key])
      if record.type == .map, !record.bytes.isEmpty, RawKey.isFields(key) {
        if key.equals(RawKey.fields) { fields = record }
        continue
      }
      if isRaw, RawKey.isOne(key) { continue }
      if !isOpen {
        name("attributes")
        byte(UInt8(ascii: "["))
        isOpen = true
      }
      let detail = batch.details.isEmpty ? nil : batch.detail(of: index)
      let shape = detail.map { ValueShape(bytes($0)) } ?? ValueShape()
      attribute(record, key, shape, &depth)
    }
    closeMaps(depth)
    if isOpen { byte(UInt8(ascii: "]")) }
    if let fields { members(of: fields) }
  }

  /// The members kept under a name in the attributes of the range, if any.
  mutating func members(_ name: StaticString, in range: RecordRange) {
    for index in range.indices {
      let record = batch.attributes[index]
      guard record.type == .map, bytes(batch.keys[record.key]).equals(name) else { continue }
      members(of: record)
    }
  }

  private mutating func members(of record: AttributeRecord) {
    let json = bytes(record.bytes)
    guard json.count > 2, json.first == UInt8(ascii: "{") else { return }
    separate()
    append(json: UnsafeBufferPointer(rebasing: json.dropFirst().dropLast()))
  }

  /// JSON that a decoder wrote, invalid UTF-8 repaired.
  mutating func append(json: UnsafeBufferPointer<UInt8>) {
    if json.contains(where: { $0 >= 0x80 }) {
      out.append(contentsOf: String(decoding: json, as: UTF8.self).utf8)
    } else {
      out.append(contentsOf: json)
    }
  }

  /// One `KeyValue`, inside the maps it came in.
  ///
  /// - Parameter depth: maps that are open.
  private mutating func attribute(
    _ record: AttributeRecord, _ key: UnsafeBufferPointer<UInt8>, _ shape: ValueShape,
    _ depth: inout Int
  ) {
    let shared = min(shape.shared, depth, shape.path.count)
    closeMaps(depth - shared)
    depth = shape.path.count
    var start = 0
    for (level, length) in shape.path.enumerated() {
      let end = min(start + Int(length), key.count)
      if level >= shared {
        separate()
        raw("{\"key\":")
        quote(UnsafeBufferPointer(rebasing: key[min(start, end)..<end]))
        raw(",\"value\":{\"kvlistValue\":{\"values\":[")
      }
      start = min(end + 1, key.count)
    }
    separate()
    raw("{\"key\":")
    quote(UnsafeBufferPointer(rebasing: key[start...]))
    raw(",\"value\":")
    value(record, shape)
    out.append(0x7D)
  }

  private mutating func closeMaps(_ count: Int) {
    for _ in 0..<max(0, count) { raw("]}}}") }
  }

  private mutating func value(_ record: AttributeRecord, _ shape: ValueShape) {
    switch record.type {
    case .empty: raw("{}")
    case .text where shape.isRaw: append(json: bytes(record.bytes))
    case .text:
      raw("{\"stringValue\":")
      quote(bytes(record.bytes))
      out.append(0x7D)
    case .bool: raw(record.bool ? "{\"boolValue\":true}" : "{\"boolValue\":false}")
    case .integer:
      raw("{\"intValue\":\"")
      CanonicalJSON.integer(record.integer, to: &out)
      raw("\"}")
    case .double:
      raw("{\"doubleValue\":")
      CanonicalJSON.double(record.double, to: &out)
      out.append(0x7D)
    case .bytes:
      raw("{\"bytesValue\":")
      CanonicalJSON.base64(bytes(record.bytes), to: &out)
      out.append(0x7D)
    case .array, .map:
      let start = out.count
      var values = CanonicalAnyValue(json: bytes(record.bytes), types: shape.types)
      guard !values.write(to: &out) else { return }
      // A decoder put something else there: the text itself is still worth having.
      out.removeLast(out.count - start)
      raw("{\"stringValue\":")
      quote(bytes(record.bytes))
      out.append(0x7D)
    }
  }
}
