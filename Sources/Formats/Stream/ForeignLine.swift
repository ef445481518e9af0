/// Log lines of another thread in the middle of a record.
enum ForeignLine {
  /// A line that no JSON has outside its texts.
  static func isInJSON(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = line.first else { return false }
    switch first {
    case 0x20, 0x09, 0x0A, 0x0D, 0x22, 0x7B, 0x7D, 0x5B, 0x5D, 0x2C, 0x3A: return false
    default: break
    }
    // A lone number, true, false, null, NaN: lost indentation.
    return line.count > 40
      || !line.allSatisfy { byte in
        isWord(byte) || byte == 0x2D || byte == 0x2B || byte == 0x2E || byte == 0x2C
          || byte == 0x0A || byte == 0x0D
      }
  }

  /// A line that `util.inspect` does not print: it indents all but the first and the last.
  ///
  /// Without its indentation a member still has a key and a colon, and an element a comma.
  static func isInInspect(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = line.first, isWord(first) || first == 0x5B else { return false }
    if first == 0x5B { return line.contains(0x20) && !line.contains(0x2C) }
    var place = 0
    while place < line.count, isWord(line[place]) || line[place] == 0x24 { place += 1 }
    if place + 1 < line.count, line[place] == 0x3A, line[place + 1] == 0x20 { return false }
    return line.contains(0x20)
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    (byte >= 0x30 && byte <= 0x39) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || byte == 0x5F
  }
}
