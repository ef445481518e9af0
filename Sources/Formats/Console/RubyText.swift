import Telemetry

/// Makes JSON of what Ruby's `pp` prints: structs and objects become objects of their fields,
/// symbols texts, `nil` null, and binary ids hex.
///
/// Source of the grammar: `pp` and `inspect` of Ruby 2.7 to 3.4.
struct RubyText {
  private let text: UnsafeBufferPointer<UInt8>
  private var offset = 0
  private var out: [UInt8] = []

  private static let depthLimit = 64

  /// Appends the JSON of the value that `text` holds; false when it is none.
  ///
  /// - Complexity: O(bytes).
  static func json(of text: UnsafeBufferPointer<UInt8>, to out: inout [UInt8]) -> Bool {
    var reader = RubyText(text: text)
    reader.out.reserveCapacity(text.count)
    guard reader.value(0, isID: false) else { return false }
    swap(&reader.out, &out)
    return true
  }

  private init(text: UnsafeBufferPointer<UInt8>) { self.text = text }

  private var byte: UInt8 { offset < text.count ? text[offset] : 0 }

  private mutating func skipBlanks() {
    while offset < text.count, text[offset] <= 0x20 { offset += 1 }
  }

  private mutating func value(_ depth: Int, isID: Bool) -> Bool {
    skipBlanks()
    guard depth < Self.depthLimit else { return false }
    switch byte {
    case 0x22:
      guard let bytes = string() else { return false }
      write(bytes, isID: isID)
      return true
    case 0x7B: return hash(depth)
    case 0x5B: return array(depth)
    case 0x23: return object(depth)
    case 0: return false
    default: return word()
    }
  }

  // MARK: containers

  private mutating func array(_ depth: Int) -> Bool {
    offset += 1
    out.append(0x5B)
    var isFirst = true
    while true {
      skipBlanks()
      if byte == 0x5D { break }
      if !isFirst { out.append(0x2C) }
      isFirst = false
      guard value(depth + 1, isID: false), skipComma(before: 0x5D) else { return false }
    }
    offset += 1
    out.append(0x5D)
    return true
  }

  /// `{"k"=>1, :k=>1, k: 1}`, since 3.4 with blanks around the arrow.
  private mutating func hash(_ depth: Int) -> Bool {
    offset += 1
    out.append(0x7B)
    var isFirst = true
    while true {
      skipBlanks()
      if byte == 0x7D { break }
      if !isFirst { out.append(0x2C) }
      isFirst = false
      guard key(), value(depth + 1, isID: false), skipComma(before: 0x7D) else { return false }
    }
    offset += 1
    out.append(0x7D)
    return true
  }

  private mutating func key() -> Bool {
    var name: [UInt8]
    if byte == 0x22 {
      guard let bytes = string() else { return false }
      name = bytes
    } else {
      if byte == 0x3A { offset += 1 }
      let start = offset
      while offset < text.count, byte > 0x20, byte != 0x3A, byte != 0x3D, byte != 0x2C {
        offset += 1
      }
      name = Array(text[start..<offset])
    }
    skipBlanks()
    if byte == 0x3A {
      offset += 1
    } else if byte == 0x3D, offset + 1 < text.count, text[offset + 1] == 0x3E {
      offset += 2
    } else {
      return false
    }
    write(name, isID: false)
    out.append(0x3A)
    return true
  }

  /// `#<struct A::B field=value, …>`, `#<A::B:0x… @field=value, …>`
  private mutating func object(_ depth: Int) -> Bool {
    guard offset + 1 < text.count, text[offset + 1] == 0x3C else { return false }
    offset += 2
    if text.part(offset..<text.count).starts(with: "struct ") { offset += 7 }
    while offset < text.count, byte > 0x20, byte != 0x3E { offset += 1 }
    out.append(0x7B)
    var isFirst = true
    while true {
      skipBlanks()
      if byte == 0x3E { break }
      guard let field = field() else { return false }
      if !isFirst { out.append(0x2C) }
      isFirst = false
      CanonicalJSON.quote(field, to: &out)
      out.append(0x3A)
      let isID =
        field.equals("span_id") || field.equals("trace_id") || field.equals("parent_span_id")
      guard value(depth + 1, isID: isID), skipComma(before: 0x3E) else { return false }
    }
    offset += 1
    out.append(0x7D)
    return true
  }

  private mutating func field() -> UnsafeBufferPointer<UInt8>? {
    if byte == 0x40 { offset += 1 }
    let start = offset
    while offset < text.count, byte > 0x20, byte != 0x3D, byte != 0x3E, byte != 0x2C { offset += 1 }
    guard byte == 0x3D, offset > start else { return nil }
    offset += 1
    return text.part(start..<(offset - 1))
  }

