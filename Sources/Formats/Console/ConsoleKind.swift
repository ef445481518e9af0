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
  fileprivate func isWord(_ word: StaticString) -> Bool {
    for place in indices where self[place] | 0x20 != word.utf8Start[place] { return false }
    return count == word.utf8CodeUnitCount
  }
}
