import Telemetry

/// Fields of a message that the program does not know, kept so that writing the span again gives
/// them: members of JSON named by their numbers, since that is all that is known of them.
///
/// Varints and fixed numbers are written as text in decimal, bytes as base64, as protobuf's JSON
/// writes numbers of 64 bits and bytes. A field that comes several times is a list.
struct ProtobufUnknown {
  private var fields: [(tag: UInt64, value: Range<Int>)] = []

  var isEmpty: Bool { fields.isEmpty }

  /// Steps over a field and notes it.
  @inline(never)
  mutating func take(_ tag: UInt64, _ message: inout WireReader) {
    let start = message.offset
    message.skip(tag)
    if !message.hasFailed, fields.count < 1_000 { fields.append((tag, start..<message.offset)) }
  }

  /// Appends the fields to the attributes under the name, unless there are none.
  func append(
    _ name: StaticString, _ message: WireReader, to batch: inout SpanBatch
  ) {
    guard !isEmpty, !message.hasFailed else { return }
    let key = batch.key(name)
    batch.append(json: .map, key) { out in
      out.append(UInt8(ascii: "{"))
      write(message, to: &out)
      out.append(UInt8(ascii: "}"))
    }
  }

  /// Writes the members without braces.
  func write(_ message: WireReader, to out: inout [UInt8]) {
    var numbers: [UInt64] = []
    for field in fields where !numbers.contains(field.tag >> 3) { numbers.append(field.tag >> 3) }
    for (index, number) in numbers.enumerated() {
      if index > 0 { out.append(UInt8(ascii: ",")) }
      out.append(contentsOf: "\"\(number)\":".utf8)
      let values = fields.filter { $0.tag >> 3 == number }
      if values.count > 1 { out.append(UInt8(ascii: "[")) }
      for (index, field) in values.enumerated() {
        if index > 0 { out.append(UInt8(ascii: ",")) }
        Self.write(field.tag, message.sub(field.value), to: &out)
      }
      if values.count > 1 { out.append(UInt8(ascii: "]")) }
    }
  }

  private static func write(_ tag: UInt64, _ value: WireReader, to out: inout [UInt8]) {
    var value = value
    switch tag & 7 {
    case 0: out.append(contentsOf: "\"\(value.varint())\"".utf8)
    case 1: out.append(contentsOf: "\"\(value.fixed64())\"".utf8)
    case 5: out.append(contentsOf: "\"\(value.fixed32())\"".utf8)
    case 2: CanonicalJSON.base64(value.slice(value.bytes()), to: &out)
    // A group, as it was sent.
    default: CanonicalJSON.base64(value.slice(value.offset..<value.end), to: &out)
    }
  }
}
