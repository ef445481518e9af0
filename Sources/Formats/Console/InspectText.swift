import Telemetry

/// Makes JSON of what `util.inspect` of Node prints.
///
/// `undefined` becomes null, what the depth limit hides (`[Object]`, `[Array]`) a text of these
/// words, `NaN` and the infinities texts as ``JSONRepair`` has them.
///
/// Source of the grammar: `lib/internal/util/inspect.js` of Node 10 to 24.
struct InspectText {
  private let text: UnsafeBufferPointer<UInt8>
  private var offset = 0
  private var out: [UInt8] = []

  private static let depthLimit = 64

  /// Appends the JSON of the value that `text` holds; false when it is none.
  ///
  /// - Complexity: O(bytes).
  static func json(of text: UnsafeBufferPointer<UInt8>, to out: inout [UInt8]) -> Bool {
    var reader = InspectText(text: text)
    reader.out.reserveCapacity(text.count + text.count / 4)
    guard reader.value(0) else { return false }
    swap(&reader.out, &out)
    return true
  }

  private init(text: UnsafeBufferPointer<UInt8>) { self.text = text }

  private var byte: UInt8 { offset < text.count ? text[offset] : 0 }

  private mutating func skipBlanks() {
    while offset < text.count, text[offset] <= 0x20 { offset += 1 }
  }

  private mutating func value(_ depth: Int) -> Bool {
    skipBlanks()
    guard depth < Self.depthLimit else { return false }
    switch byte {
    case 0x27, 0x22, 0x60: return string()
    case 0x7B: return list(0x7B, 0x7D, depth)
    case 0x5B: return isHidden ? hidden(depth) : list(0x5B, 0x5D, depth)
    case 0: return false
    default: return word(depth)
    }
  }

  // MARK: objects and arrays

  private mutating func list(_ opening: UInt8, _ closing: UInt8, _ depth: Int) -> Bool {
    offset += 1
    out.append(opening)
    var isFirst = true
    while true {
      skipBlanks()
      if byte == closing {
        offset += 1
        out.append(closing)
        return true
      }
      let isObject = opening == 0x7B
      if isObject, skipEllipsis() { continue }
      if !isFirst { out.append(0x2C) }
      isFirst = false
      if isObject {
        guard key() else { return false }
      }
      guard ellipsis() || value(depth + 1) else { return false }
      skipBlanks()
      if byte == 0x2C {
        offset += 1
      } else if byte != closing {
        return false
      }
    }
  }

  /// `... 3 more items`: members of an object that are not printed.
  private mutating func skipEllipsis() -> Bool {
    guard byte == 0x2E else { return false }
    while offset < text.count, byte != 0x7D, byte != 0x2C { offset += 1 }
    if byte == 0x2C { offset += 1 }
    return true
  }

  /// `... 3 more items` at the end of an array stays as an element, so that it can be seen.
  private mutating func ellipsis() -> Bool {
    guard byte == 0x2E else { return false }
    bare { $0 == 0x2C || $0 == 0x5D || $0 == 0x0A }
    return true
  }

  private mutating func key() -> Bool {
    if byte == 0x27 || byte == 0x22 || byte == 0x60 {
      guard string() else { return false }
    } else {
      bare { $0 == 0x3A || $0 == 0x20 || $0 == 0x0A || $0 == 0x2C || $0 == 0x7D }
    }
    skipBlanks()
    if byte == 0x3A {
      offset += 1
    } else if byte == 0x3D, offset + 1 < text.count, text[offset + 1] == 0x3E {
      // A map.
      offset += 2
    } else {
      return false
    }
    out.append(0x3A)
    return true
  }

  // MARK: words

  /// `[Array]`, `[Object: null prototype] {`, `[Function: f]`: a name directly behind the bracket.
  private var isHidden: Bool {
    let next = offset + 1 < text.count ? text[offset + 1] : 0
    return next | 0x20 >= 0x61 && next | 0x20 <= 0x7A
  }

  private mutating func hidden(_ depth: Int) -> Bool {
    let start = offset
    while offset < text.count, byte != 0x5D, byte != 0x0A { offset += 1 }
    guard byte == 0x5D else { return false }
    offset += 1
    let end = offset
    skipBlanks()
    if byte == 0x7B { return value(depth + 1) }
    offset = end
    CanonicalJSON.quote(UnsafeBufferPointer(rebasing: text[start..<end]), to: &out)
    return true
  }

