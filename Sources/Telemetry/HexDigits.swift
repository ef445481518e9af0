/// Hex text of ids, both ways.
package enum HexDigits {
  /// The value of one ASCII hex digit, or nil.
  @inlinable
  package static func value(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte &- 0x30
    case 0x41...0x46: byte &- 0x37
    case 0x61...0x66: byte &- 0x57
    default: nil
    }
  }

  /// The lower-case digit of a value below 16.
  @inlinable
  package static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") &+ value : UInt8(ascii: "a") &- 10 &+ value
  }

  /// 16 lower-case digits.
  package static func text(_ value: UInt64) -> String {
    String(unsafeUninitializedCapacity: 16) { buffer in
      for offset in 0..<16 {
        buffer[offset] = digit(UInt8(truncatingIfNeeded: value >> UInt64((15 - offset) * 4)) & 0xF)
      }
      return 16
    }
  }

  /// 1 to 32 digits as two halves, padded with zeros on the left.
  package static func pair(_ digits: some Collection<UInt8>) -> (high: UInt64, low: UInt64)? {
    guard (1...32).contains(digits.count) else { return nil }
    var high: UInt64 = 0
    var low: UInt64 = 0
    for byte in digits {
      guard let digit = value(byte) else { return nil }
      high = high << 4 | low >> 60
      low = low << 4 | UInt64(digit)
    }
    return (high, low)
  }
}
