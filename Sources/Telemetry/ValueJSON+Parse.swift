extension ValueJSON {
  /// Reads JSON written by ``text(_:)`` back; nil when it is no JSON. Numbers without point or
  /// exponent that fit 64 bits are integers.
  ///
  /// For edges only: slow, and at most 64 levels deep.
  package static func parse(_ bytes: some Collection<UInt8>) -> AttributeValue? {
    var reader = Reader(bytes: Array(bytes))
    guard let value = reader.value(depth: 0) else { return nil }
    reader.skipBlanks()
    return reader.offset == reader.bytes.count ? value : nil
  }

  private struct Reader {
    let bytes: [UInt8]
    var offset = 0

    var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    mutating func skipBlanks() {
      while let byte = next, byte == 0x20 || (0x09...0x0D).contains(byte) { offset += 1 }
    }

    mutating func take(_ byte: UInt8) -> Bool {
      skipBlanks()
      guard next == byte else { return false }
      offset += 1
      return true
    }

    mutating func value(depth: Int) -> AttributeValue? {
      skipBlanks()
      guard depth < 64, let first = next else { return nil }
      switch first {
      case 0x22: return text().map { .text($0) }
      case 0x5B: return array(depth)
      case 0x7B: return map(depth)
      default: return word()
      }
    }

    mutating func array(_ depth: Int) -> AttributeValue? {
      offset += 1
      var values: [AttributeValue] = []
      if take(0x5D) { return .array(values) }
      repeat {
        guard let value = value(depth: depth + 1) else { return nil }
        values.append(value)
      } while take(0x2C)
      return take(0x5D) ? .array(values) : nil
    }

    mutating func map(_ depth: Int) -> AttributeValue? {
      offset += 1
      var entries: [AttributeValue.Entry] = []
      if take(0x7D) { return .map(entries) }
      repeat {
        skipBlanks()
        guard next == 0x22, let key = text(), take(0x3A), let value = value(depth: depth + 1)
        else { return nil }
        entries.append(AttributeValue.Entry(key, value))
      } while take(0x2C)
      return take(0x7D) ? .map(entries) : nil
    }

    mutating func word() -> AttributeValue? {
      let start = offset
      while let byte = next, byte != 0x2C, byte != 0x5D, byte != 0x7D, byte > 0x20 { offset += 1 }
      let text = String(decoding: bytes[start..<offset], as: UTF8.self)
      switch text {
      case "null": return .empty
      case "true": return .bool(true)
      case "false": return .bool(false)
      default: return Int64(text).map { .integer($0) } ?? Double(text).map { .double($0) }
      }
    }

    mutating func text() -> String? {
      offset += 1
      var out: [UInt8] = []
      while let byte = next {
        offset += 1
        switch byte {
        case 0x22: return String(decoding: out, as: UTF8.self)
        case 0x5C: guard escape(into: &out) else { return nil }
        default: out.append(byte)
        }
      }
      return nil
    }

    mutating func escape(into out: inout [UInt8]) -> Bool {
      guard let byte = next else { return false }
      offset += 1
      switch byte {
      case 0x6E: out.append(0x0A)
      case 0x72: out.append(0x0D)
      case 0x74: out.append(0x09)
      case 0x62: out.append(0x08)
      case 0x66: out.append(0x0C)
      case 0x75:
        guard let unit = unit() else { return false }
        var units = [unit]
        if UTF16.isLeadSurrogate(unit), next == 0x5C, offset + 1 < bytes.count,
          bytes[offset + 1] == 0x75
        {
          offset += 2
          guard let low = self.unit() else { return false }
          units.append(low)
        }
        out.append(contentsOf: String(decoding: units, as: UTF16.self).utf8)
      default: out.append(byte)
      }
      return true
    }

    mutating func unit() -> UInt16? {
      guard offset + 4 <= bytes.count else { return nil }
      defer { offset += 4 }
      return UInt16(String(decoding: bytes[offset..<offset + 4], as: UTF8.self), radix: 16)
    }
  }
}
