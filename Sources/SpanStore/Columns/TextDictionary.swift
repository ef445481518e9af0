/// The distinct texts of one column in one segment, in order of appearance.
///
/// A filter or a `contains` runs over these once, and then compares codes.
package struct TextDictionary: Sendable {
  /// The texts one after the other, UTF-8 as sent, unchecked.
  package private(set) var bytes: [UInt8]
  /// One more than there are texts.
  package private(set) var offsets: [UInt32]

  /// - Parameter offsets: where each text begins in `bytes`, and at last where the last one ends.
  package init(bytes: [UInt8] = [], offsets: [UInt32] = [0]) {
    (self.bytes, self.offsets) = (bytes, offsets)
  }

  /// Codes are the indices of `texts`; equal ones keep a code each.
  package init(_ texts: [String]) {
    self.init()
    for text in texts { append(text) }
  }

  package var count: Int { offsets.count - 1 }

  /// Adds a text under the next code, also if it is there already.
  package mutating func append(_ text: String) {
    bytes.append(contentsOf: text.utf8)
    offsets.append(UInt32(bytes.count))
  }

  /// Adds bytes as they are, valid UTF-8 or not.
  package mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
    bytes.append(contentsOf: text)
    offsets.append(UInt32(bytes.count))
  }

  /// The text with invalid UTF-8 repaired, a copy: loops read ``withBytes(_:_:)``.
  package subscript(code: Int) -> String {
    String(decoding: bytes[range(code)], as: UTF8.self)
  }

  /// Where the text lies in ``bytes``.
  package func range(_ code: Int) -> Range<Int> { Int(offsets[code])..<Int(offsets[code + 1]) }

  /// The text's bytes in place, nothing copied; the pointer is good only inside `body`.
  package func withBytes<Result>(
    _ code: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range(code)])) }
  }

  /// The code of a text; nil when no row has it.
  ///
  /// - Complexity: O(texts).
  package func code(of text: String) -> Int? {
    var text = text
    return text.withUTF8 { wanted in
      bytes.withUnsafeBufferPointer { bytes in
        for code in 0..<count {
          let range = range(code)
          guard range.count == wanted.count else { continue }
          if UnsafeBufferPointer(rebasing: bytes[range]).elementsEqual(wanted) { return code }
        }
        return nil
      }
    }
  }

  /// Heap bytes of texts and offsets.
  package var byteCount: Int { bytes.count + offsets.count * 4 }
}
