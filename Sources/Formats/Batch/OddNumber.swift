import Telemetry

/// Numbers in spellings beside the specification's.
enum OddNumber {
  /// With blanks around, a plus, zeros behind a point, JavaScript's `n`, or hex digits behind `0x`.
  static func integer(_ sent: UnsafeBufferPointer<UInt8>) -> Int64? {
    var text = sent.trimmed
    if text.first == UInt8(ascii: "+") { text = text.part(1..<text.count) }
    if text.last == UInt8(ascii: "n") { text = text.part(0..<(text.count - 1)) }
    if let integer = OTLPNumbers.integer(text) { return integer }
    if let bits = hex(text) { return Int64(bitPattern: bits) }
    guard let point = text.firstIndex(of: UInt8(ascii: ".")),
      text.part((point + 1)..<text.count).allSatisfy({ $0 == UInt8(ascii: "0") })
    else { return nil }
    return OTLPNumbers.integer(text.part(0..<point))
  }

  /// `0x` and up to 16 digits.
  static func hex(_ text: UnsafeBufferPointer<UInt8>) -> UInt64? {
    guard (3...18).contains(text.count), text[0] == UInt8(ascii: "0"),
      text[1] | 0x20 == UInt8(ascii: "x")
    else { return nil }
    return HexDigits.pair(text.part(2..<text.count))?.low
  }

  /// With blanks around, and other languages' words for what is no number.
  static func double(_ sent: UnsafeBufferPointer<UInt8>) -> Double? {
    let text = sent.trimmed
    if text.isWord("nan") { return .nan }
    let isNegative = text.first == UInt8(ascii: "-")
    let hasSign = isNegative || text.first == UInt8(ascii: "+")
    let word = text.part((hasSign ? 1 : 0)..<text.count)
    if word.isWord("inf") || word.isWord("infinity") { return isNegative ? -.infinity : .infinity }
    return text.count == sent.count ? nil : OTLPNumbers.double(text)
  }
}
