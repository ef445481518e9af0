/// Base64 as RFC 4648 §4 defines it, with padding.
package enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// Padded, in the standard alphabet, without line breaks. For edges: it allocates as it goes.
  package static func text(_ bytes: some Collection<UInt8>) -> String {
    var out: [UInt8] = []
    out.reserveCapacity((bytes.count + 2) / 3 * 4)
    var rest = Array(bytes)[...]
    while !rest.isEmpty {
      let group = Array(rest.prefix(3))
      rest = rest.dropFirst(3)
      let bits =
        UInt32(group[0]) << 16 | UInt32(group.count > 1 ? group[1] : 0) << 8
        | UInt32(group.count > 2 ? group[2] : 0)
      out.append(alphabet[Int(bits >> 18 & 63)])
      out.append(alphabet[Int(bits >> 12 & 63)])
      out.append(group.count > 1 ? alphabet[Int(bits >> 6 & 63)] : 0x3D)
      out.append(group.count > 2 ? alphabet[Int(bits & 63)] : 0x3D)
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// The bytes of a base64 text in the standard or the URL-safe alphabet, padded or not; nil when
  /// it is none.
  package static func bytes(_ text: some Collection<UInt8>) -> [UInt8]? {
    var out: [UInt8] = []
    out.reserveCapacity(text.count / 4 * 3)
    var bits: UInt32 = 0
    var held = 0
    var padding = 0
    for byte in text {
      if byte == 0x3D {
        padding += 1
        continue
      }
      guard padding == 0, let value = value(byte) else { return nil }
      bits = bits << 6 | UInt32(value)
      held += 6
      if held >= 8 {
        held -= 8
        out.append(UInt8(truncatingIfNeeded: bits >> UInt32(held)))
      }
    }
    guard padding <= 2, held < 6 else { return nil }
    return out
  }

  private static func value(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x41...0x5A: byte - 0x41
    case 0x61...0x7A: byte - 0x61 + 26
    case 0x30...0x39: byte - 0x30 + 52
    case 0x2B, 0x2D: 62
    case 0x2F, 0x5F: 63
    default: nil
    }
  }
}