  private mutating func word(_ depth: Int) -> Bool {
    let start = offset
    while offset < text.count, !Self.endsWord(byte) { offset += 1 }
    guard offset > start else { return false }
    let word = UnsafeBufferPointer(rebasing: text[start..<offset])
    if word.equals("true") || word.equals("false") || word.equals("null") {
      out.append(contentsOf: word)
    } else if word.equals("undefined") {
      out.append(contentsOf: "null".utf8)
    } else if word.equals("-0") {
      out.append(0x30)
    } else if OTLPNumbers.double(word) != nil, word[0] <= 0x39 {
      number(word)
    } else if word.last == 0x6E, word.dropLast().allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) {
      // A big integer.
      number(UnsafeBufferPointer(rebasing: word.dropLast()))
    } else {
      return classed(start, depth)
    }
    return true
  }

  /// Numbers are JSON's, but for infinities.
  private mutating func number(_ word: UnsafeBufferPointer<UInt8>) {
    if word.equals("-Infinity") {
      CanonicalJSON.quote(word, to: &out)
    } else {
      out.append(contentsOf: word)
    }
  }

  /// `Map(1) {…}`, `Uint8Array(2) [ 1, 2 ]`, `<ref *1> {…}`: the value behind the name; else the
  /// words themselves.
  private mutating func classed(_ start: Int, _ depth: Int) -> Bool {
    offset = start
    var ahead = start
    while ahead < text.count, text[ahead] != 0x0A, text[ahead] != 0x2C, text[ahead] != 0x7D {
      if text[ahead] == 0x7B || text[ahead] == 0x5B, ahead > start, text[ahead - 1] == 0x20 {
        offset = ahead
        return value(depth + 1)
      }
      ahead += 1
    }
    bare { $0 == 0x2C || $0 == 0x0A || $0 == 0x7D || $0 == 0x5D }
    return true
  }

  private static func endsWord(_ byte: UInt8) -> Bool {
    byte <= 0x20 || byte == 0x2C || byte == 0x7D || byte == 0x5D || byte == 0x7B || byte == 0x5B
  }

  /// Quotes what stands before a byte that ends it.
  private mutating func bare(until isEnd: (UInt8) -> Bool) {
    let start = offset
    while offset < text.count, !isEnd(text[offset]) { offset += 1 }
    var end = offset
    while end > start, text[end - 1] <= 0x20 { end -= 1 }
    CanonicalJSON.quote(UnsafeBufferPointer(rebasing: text[start..<end]), to: &out)
  }

  // MARK: strings

  /// One string, or several that `+` joins, in quotes of any kind.
  private mutating func string() -> Bool {
    out.append(0x22)
    while true {
      guard stringPart() else { return false }
      let end = offset
      skipBlanks()
      guard byte == 0x2B else {
        if byte == 0x2E {
          // `... 20 more characters`
          while offset < text.count, byte != 0x2C, byte != 0x0A, byte != 0x7D, byte != 0x5D {
            offset += 1
          }
          out.append(contentsOf: "…".utf8)
        } else {
          offset = end
        }
        out.append(0x22)
        return true
      }
      offset += 1
      skipBlanks()
      guard byte == 0x27 || byte == 0x22 || byte == 0x60 else { return false }
    }
  }

  private mutating func stringPart() -> Bool {
    let quote = byte
    offset += 1
    var start = offset
    while offset < text.count {
      let byte = text[offset]
      if byte != quote, byte != 0x5C, byte != 0x22, byte >= 0x20 {
        offset += 1
        continue
      }
      out.append(contentsOf: text[start..<offset])
      if byte == quote {
        offset += 1
        return true
      }
      if byte == 0x0A { return false }
      if byte == 0x5C {
        escape()
      } else if byte == 0x22 {
        out.append(contentsOf: "\\\"".utf8)
        offset += 1
      } else {
        control(byte)
        offset += 1
      }
      start = offset
    }
    return false
  }

  private mutating func escape() {
    let next = offset + 1 < text.count ? text[offset + 1] : 0
    switch next {
    case 0x78 where offset + 3 < text.count:
      // \xHH
      out.append(contentsOf: "\\u00".utf8)
      out.append(contentsOf: text[(offset + 2)...(offset + 3)])
      offset += 4
    case 0x75, 0x6E, 0x72, 0x74, 0x62, 0x66, 0x5C, 0x22:
      out.append(0x5C)
      out.append(next)
      offset += 2
    case 0x76:
      control(0x0B)
      offset += 2
    case 0x27, 0x60:
      out.append(next)
      offset += 2
    default:
      out.append(contentsOf: "\\\\".utf8)
      offset += 1
    }
  }

  private mutating func control(_ byte: UInt8) {
    out.append(contentsOf: byte < 0x10 ? "\\u000".utf8 : "\\u001".utf8)
    out.append(byte & 15 < 10 ? 0x30 + byte & 15 : 0x57 + byte & 15)
  }
}
