extension CursesTerminal {
  /// Sends the text to the clipboard of the terminal, wherever that runs (OSC 52).
  ///
  /// Whether the terminal took it cannot be known. What is longer than 74,994 bytes encoded, the
  /// least limit among common terminals, is not sent.
  package func copy(_ text: String) {
    let encoded = Base64.encode(Array(text.utf8))
    guard encoded.utf8.count <= 74_994 else { return }
    let sequence = "\u{1B}]52;c;\(encoded)\u{07}"
    device.send(sequence)
    // tmux takes the plain form only with set-clipboard on, this one with allow-passthrough.
    if type.isTmux {
      device.send("\u{1B}Ptmux;" + "\u{1B}" + sequence + "\u{1B}\\")
    }
  }
}

/// RFC 4648 §4, with padding.
enum Base64 {
  static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let part = bytes[start..<min(start + 3, bytes.count)]
      var word = part.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      word <<= 8 * UInt32(3 - part.count)
      for place in 0..<4 {
        let digit = alphabet[Int(word >> (18 - 6 * UInt32(place)) & 63)]
        text.append(place <= part.count ? digit : UInt8(ascii: "="))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
}
