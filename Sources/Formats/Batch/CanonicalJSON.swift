import Telemetry

/// Writes the canonical JSON of nested values as bytes; the same text as ``ValueJSON`` gives.
enum CanonicalJSON {
  /// A string literal: control characters, quotes and backslashes escaped, the rest as is.
  static func quote(_ text: UnsafeBufferPointer<UInt8>, to out: inout [UInt8]) {
    out.append(0x22)
    var start = 0
    for place in 0..<text.count {
      let byte = text[place]
      guard byte < 0x20 || byte == 0x22 || byte == 0x5C || byte == 0x7F else { continue }
      out.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<place]))
      start = place + 1
      escape(byte, to: &out)
    }
    out.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
    out.append(0x22)
  }

  private static func escape(_ byte: UInt8, to out: inout [UInt8]) {
    out.append(0x5C)
    switch byte {
    case 0x22, 0x5C: out.append(byte)
    case 0x0A: out.append(0x6E)
    case 0x0D: out.append(0x72)
    case 0x09: out.append(0x74)
    default:
      out.append(contentsOf: "u00".utf8)
      out.append(0x30 + byte >> 4)
      out.append(byte & 15 < 10 ? 0x30 + byte & 15 : 0x57 + byte & 15)
    }
  }

  static func integer(_ value: Int64, to out: inout [UInt8]) {
    var digits: (UInt64, UInt64, UInt32) = (0, 0, 0)
    withUnsafeMutableBytes(of: &digits) { digits in
      var place = digits.count
      var rest = value.magnitude
      repeat {
        place -= 1
        digits[place] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
      } while rest > 0
      if value < 0 { out.append(0x2D) }
      out.append(contentsOf: digits[place...])
    }
  }

  static func unsigned(_ value: UInt64, to out: inout [UInt8]) {
    if value > UInt64(Int64.max) {
      integer(Int64(value / 10), to: &out)
      out.append(0x30 + UInt8(truncatingIfNeeded: value % 10))
    } else {
      integer(Int64(value), to: &out)
    }
  }

  /// A double, always with a point or an exponent; NaN and infinities as strings.
  static func double(_ value: Double, to out: inout [UInt8]) {
    out.append(contentsOf: ValueJSON.number(value).utf8)
  }

  static func bool(_ value: Bool, to out: inout [UInt8]) {
    out.append(contentsOf: (value ? "true" : "false").utf8)
  }

  static func null(to out: inout [UInt8]) { out.append(contentsOf: "null".utf8) }

  static func base64(_ bytes: UnsafeBufferPointer<UInt8>, to out: inout [UInt8]) {
    out.append(0x22)
    out.append(contentsOf: Base64.text(bytes).utf8)
    out.append(0x22)
  }
}
