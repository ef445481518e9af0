import Telemetry

extension SpanRecord {
  /// Sets the kind a word names in any case, perhaps behind a dot: `SpanKind.SERVER`, `internal`.
  ///
  /// An unknown word is marked.
  mutating func setKind(word text: UnsafeBufferPointer<UInt8>) {
    let dot = text.lastIndex(of: 0x2E) ?? -1
    let word = UnsafeBufferPointer(rebasing: text[(dot + 1)...])
    if let kind = Self.kind(word) {
      self.kind = kind
    } else {
      marks.insert(.unknownEnum)
    }
  }

  private static func kind(_ word: UnsafeBufferPointer<UInt8>) -> SpanKind? {
    switch word.count {
    case 6 where word.isWord("server"): .server
    case 6 where word.isWord("client"): .client
    case 8 where word.isWord("internal"): .internal
    case 8 where word.isWord("producer"): .producer
    case 8 where word.isWord("consumer"): .consumer
    case 11 where word.isWord("unspecified"): .unspecified
    default: nil
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether this is the word, which is in small letters, in any case.
  func isWord(_ word: StaticString) -> Bool {
    guard count == word.utf8CodeUnitCount else { return false }
    for offset in indices where !isSame(self[offset], word.utf8Start[offset]) { return false }
    return true
  }

  /// An underscore and a letter's other case are 32 apart from nothing and from the letter.
  private func isSame(_ byte: UInt8, _ wanted: UInt8) -> Bool {
    byte == wanted || (wanted >= 0x61 && wanted <= 0x7A && byte == wanted &- 0x20)
  }
}
