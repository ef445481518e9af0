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

  /// The member `attributes`, left out when there are none.
  mutating func attributes(_ range: RecordRange) {
    guard range.count > 0 else { return }
    name("attributes")
    out.append(0x5B)
    for index in range.indices { attribute(batch.attributes[index]) }
    out.append(0x5D)
  }

  /// One `KeyValue`.
  mutating func attribute(_ record: AttributeRecord) {
    separate()
    raw("{\"key\":")
    quote(bytes(batch.keys[record.key]))
    raw(",\"value\":")
    value(record)
    out.append(0x7D)
  }

  private mutating func value(_ record: AttributeRecord) {
    switch record.type {
    case .empty: raw("{}")
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
      var values = CanonicalAnyValue(json: bytes(record.bytes))
      guard !values.write(to: &out) else { return }
      // A decoder put something else there: the text itself is still worth having.
      out.removeLast(out.count - start)
      raw("{\"stringValue\":")
      quote(bytes(record.bytes))
      out.append(0x7D)
    }
  }
}
