import Telemetry

/// Numbers and ids as JSON senders write them.
enum OTLPNumbers {
  /// A 64-bit unsigned number, given as number or text. A negative one keeps its bits, as a
  /// protobuf sender's would; anything else is nil.
  @inline(__always)
  static func unsigned(_ value: TapeValue) -> UInt64? {
    if value.isText { return unsigned(value.uncheckedText) }
    return value.unsigned ?? value.integer.map { UInt64(bitPattern: $0) } ?? pair(value)
  }

  /// `{"low":…,"high":…}`, the halves of a 64-bit number as JavaScript's libraries keep them, each
  /// signed or not; or `{"$numberLong":"…"}` as MongoDB writes one.
  private static func pair(_ value: TapeValue) -> UInt64? {
    guard value.isObject else { return nil }
    if value.count == 1, let long = value.member("$numberLong"), long.isText {
      return unsigned(long.uncheckedText)
    }
    func half(_ name: StaticString) -> Int64? {
      guard let half = value.member(name) else { return nil }
      return half.integer ?? (half.isText ? integer(half.uncheckedText) : nil)
    }
    guard let low = half("low"), let high = half("high"),
      (-1 << 31..<1 << 32).contains(low), (-1 << 31..<1 << 32).contains(high)
    else { return nil }
    return UInt64(truncatingIfNeeded: high) << 32 | UInt64(UInt32(truncatingIfNeeded: low))
  }

  /// A 32-bit count, given as number or text; 0 for anything else, the bits that fit for more.
  static func count(_ value: TapeValue) -> UInt32 {
    UInt32(truncatingIfNeeded: unsigned(value) ?? 0)
  }

  /// Decimal digits, perhaps behind a minus; eight at a time, since nanoseconds have nineteen.
  @inline(__always)
  static func unsigned(_ text: UnsafeBufferPointer<UInt8>) -> UInt64? {
    guard let base = text.baseAddress, text.count > 0 else { return nil }
    if base[0] == 0x2D { return integer(text).map { UInt64(bitPattern: $0) } }
    guard text.count <= 20 else { return nil }
    let raw = UnsafeRawPointer(base)
    var value: UInt64 = 0
    var offset = 0
    while offset &+ 8 <= text.count, offset < 16 {
      let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      guard let eight = eightDigits(word) else { return nil }
      value = value &* 100_000_000 &+ eight
      offset &+= 8
    }
    while offset < text.count {
      let digit = base[offset] &- 0x30
      guard digit < 10 else { return nil }
      let (product, isOver) = value.multipliedReportingOverflow(by: 10)
      let (sum, isOverToo) = product.addingReportingOverflow(UInt64(digit))
      if isOver || isOverToo { return nil }
      value = sum
      offset &+= 1
    }
    return value
  }

  /// Eight ASCII digits, the first in the lowest byte, or nil.
  ///
  /// Source: Daniel Lemire, "Quickly parsing eight digits", 2018.
  @inline(__always)
  private static func eightDigits(_ word: UInt64) -> UInt64? {
    let low = word &- 0x3030_3030_3030_3030
    guard (low | (low &+ 0x7676_7676_7676_7676)) & 0x8080_8080_8080_8080 == 0 else { return nil }
    let pairs = low &* 10 &+ low >> 8
    let first = (pairs & 0x0000_00FF_0000_00FF) &* 0x000F_4240_0000_0064
    let second = (pairs >> 16 & 0x0000_00FF_0000_00FF) &* 0x0000_2710_0000_0001
    return (first &+ second) >> 32
  }

  static func integer(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
    guard let first = text.first else { return nil }
    guard first == 0x2D else { return unsigned(text).flatMap { Int64(exactly: $0) } }
    let digits = UnsafeBufferPointer(rebasing: text[1...])
    guard let magnitude = unsigned(digits), digits.first != 0x2D, magnitude <= 1 << 63 else {
      return nil
    }
    return Int64(bitPattern: 0 &- magnitude)
  }

  /// A double in a text: the three words of protobuf's JSON, or a number.
  static func double(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
    if text.equals("NaN") { return .nan }
    if text.equals("Infinity") { return .infinity }
    if text.equals("-Infinity") { return -.infinity }
    guard let first = text.first, first < 0x3A else { return nil }
    return Double(String(decoding: text, as: UTF8.self))
  }

  /// Sixteen hex digits as a number, or nil.
  @inline(__always)
  static func hex16(_ digits: UnsafePointer<UInt8>) -> UInt64? {
    guard let high = hex8(digits), let low = hex8(digits + 8) else { return nil }
    return high << 32 | low
  }

  /// Eight hex digits at once, the first the most significant, or nil.
  ///
  /// Each byte is decoded as if it were a digit, written again in lower case, and compared.
  @inline(__always)
  private static func hex8(_ digits: UnsafePointer<UInt8>) -> UInt64? {
    let word = UInt64(bigEndian: UnsafeRawPointer(digits).loadUnaligned(as: UInt64.self))
    let letters = word >> 6 & 0x0101_0101_0101_0101
    var packed = (word & 0x0F0F_0F0F_0F0F_0F0F) &+ letters &* 9
    let overNine = (packed &+ 0x7676_7676_7676_7676) >> 7 & 0x0101_0101_0101_0101
    let written = packed &+ 0x3030_3030_3030_3030 &+ overNine &* 0x27
    guard written == word | letters << 5, packed & 0x1010_1010_1010_1010 == 0 else { return nil }
    packed = (packed | packed >> 4) & 0x00FF_00FF_00FF_00FF
    packed = (packed | packed >> 8) & 0x0000_FFFF_0000_FFFF
    return (packed | packed >> 16) & 0x0000_0000_FFFF_FFFF
  }
}
