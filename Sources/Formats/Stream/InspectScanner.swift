/// Finds the end of an object that `util.inspect` printed, from its opening brace on, resumable.
///
/// A string never holds a raw line end there: they are escaped, even in template literals.
struct InspectScanner {
  private var depth = 0
  /// The quote that ends the open string; 0 outside of strings.
  private var quote: UInt8 = 0
  private var isEscaped = false

  /// Whether the members behind the brace are those of a span: the exporter prints `resource`
  /// first, and `traceId` before there was one.
  static func begins(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.starts(with: "traceId:") || text.starts(with: "resource:")
      || text.starts(with: "instrumentationScope:")
  }

  /// Scans on from `start`.
  ///
  /// - Complexity: O(bytes).
  mutating func scan(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> JSONScanner.Outcome {
    var index = start
    while index < bytes.count {
      let byte = bytes[index]
      if quote != 0 {
        if byte == UInt8(ascii: "\n") { return .broken(index) }
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == quote {
          quote = 0
        }
        index += 1
        continue
      }
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"): quote = byte
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        if depth <= 0 { return .closed(index + 1) }
      default: break
      }
      index += 1
    }
    return .unfinished
  }

  /// A line that is not indented and that `util.inspect` does not print: it indents all but the
  /// first and the last.
  ///
  /// Without its indentation a member still has a key and a colon, and an element a comma.
  static func isForeign(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = line.first, isWord(first) || first == UInt8(ascii: "[") else { return false }
    if first == UInt8(ascii: "[") {
      return line.contains(UInt8(ascii: " ")) && !line.contains(UInt8(ascii: ","))
    }
    var index = 0
    while index < line.count, isWord(line[index]) || line[index] == UInt8(ascii: "$") { index += 1 }
    if index + 1 < line.count, line[index] == UInt8(ascii: ":"),
      line[index + 1] == UInt8(ascii: " ")
    {
      return false
    }
    return line.contains(UInt8(ascii: " "))
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
      || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
      || byte == UInt8(ascii: "_")
  }
}