  private mutating func skipComma(before closing: UInt8) -> Bool {
    skipBlanks()
    if byte == closing { return true }
    guard byte == 0x2C else { return false }
    offset += 1
    return true
  }

  // MARK: words

  private mutating func word() -> Bool {
    let isSymbol = byte == 0x3A
    if isSymbol { offset += 1 }
    if isSymbol, byte == 0x22 { return value(0, isID: false) }
    let start = offset
    while offset < text.count, byte > 0x20, byte != 0x2C, byte != 0x7D, byte != 0x5D, byte != 0x3E {
      offset += 1
    }
    takeTime(from: start)
    let word = text.part(start..<offset)
    guard !word.isEmpty else { return false }
    if isSymbol {
      CanonicalJSON.quote(word, to: &out)
    } else if word.equals("nil") {
      CanonicalJSON.null(to: &out)
    } else if word.equals("true") || word.equals("false") {
      out.append(contentsOf: word)
    } else if word[0] <= 0x39, OTLPNumbers.double(word) != nil, !word.equals("-Infinity") {
      out.append(contentsOf: word)
    } else {
      CanonicalJSON.quote(word, to: &out)
    }
    return true
  }

  /// A time of 2020 is three words: `2020-11-22 22:57:43.123456789 +0100`.
  private mutating func takeTime(from start: Int) {
    guard offset - start == 10, text[start + 4] == UInt8(ascii: "-"),
      text[start + 7] == UInt8(ascii: "-")
    else { return }
    while offset < text.count, byte != UInt8(ascii: ","), byte != UInt8(ascii: ">"), byte >= 0x20 {
      offset += 1
    }
  }

  /// Ids are bytes; in 2020 they were hex digits already.
  private mutating func write(_ bytes: [UInt8], isID: Bool) {
    let isHex =
      (bytes.count == 16 || bytes.count == 32)
      && bytes.allSatisfy { HexDigits.value($0) != nil }
    // A trace id is 16 bytes, which may all look like digits; but hardly ever.
    if isID, !isHex {
      out.append(0x22)
      bytes.withUnsafeBufferPointer { out.append(contentsOf: IDBytes.hex($0).utf8) }
      out.append(0x22)
    } else {
      bytes.withUnsafeBufferPointer { CanonicalJSON.quote($0, to: &out) }
    }
  }

  // MARK: strings

  /// One string, or several that `+` joins: a line end splits them, in binary ids too.
  private mutating func string() -> [UInt8]? {
    var bytes: [UInt8] = []
    while true {
      guard stringPart(&bytes) else { return nil }
      let end = offset
      skipBlanks()
      guard byte == 0x2B else {
        offset = end
        return bytes
      }
      offset += 1
      skipBlanks()
      guard byte == 0x22 else { return nil }
    }
  }

  private mutating func stringPart(_ bytes: inout [UInt8]) -> Bool {
    offset += 1
    while offset < text.count {
      let byte = text[offset]
      offset += 1
      if byte == 0x22 { return true }
      if byte == 0x5C {
        escape(&bytes)
      } else {
        bytes.append(byte)
      }
    }
    return false
  }

  private mutating func escape(_ bytes: inout [UInt8]) {
    let next = byte
    offset += 1
    switch next {
    case 0x61: bytes.append(0x07)
    case 0x62: bytes.append(0x08)
    case 0x74: bytes.append(0x09)
    case 0x6E: bytes.append(0x0A)
    case 0x76: bytes.append(0x0B)
    case 0x66: bytes.append(0x0C)
    case 0x72: bytes.append(0x0D)
    case 0x65: bytes.append(0x1B)
    case 0x78: bytes.append(UInt8(truncatingIfNeeded: hex(2)))
    case 0x75:
      let isLong = byte == 0x7B
      if isLong { offset += 1 }
      let scalar = Unicode.Scalar(hex(isLong ? 6 : 4)) ?? "\u{FFFD}"
      if isLong, byte == 0x7D { offset += 1 }
      bytes.append(contentsOf: String(scalar).utf8)
    default: bytes.append(next)
    }
  }

  private mutating func hex(_ limit: Int) -> UInt32 {
    var code: UInt32 = 0
    var count = 0
    while count < limit, let digit = HexDigits.value(byte) {
      code = code << 4 | UInt32(digit)
      offset += 1
      count += 1
    }
    return code
  }
}
