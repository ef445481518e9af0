import Telemetry

/// Rewrites canonical JSON, as arrays lie in an arena, into OTLP's `AnyValue` objects.
///
/// It copies tokens and decodes nothing: `[1,"a"]` becomes
/// `{"arrayValue":{"values":[{"intValue":"1"},{"stringValue":"a"}]}}`.
struct CanonicalAnyValue {
  private let json: UnsafeBufferPointer<UInt8>
  private var offset = 0
  /// Texts that stand for something else, and how many of them and of all texts were passed.
  private let types: [ValueShape.TextType]
  private var passedTypes = 0
  private var passedTexts = 0

  /// Deeper than any decoder writes.
  private static let depthLimit = 400

  init(json: UnsafeBufferPointer<UInt8>, types: [ValueShape.TextType] = []) {
    (self.json, self.types) = (json, types)
  }

  /// Appends the one value; false, with rubbish appended, when it is no canonical JSON.
  mutating func write(to out: inout [UInt8]) -> Bool {
    (offset, passedTypes, passedTexts) = (0, 0, 0)
    return value(0, to: &out) && offset == json.count
  }

  private var next: UInt8 { offset < json.count ? json[offset] : 0 }

  private mutating func value(_ depth: Int, to out: inout [UInt8]) -> Bool {
    switch next {
    case 0x22: return typedText(to: &out)
    case 0x5B:
      guard depth < Self.depthLimit else { return false }
      return list("arrayValue", 0x5D, to: &out) { reader, out in
        reader.value(depth + 1, to: &out)
      }
    case 0x7B:
      guard depth < Self.depthLimit else { return false }
      return list("kvlistValue", 0x7D, to: &out) { reader, out in
        reader.entry(depth + 1, to: &out)
      }
    case 0x74: return word("true", "{\"boolValue\":true}", to: &out)
    case 0x66: return word("false", "{\"boolValue\":false}", to: &out)
    case 0x6E: return word("null", "{}", to: &out)
    default: return number(to: &out)
    }
  }

  private mutating func typedText(to out: inout [UInt8]) -> Bool {
    passedTexts += 1
    guard passedTypes < types.count, types[passedTypes].text == passedTexts - 1 else {
      return member("stringValue", to: &out) { reader, out in reader.text(to: &out) }
    }
    passedTypes += 1
    switch types[passedTypes - 1].type {
    case .bytes: return member("bytesValue", to: &out) { reader, out in reader.text(to: &out) }
    case .double: return member("doubleValue", to: &out) { reader, out in reader.text(to: &out) }
    case .raw:
      var quoted: [UInt8] = []
      guard text(to: &quoted) else { return false }
      // JSON in a text: quotes and backslashes alone are escaped.
      var isEscaped = false
      for byte in quoted.dropFirst().dropLast() {
        isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
        if !isEscaped { out.append(byte) }
      }
      return true
    }
  }

  private mutating func member(
    _ name: StaticString, to out: inout [UInt8],
    _ body: (inout CanonicalAnyValue, inout [UInt8]) -> Bool
  ) -> Bool {
    append("{\"", to: &out)
    append(name, to: &out)
    append("\":", to: &out)
    guard body(&self, &out) else { return false }
    out.append(0x7D)
    return true
  }

  private mutating func list(
    _ name: StaticString, _ close: UInt8, to out: inout [UInt8],
    _ body: (inout CanonicalAnyValue, inout [UInt8]) -> Bool
  ) -> Bool {
    offset += 1
    append("{\"", to: &out)
    append(name, to: &out)
    append("\":{\"values\":[", to: &out)
    var isFirst = true
    while next != close {
      if !isFirst {
        guard next == 0x2C else { return false }
        offset += 1
        out.append(0x2C)
      }
      isFirst = false
      guard body(&self, &out) else { return false }
    }
    offset += 1
    append("]}}", to: &out)
    return true
  }

  private mutating func entry(_ depth: Int, to out: inout [UInt8]) -> Bool {
    guard next == 0x22 else { return false }
    append("{\"key\":", to: &out)
    guard text(to: &out), next == 0x3A else { return false }
    offset += 1
    append(",\"value\":", to: &out)
    guard value(depth, to: &out) else { return false }
    out.append(0x7D)
    return true
  }

  /// Copies a text with its escapes, invalid UTF-8 repaired.
  private mutating func text(to out: inout [UInt8]) -> Bool {
    let start = offset
    var isASCII = true
    offset += 1
    while offset < json.count, json[offset] != 0x22 {
      let byte = json[offset]
      if byte < 0x20 { return false }
      if byte >= 0x80 { isASCII = false }
      offset += 1
      if byte == 0x5C {
        guard isEscape(json.count > offset ? json[offset] : 0) else { return false }
        offset += 1
      }
    }
    guard offset < json.count else { return false }
    offset += 1
    let token = UnsafeBufferPointer(rebasing: json[start..<offset])
    if isASCII {
      out.append(contentsOf: token)
    } else {
      out.append(contentsOf: String(decoding: token, as: UTF8.self).utf8)
    }
    return true
  }

  private func isEscape(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x22, 0x2F, 0x5C, 0x62, 0x66, 0x6E, 0x72, 0x74: true
    case 0x75:
      offset + 4 < json.count
        && json[offset + 1...offset + 4].allSatisfy {
          (0x30...0x39).contains($0) || (0x41...0x46).contains($0) || (0x61...0x66).contains($0)
        }
    default: false
    }
  }

  private mutating func word(
    _ word: StaticString, _ value: StaticString, to out: inout [UInt8]
  ) -> Bool {
    guard UnsafeBufferPointer(rebasing: json[offset...]).starts(with: word) else { return false }
    offset += word.utf8CodeUnitCount
    append(value, to: &out)
    return true
  }

  /// A whole number that fits 64 bits is an integer, any other a double.
  private mutating func number(to out: inout [UInt8]) -> Bool {
    let start = offset
    while offset < json.count, isNumeric(json[offset]) { offset += 1 }
    let token = UnsafeBufferPointer(rebasing: json[start..<offset])
    if OTLPNumbers.integer(token) != nil {
      append("{\"intValue\":\"", to: &out)
      out.append(contentsOf: token)
      append("\"}", to: &out)
      return true
    }
    guard let double = OTLPNumbers.double(token), double.isFinite else { return false }
    append("{\"doubleValue\":", to: &out)
    CanonicalJSON.double(double, to: &out)
    out.append(0x7D)
    return true
  }

  private func isNumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x2B, 0x2D, 0x2E, 0x45, 0x65: true
    default: false
    }
  }

  private func append(_ text: StaticString, to out: inout [UInt8]) {
    out.append(
      contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }
}
