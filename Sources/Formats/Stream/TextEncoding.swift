/// Marks at the start of text that tell its encoding.
package enum TextEncoding: Sendable {
  case utf8
  case utf16LittleEndian
  case utf16BigEndian

  /// The encoding whose byte order mark begins the text; UTF-8 without one.
  package init(_ text: UnsafeRawBufferPointer) {
    if text.count >= 2, text[0] == 0xFF, text[1] == 0xFE {
      self = .utf16LittleEndian
    } else if text.count >= 2, text[0] == 0xFE, text[1] == 0xFF {
      self = .utf16BigEndian
    } else {
      self = .utf8
    }
  }

  /// A body as UTF-8 without a mark; nil when it is that already.
  ///
  /// - Complexity: O(*n*) when it is another; else O(1).
  package static func utf8(of body: UnsafeRawBufferPointer) -> [UInt8]? {
    let encoding = TextEncoding(body)
    guard encoding == .utf8 else {
      var converter = UTF16Converter(encoding)
      return converter.convert(body) + converter.finish()
    }
    let mark = markLength(body.assumingMemoryBound(to: UInt8.self))
    return mark == 0 ? nil : Array(body[mark...])
  }

  /// Bytes of UTF-8's mark at the start of a text.
  static func markLength(_ text: UnsafeBufferPointer<UInt8>) -> Int {
    text.count >= 3 && text[0] == 0xEF && text[1] == 0xBB && text[2] == 0xBF ? 3 : 0
  }
}

/// Makes UTF-8 of UTF-16, a piece at a time; halves of surrogate pairs become U+FFFD.
struct UTF16Converter: Sendable {
  private let isLittleEndian: Bool
  private var isStart = true
  /// The first byte of a code unit.
  private var half: UInt8?
  /// The first half of a surrogate pair.
  private var lead: UInt16?

  init(_ encoding: TextEncoding) { isLittleEndian = encoding == .utf16LittleEndian }

  mutating func convert(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    for byte in bytes {
      guard let first = half else {
        half = byte
        continue
      }
      half = nil
      let unit =
        isLittleEndian ? UInt16(byte) << 8 | UInt16(first) : UInt16(first) << 8 | UInt16(byte)
      // The mark itself.
      if !isStart || unit != 0xFEFF { take(unit, &out) }
      isStart = false
    }
    return out
  }

  /// What is left at the end.
  mutating func finish() -> [UInt8] {
    let isCut = lead != nil || half != nil
    (lead, half) = (nil, nil)
    return isCut ? Array("\u{FFFD}".utf8) : []
  }

  private mutating func take(_ unit: UInt16, _ out: inout [UInt8]) {
    if let first = lead {
      lead = nil
      if UTF16.isTrailSurrogate(unit) {
        let code = 0x1_0000 + (UInt32(first) - 0xD800) << 10 + (UInt32(unit) - 0xDC00)
        return Self.append(code, &out)
      }
      Self.append(0xFFFD, &out)
    }
    if UTF16.isLeadSurrogate(unit) {
      lead = unit
    } else {
      Self.append(UTF16.isTrailSurrogate(unit) ? 0xFFFD : UInt32(unit), &out)
    }
  }

  private static func append(_ code: UInt32, _ out: inout [UInt8]) {
    if code < 0x80 { return out.append(UInt8(code)) }
    let scalar = Unicode.Scalar(code) ?? "\u{FFFD}"
    out.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }
}
