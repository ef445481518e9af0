/// The scalars of canonical JSON as bytes, for writers that make no objects of what they write.
package enum CanonicalJSON {
  /// A string literal: control characters, quotes and backslashes escaped, the rest as is.
  ///
  /// - Complexity: O(bytes), without an allocation beyond room in `out`.
  package static func quote(_ text: UnsafeBufferPointer<UInt8>, to out: inout [UInt8]) {
    out.append(UInt8(ascii: "\""))
    var start = 0
    for offset in 0..<text.count {
      let byte = text[offset]
      guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0x7F
      else { continue }
      out.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<offset]))
      start = offset + 1
      escape(byte, to: &out)
    }
    out.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
    out.append(UInt8(ascii: "\""))
  }

  /// The same of a text at hand.
  package static func quote(_ text: String, to out: inout [UInt8]) {
    var text = text
    text.withUTF8 { quote($0, to: &out) }
  }

  private static func escape(_ byte: UInt8, to out: inout [UInt8]) {
    out.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): out.append(byte)
    case UInt8(ascii: "\n"): out.append(UInt8(ascii: "n"))
    case UInt8(ascii: "\r"): out.append(UInt8(ascii: "r"))
    case UInt8(ascii: "\t"): out.append(UInt8(ascii: "t"))
    default:
      out.append(contentsOf: "u00".utf8)
      out.append(HexDigits.digit(byte >> 4))
      out.append(HexDigits.digit(byte & 15))
    }
  }

  /// Decimal digits; nothing is allocated beyond room in `out`.
  package static func integer(_ value: Int64, to out: inout [UInt8]) {
    var digits: (UInt64, UInt64, UInt32) = (0, 0, 0)
    withUnsafeMutableBytes(of: &digits) { digits in
      var offset = digits.count
      var rest = value.magnitude
      repeat {
        offset -= 1
        digits[offset] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
      } while rest > 0
      if value < 0 { out.append(UInt8(ascii: "-")) }
      out.append(contentsOf: digits[offset...])
    }
  }

  /// As ``integer(_:to:)``, up to 2^64 - 1.
  package static func unsigned(_ value: UInt64, to out: inout [UInt8]) {
    if value > UInt64(Int64.max) {
      integer(Int64(value / 10), to: &out)
      out.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value % 10))
    } else {
      integer(Int64(value), to: &out)
    }
  }

  /// A double, always with a point or an exponent; NaN and infinities as strings.
  package static func double(_ value: Double, to out: inout [UInt8]) {
    guard value.isFinite else {
      let name = value.isNaN ? "\"NaN\"" : value > 0 ? "\"Infinity\"" : "\"-Infinity\""
      return out.append(contentsOf: name.utf8)
    }
    out.append(contentsOf: value.description.utf8)
  }

  package static func bool(_ value: Bool, to out: inout [UInt8]) {
    out.append(contentsOf: (value ? "true" : "false").utf8)
  }

  package static func null(to out: inout [UInt8]) { out.append(contentsOf: "null".utf8) }

  /// A string literal of the bytes in base64, see ``Base64/text(_:)``.
  package static func base64(_ bytes: UnsafeBufferPointer<UInt8>, to out: inout [UInt8]) {
    out.append(UInt8(ascii: "\""))
    out.append(contentsOf: Base64.text(bytes).utf8)
    out.append(UInt8(ascii: "\""))
  }
}
