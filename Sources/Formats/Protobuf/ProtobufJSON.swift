import Telemetry

/// Writes nested protobuf values as canonical JSON.
enum ProtobufJSON {
  typealias Found = ProtobufAttributes.Found

  /// Reads an `AnyValue`. Of several fields the last counts, as in every oneof.
  static func read(_ value: inout WireReader) -> Found {
    var found = Found.empty
    while case let tag = value.tag(), tag != 0 {
      switch tag {
      case 0x0A: found = .text(value.bytes())
      case 0x10: found = .bool(value.varint() != 0)
      case 0x18: found = .integer(Int64(bitPattern: value.varint()))
      case 0x21: found = .double(Double(bitPattern: value.fixed64()))
      case 0x2A: found = .array(value.bytes())
      case 0x32: found = .map(value.bytes())
      case 0x3A: found = .bytes(value.bytes())
      default: value.skip(tag)
      }
    }
    return found
  }

  /// The places of key and value in a `KeyValue`.
  static func keyValue(_ message: inout WireReader) -> (key: Range<Int>, value: Range<Int>) {
    var key = 0..<0
    var value = 0..<0
    while case let tag = message.tag(), tag != 0 {
      switch tag {
      case 0x0A: key = message.bytes()
      case 0x12: value = message.bytes()
      default: message.skip(tag)
      }
    }
    return (key, value)
  }

  /// Writes an `ArrayValue`.
  static func writeArray(_ values: inout WireReader, _ depth: Int, to out: inout [UInt8]) {
    out.append(0x5B)
    var isFirst = true
    while case let tag = values.tag(), tag != 0 {
      guard tag == 0x0A else {
        values.skip(tag)
        continue
      }
      if !isFirst { out.append(0x2C) }
      isFirst = false
      var value = values.sub(values.bytes())
      write(&value, depth + 1, to: &out)
      if value.hasFailed { values.fail() }
    }
    out.append(0x5D)
  }

  /// Writes a `KeyValueList` as an object.
  private static func writeMap(
    _ entries: inout WireReader, _ depth: Int, to out: inout [UInt8]
  ) {
    out.append(0x7B)
    var isFirst = true
    while case let tag = entries.tag(), tag != 0 {
      guard tag == 0x0A else {
        entries.skip(tag)
        continue
      }
      if !isFirst { out.append(0x2C) }
      isFirst = false
      var entry = entries.sub(entries.bytes())
      let pair = keyValue(&entry)
      CanonicalJSON.quote(text(pair.key, entries), to: &out)
      out.append(0x3A)
      var value = entries.sub(pair.value)
      write(&value, depth + 1, to: &out)
      if value.hasFailed || entry.hasFailed { entries.fail() }
    }
    out.append(0x7D)
  }

  private static func write(_ value: inout WireReader, _ depth: Int, to out: inout [UInt8]) {
    let found = read(&value)
    switch found {
    case .array, .map:
      guard depth < ProtobufAttributes.depthLimit else { return CanonicalJSON.null(to: &out) }
    default: break
    }
    switch found {
    case .empty: CanonicalJSON.null(to: &out)
    case .text(let range): CanonicalJSON.quote(text(range, value), to: &out)
    case .bool(let bool): CanonicalJSON.bool(bool, to: &out)
    case .integer(let integer): CanonicalJSON.integer(integer, to: &out)
    case .double(let double): CanonicalJSON.double(double, to: &out)
    case .bytes(let range): CanonicalJSON.base64(text(range, value), to: &out)
    case .array(let range):
      var values = value.sub(range)
      writeArray(&values, depth, to: &out)
      if values.hasFailed { value.fail() }
    case .map(let range):
      var entries = value.sub(range)
      writeMap(&entries, depth, to: &out)
      if entries.hasFailed { value.fail() }
    }
  }

  private static func text(_ range: Range<Int>, _ reader: WireReader) -> UnsafeBufferPointer<UInt8>
  {
    UnsafeBufferPointer(start: reader.base + range.lowerBound, count: range.count)
  }
}
