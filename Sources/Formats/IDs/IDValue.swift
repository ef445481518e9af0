import Telemetry

/// Ids given as any JSON value: texts, numbers, lists of bytes, and what JavaScript makes of bytes
/// and of 64-bit numbers.
enum IDValue {
  static func trace(_ value: TapeValue) -> IDText.Trace {
    switch reading(value) {
    case .text(let text): return IDText.trace(text)
    case .number(let number):
      return IDText.Trace(low: number, isValid: number != 0, isWhole: true)
    case .bytes(let bytes): return bytes.withUnsafeBufferPointer { IDBytes.trace($0) }
    case .absent: return IDText.Trace()
    case .unknown(let json):
      let id = json.withUnsafeBufferPointer { IDHash.traceID($0) }
      return IDText.Trace(high: id.high, low: id.low)
    }
  }

  static func span(_ value: TapeValue) -> IDText.Span {
    switch reading(value) {
    case .text(let text): return IDText.span(text)
    case .number(let number): return IDText.Span(id: number, isWhole: true)
    case .bytes(let bytes): return bytes.withUnsafeBufferPointer { IDBytes.span($0) }
    case .absent: return IDText.Span()
    case .unknown(let json):
      let id = json.withUnsafeBufferPointer { IDHash.spanID($0) }
      return IDText.Span(id: id, isNamed: true)
    }
  }

  private enum Reading {
    case absent
    case text(UnsafeBufferPointer<UInt8>)
    case number(UInt64)
    case bytes([UInt8])
    /// Canonical JSON.
    case unknown([UInt8])
  }

  private static func reading(_ value: TapeValue) -> Reading {
    switch value.kind {
    case .text: return .text(value.uncheckedText)
    case .null: return .absent
    case .integer, .unsigned:
      return .number(value.unsigned ?? value.integer.map { UInt64(bitPattern: $0) } ?? 0)
    case .array, .object:
      if value.count == 0 { return .absent }
      if let bytes = bytes(value) { return .bytes(bytes) }
      if let number = OTLPNumbers.unsigned(value) { return .number(number) }
    case .double, .yes, .no: break
    }
    var json: [UInt8] = []
    TapeJSON.write(value, to: &json)
    return .unknown(json)
  }

  /// A list of bytes; `{"0":91,"1":142,…}` and `{"type":"Buffer","data":[…]}` as JavaScript writes
  /// them.
  private static func bytes(_ value: TapeValue) -> [UInt8]? {
    if value.isObject, let data = value.member("data"), data.isArray { return bytes(data) }
    var bytes: [UInt8] = []
    guard value.count > 0, value.count <= 64 else { return nil }
    if value.isArray {
      var elements = TapeElements(value)
      while elements.next() {
        guard let byte = byte(elements.value) else { return nil }
        bytes.append(byte)
      }
      return bytes
    }
    var members = TapeFields(value)
    while members.next() {
      guard OTLPNumbers.unsigned(members.key) == UInt64(bytes.count), let byte = byte(members.value)
      else { return nil }
      bytes.append(byte)
    }
    return bytes
  }

  private static func byte(_ value: TapeValue) -> UInt8? {
    guard let number = value.integer, (-128...255).contains(number) else { return nil }
    return UInt8(truncatingIfNeeded: number)
  }
}
