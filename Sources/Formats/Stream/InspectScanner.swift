/// Finds the end of an object that `util.inspect` printed, from its opening brace on, resumable.
///
/// A string never holds a raw line end there: they are escaped, even in template literals.
struct InspectScanner {
  private var depth = 0
  /// The quote that ends the open string; 0 outside of strings.
  private var quote: UInt8 = 0
  private var isEscaped = false
  /// The last byte outside of strings that is no blank.
  private var last: UInt8 = 0
  private var isLineStart = false

  var isInString: Bool { quote != 0 }

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
  ) -> BraceScanner.Outcome {
    var place = start
    while place < bytes.count {
      let byte = bytes[place]
      if quote != 0 {
        if byte == 0x0A { return .broken(place) }
        if isEscaped {
          isEscaped = false
        } else if byte == 0x5C {
          isEscaped = true
        } else if byte == quote {
          quote = 0
        }
        place += 1
        continue
      }
      let wasLineStart = isLineStart
      isLineStart = byte == 0x0A
      switch byte {
      case 0x22, 0x27, 0x60:
        quote = byte
        last = byte
      case 0x7B, 0x5B:
        // At the start of a line only an element of a list may open; else a new record begins.
        if wasLineStart, depth > 0, last != 0x5B, last != 0x2C, last != 0x3A {
          return .broken(place)
        }
        depth += 1
        last = byte
      case 0x7D, 0x5D:
        depth -= 1
        last = byte
        if depth <= 0 { return .closed(place + 1) }
      case 0x20, 0x09, 0x0A, 0x0D: break
      default: last = byte
      }
      place += 1
    }
    return .unfinished
  }
}
