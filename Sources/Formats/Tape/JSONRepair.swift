/// Makes JSON out of text that only nearly is.
///
/// Run after the parser has refused a document, never before.
struct JSONRepair {
  private let json: UnsafeBufferPointer<UInt8>
  private var offset = 0
  /// Where the bytes begin that are not copied yet.
  private var start = 0
  private var out: [UInt8] = []
  private var isChanged = false

  /// Appends a repaired copy to `out`; false when there was nothing to repair.
  ///
  /// - Bare `NaN`, `Infinity` and `-Infinity` (Python's `json`) become texts of these words.
  /// - Whole numbers of more than 64 bits (ids of 128 bits are printed so) become texts of their
  ///   digits, since a double would make one of many.
  /// - Commas before a closing bracket are left out.
  /// - Invalid UTF-8 becomes U+FFFD.
  /// - In texts, control characters become escapes, and lone halves of a surrogate pair (which
  ///   JavaScript prints) U+FFFD.
  static func copy(_ json: UnsafeBufferPointer<UInt8>, to out: inout [UInt8]) -> Bool {
    let text = String(decoding: json, as: UTF8.self)
    var utf8 = text
    return utf8.withUTF8 { valid in
      var repair = JSONRepair(json: valid)
      swap(&repair.out, &out)
      repair.isChanged = valid.count != json.count || !valid.elementsEqual(json)
      repair.run()
      swap(&repair.out, &out)
      return repair.isChanged
    }
  }

  private init(json: UnsafeBufferPointer<UInt8>) { self.json = json }

  private mutating func run() {
    while offset < json.count {
      switch json[offset] {
      case 0x22: string()
      case 0x4E: bare("NaN")
      case 0x49: bare("Infinity")
      case 0x2D where offset + 1 < json.count && json[offset + 1] == 0x49: bare("-Infinity")
      case 0x30...0x39: number()
      case UInt8(ascii: ","): comma()
      default: offset += 1
      }
    }
    out.append(contentsOf: json[start...])
  }

  /// Leaves out a comma behind a value and before a closing bracket.
  private mutating func comma() {
    let before = json[..<offset].last { $0 > UInt8(ascii: " ") }
    switch before {
    case nil, UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: ","), UInt8(ascii: ":"):
      return offset += 1
    default: break
    }
    var next = offset + 1
    while next < json.count, json[next] <= UInt8(ascii: " ") { next += 1 }
    guard next < json.count, json[next] == UInt8(ascii: "}") || json[next] == UInt8(ascii: "]")
    else { return offset += 1 }
    replace(1) { _ in }
  }

  /// Quotes a word that stands outside texts.
  private mutating func bare(_ word: StaticString) {
    let length = word.utf8CodeUnitCount
    guard UnsafeBufferPointer(rebasing: json[offset...]).starts(with: word) else {
      return offset += 1
    }
    replace(length) { out in
      out.append(0x22)
      out.append(contentsOf: UnsafeBufferPointer(start: word.utf8Start, count: length))
      out.append(0x22)
    }
  }

  /// Steps over the digits of a number.
  private mutating func number() {
    let first = offset
    while offset < json.count, json[offset] >= 0x30, json[offset] <= 0x39 { offset += 1 }
    let isFraction = first > 0 && json[first - 1] == 0x2E
    let goesOn = offset < json.count && (json[offset] == 0x2E || json[offset] | 0x20 == 0x65)
    // 19 digits always fit.
    guard offset - first > 19, !isFraction, !goesOn, !fits(first) else { return }
    let isNegative = first > 0 && json[first - 1] == UInt8(ascii: "-")
    let end = offset
    offset = isNegative ? first - 1 : first
    replace(end - offset) { [json, offset] out in
      out.append(UInt8(ascii: "\""))
      out.append(contentsOf: json[offset..<end])
      out.append(UInt8(ascii: "\""))
    }
  }

  /// Whether the digits from `first` up to here are a number of 64 bits, or with a minus before them
  /// one of 63.
  private func fits(_ first: Int) -> Bool {
    guard let number = OTLPNumbers.unsigned(UnsafeBufferPointer(rebasing: json[first..<offset]))
    else { return false }
    return first == 0 || json[first - 1] != UInt8(ascii: "-") || number <= 1 << 63
  }

  /// Puts something else in place of the next `length` bytes.
  private mutating func replace(_ length: Int, _ write: (inout [UInt8]) -> Void) {
    out.append(contentsOf: json[start..<offset])
    write(&out)
    offset += length
    start = offset
    isChanged = true
  }

  /// Steps over a text from its opening quote on.
  private mutating func string() {
    offset += 1
    while offset < json.count {
      switch json[offset] {
      case 0x22: return offset += 1
      case 0x5C: escape()
      case let byte where byte < 0x20:
        replace(1) { out in
          out.append(contentsOf: "\\u00".utf8)
          out.append(0x30 + byte >> 4)
          out.append(byte & 15 < 10 ? 0x30 + byte & 15 : 0x57 + byte & 15)
        }
      default: offset += 1
      }
    }
  }

  private mutating func escape() {
    guard let unit = unit(at: offset) else { return offset += 2 }
    guard UTF16.isSurrogate(unit) else { return offset += 6 }
    if UTF16.isLeadSurrogate(unit), let low = self.unit(at: offset + 6),
      UTF16.isTrailSurrogate(low)
    {
      return offset += 12
    }
    replace(6) { $0.append(contentsOf: "\\ufffd".utf8) }
  }

  /// The code unit of a `\uXXXX` that begins at `start`.
  private func unit(at start: Int) -> UInt16? {
    guard start + 6 <= json.count, json[start] == 0x5C, json[start + 1] == 0x75 else { return nil }
    var unit: UInt16 = 0
    for byte in json[start + 2..<start + 6] {
      guard let digit = Self.hex(byte) else { return nil }
      unit = unit << 4 | digit
    }
    return unit
  }

  private static func hex(_ byte: UInt8) -> UInt16? {
    switch byte {
    case 0x30...0x39: UInt16(byte - 0x30)
    case 0x41...0x46: UInt16(byte - 0x37)
    case 0x61...0x66: UInt16(byte - 0x57)
    default: nil
    }
  }
}
