import Telemetry

/// Attribute values that were printed without their type.
enum PrintedValue {
  /// Appends an attribute of the type that its text looks like: `true`, `12`, `0.5`, `["a"]`; else
  /// a text.
  ///
  /// A text that holds a number becomes one: filters like `status >= 500` matter more than ids of
  /// digits alone.
  static func append(
    _ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>,
    to batch: inout SpanBatch
  ) {
    let key = batch.key(name)
    if let first = value.first, let last = value.last {
      if isDigit(last), isDigit(first) || first == 0x2D, appendNumber(value, key, &batch) { return }
      if let bool = bool(value) {
        return batch.attributes.append(AttributeRecord(key: key, bool: bool))
      }
      if first == 0x5B, last == 0x5D, appendArray(name, value, &batch) { return }
    }
    let range = batch.append(bytes: value)
    batch.attributes.append(AttributeRecord(key: key, type: .text, bytes: range))
  }

  /// Appends a text whatever it looks like.
  static func append(
    text value: UnsafeBufferPointer<UInt8>, _ name: UnsafeBufferPointer<UInt8>,
    to batch: inout SpanBatch
  ) {
    let key = batch.key(name)
    let range = batch.append(bytes: value)
    batch.attributes.append(AttributeRecord(key: key, type: .text, bytes: range))
  }

  /// Whole numbers as they are printed, without plus and leading zeros, and fractions.
  private static func appendNumber(
    _ text: UnsafeBufferPointer<UInt8>, _ key: UInt32, _ batch: inout SpanBatch
  ) -> Bool {
    let digits = text[0] == 0x2D ? 1 : 0
    guard text.count > digits, isDigit(text[digits]) else { return false }
    let hasLeadingZero = text[digits] == 0x30 && text.count > digits + 1
    if hasLeadingZero, text[digits + 1] != 0x2E { return false }
    if let integer = OTLPNumbers.integer(text) {
      batch.attributes.append(AttributeRecord(key: key, integer: integer))
      return true
    }
    let isPlain = text.allSatisfy { byte in
      isDigit(byte) || byte == 0x2E || byte | 0x20 == 0x65 || byte == 0x2D || byte == 0x2B
    }
    guard isPlain, text.count <= 32, let double = OTLPNumbers.double(text) else { return false }
    batch.attributes.append(AttributeRecord(key: key, double: double))
    return true
  }

  private static func bool(_ text: UnsafeBufferPointer<UInt8>) -> Bool? {
    if text.equals("true") || text.equals("True") { return true }
    return text.equals("false") || text.equals("False") ? false : nil
  }

  private static func appendArray(
    _ name: UnsafeBufferPointer<UInt8>, _ text: UnsafeBufferPointer<UInt8>,
    _ batch: inout SpanBatch
  ) -> Bool {
    let isArray = try? TapeParser.borrow { parser throws(DecodeError) in
      let root = try parser.parse(text)
      guard root.isArray else { return false }
      PlainJSON.append(name, root, 0, to: &batch)
      return true
    }
    return isArray == true
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}

extension UnsafeBufferPointer<UInt8> {
  /// Without blanks at either end.
  var trimmed: UnsafeBufferPointer<UInt8> {
    var start = 0
    var end = count
    while start < end, self[start] <= 0x20 { start += 1 }
    while end > start, self[end - 1] <= 0x20 { end -= 1 }
    return UnsafeBufferPointer(rebasing: self[start..<end])
  }

  /// How many blanks it begins with.
  var indentation: Int {
    var offset = 0
    while offset < count, self[offset] == 0x20 { offset += 1 }
    return offset
  }

  /// A stretch of it.
  func part(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: self[range])
  }
}
