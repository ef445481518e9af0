import Telemetry

/// Writes nested protobuf values as canonical JSON, and notes what its texts stand for.
struct ProtobufJSON {
  typealias Found = ProtobufAttributes.Found

  private(set) var types = TextTypes()

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

  /// The positions of key and value in a `KeyValue`.
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

  /// Writes a value that was read.
  ///
  /// - Parameter value: the reader of the message; it fails when what is nested is no message.
  mutating func write(
    _ found: Found, _ value: inout WireReader, _ depth: Int, to out: inout [UInt8]
  ) {
    switch found {
    case .empty: CanonicalJSON.null(to: &out)
    case .text(let range): types.quote(value.slice(range), to: &out)
    case .bool(let bool): CanonicalJSON.bool(bool, to: &out)
    case .integer(let integer): CanonicalJSON.integer(integer, to: &out)
    case .double(let double): types.double(double, to: &out)
    case .bytes(let range): types.base64(value.slice(range), to: &out)
    case .array(let range):
      guard depth < ProtobufAttributes.nestingLimit else { return tooDeep(to: &out) }
      var values = value.sub(range)
      writeArray(&values, depth, to: &out)
      if values.hasFailed { value.fail() }
    case .map(let range):
      guard depth < ProtobufAttributes.nestingLimit else { return tooDeep(to: &out) }
      var entries = value.sub(range)
      writeMap(&entries, depth, to: &out)
      if entries.hasFailed { value.fail() }
    }
  }

  /// Counts as a value that was not read.
  private mutating func tooDeep(to out: inout [UInt8]) {
    [UInt8(ascii: "{"), UInt8(ascii: "}")].withUnsafeBufferPointer { types.raw($0, to: &out) }
  }

  /// Writes an `ArrayValue`.
  private mutating func writeArray(
    _ values: inout WireReader, _ depth: Int, to out: inout [UInt8]
  ) {
    out.append(UInt8(ascii: "["))
    var isFirst = true
    while case let tag = values.tag(), tag != 0 {
      guard tag == Tag.bytes(1) else {
        values.skip(tag)
        continue
      }
      if !isFirst { out.append(UInt8(ascii: ",")) }
      isFirst = false
      var value = values.sub(values.bytes())
      let found = Self.read(&value)
      write(found, &value, depth + 1, to: &out)
      if value.hasFailed { values.fail() }
    }
    out.append(UInt8(ascii: "]"))
  }

  /// Writes a `KeyValueList` as an object.
  private mutating func writeMap(
    _ entries: inout WireReader, _ depth: Int, to out: inout [UInt8]
  ) {
    out.append(UInt8(ascii: "{"))
    var isFirst = true
    while case let tag = entries.tag(), tag != 0 {
      guard tag == Tag.bytes(1) else {
        entries.skip(tag)
        continue
      }
      if !isFirst { out.append(UInt8(ascii: ",")) }
      isFirst = false
      var entry = entries.sub(entries.bytes())
      let pair = Self.keyValue(&entry)
      CanonicalJSON.quote(entries.slice(pair.key), to: &out)
      out.append(UInt8(ascii: ":"))
      var value = entries.sub(pair.value)
      let found = Self.read(&value)
      write(found, &value, depth + 1, to: &out)
      if value.hasFailed || entry.hasFailed { entries.fail() }
    }
    out.append(UInt8(ascii: "}"))
  }
}
