/// Finds the end of a JSON object that begins at its opening brace, byte by byte, resumable.
///
/// It knows JSON's grammar, so that a line that is no part of the object is told from one that is;
/// a copy made before the line is the state to go back to. Numbers may be of any shape: the parser
/// judges them.
struct JSONScanner {
  private enum Expected: UInt8 {
    case value, valueOrEnd, key, keyOrEnd, colon, commaOrEnd
  }

  private enum Token: UInt8 {
    case none, string, number, word
  }

  private(set) var depth = 0
  /// The deepest nesting so far.
  private(set) var deepest = 0
  /// The containers around, the innermost in the lowest bit: set for an object.
  private var containers: UInt64 = 0
  /// Those further out, 64 at a time.
  private var outerContainers: [UInt64] = []
  private var expected = Expected.value
  private var token = Token.none
  private var isEscaped = false
  /// The letters of the word so far.
  private var word: UInt64 = 0
  /// A line ended inside a text: JSON has none, but wrapped copies do.
  private(set) var hasBrokenText = false

  enum Outcome: Equatable {
    /// The closing brace is the byte before this position.
    case closed(Int)
    /// Nothing goes on like this; how far it was read.
    case broken(Int)
    case unfinished
  }

  /// Whether the text so far ends inside a text.
  var isInText: Bool { token == .string }

  /// Whether a value may come next.
  var expectsValue: Bool { token == .none && (expected == .value || expected == .valueOrEnd) }

  /// Scans on from `start`.
  ///
  /// - Complexity: O(bytes).
  mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Outcome {
    // A local copy lives in registers.
    var scanner = self
    defer { self = scanner }
    return scanner.run(bytes, from: start)
  }

  @inline(__always)
  private mutating func run(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Outcome {
    guard let base = bytes.baseAddress else { return .unfinished }
    var index = start
    while index < bytes.count {
      if token == .string {
        if !isEscaped {
          index = JSONText.plainEnd(base, from: index, to: bytes.count)
          guard index < bytes.count else { break }
        }
        takeText(base[index])
        index += 1
        continue
      }
      let byte = base[index]
      if token != .none {
        if Self.isWordByte(byte) {
          word = word << 8 | UInt64(byte)
          index += 1
          continue
        }
        guard endWord() else { return .broken(index) }
      }
      switch byte {
      case 0x20, 0x09, 0x0A, 0x0D: break
      case UInt8(ascii: "\""):
        guard beginText() else { return .broken(index) }
      case UInt8(ascii: ":"):
        guard expected == .colon else { return .broken(index) }
        expected = .value
      case UInt8(ascii: ","):
        guard expected == .commaOrEnd else { return .broken(index) }
        expected = isInObject ? .key : .value
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        guard expected == .value || expected == .valueOrEnd else { return .broken(index) }
        open(isObject: byte == UInt8(ascii: "{"))
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        // A missing value is left to the parser, a bracket of the other kind is not.
        guard isInObject == (byte == UInt8(ascii: "}")) else { return .broken(index) }
        close()
        if depth == 0 { return .closed(index + 1) }
      default:
        guard beginWord(byte) else { return .broken(index) }
      }
      index += 1
    }
    return .unfinished
  }

  private var isInObject: Bool { containers & 1 == 1 }

  private mutating func open(isObject: Bool) {
    if depth > 0, depth & 63 == 0 { outerContainers.append(containers) }
    containers = containers << 1 | (isObject ? 1 : 0)
    depth += 1
    deepest = max(deepest, depth)
    expected = isObject ? .keyOrEnd : .valueOrEnd
  }

  private mutating func close() {
    depth -= 1
    containers >>= 1
    if depth > 0, depth & 63 == 0, let outer = outerContainers.popLast() { containers = outer }
    expected = .commaOrEnd
  }

  @inline(__always)
  private mutating func beginText() -> Bool {
    switch expected {
    case .value, .valueOrEnd: expected = .commaOrEnd
    case .key, .keyOrEnd: expected = .colon
    case .colon, .commaOrEnd: return false
    }
    token = .string
    return true
  }

  @inline(__always)
  private mutating func takeText(_ byte: UInt8) {
    if isEscaped {
      isEscaped = false
    } else if byte == UInt8(ascii: "\\") {
      isEscaped = true
    } else if byte == UInt8(ascii: "\"") {
      token = .none
      hasBrokenText = false
    } else if byte == UInt8(ascii: "\n") {
      hasBrokenText = true
    }
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
      || byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") || byte == UInt8(ascii: ".")
      || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "_")
  }

  private mutating func beginWord(_ byte: UInt8) -> Bool {
    guard expected == .value || expected == .valueOrEnd else { return false }
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): token = .number
    case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "N"),
      UInt8(ascii: "I"):
      token = .word
    default: return false
    }
    word = UInt64(byte)
    expected = .commaOrEnd
    return true
  }

  private static let words: [UInt64] = ["true", "false", "null", "NaN", "Infinity"].map { word in
    word.utf8.reduce(0) { $0 << 8 | UInt64($1) }
  }

  private mutating func endWord() -> Bool {
    let isKnown = token == .number || Self.words.contains(word)
    token = .none
    return isKnown
  }
}

/// Texts of JSON as they are written.
enum JSONText {
  /// The position of the next byte of a text that means something: a quote, a backslash, a line
  /// end.
  @inline(__always)
  static func plainEnd(_ base: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Int {
    let raw = UnsafeRawPointer(base)
    var index = start
    while index &+ 8 <= end {
      let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      let hits =
        zeros(word ^ ones &* UInt64(UInt8(ascii: "\"")))
        | zeros(word ^ ones &* UInt64(UInt8(ascii: "\\")))
        | zeros(word ^ ones &* UInt64(UInt8(ascii: "\n")))
      if hits != 0 { return index &+ hits.trailingZeroBitCount >> 3 }
      index &+= 8
    }
    while index < end, base[index] != UInt8(ascii: "\""), base[index] != UInt8(ascii: "\\"),
      base[index] != UInt8(ascii: "\n")
    {
      index &+= 1
    }
    return index
  }

  private static var ones: UInt64 { 0x0101_0101_0101_0101 }

  /// The high bit of the lowest byte that is zero, and perhaps of some above it.
  @inline(__always)
  private static func zeros(_ word: UInt64) -> UInt64 {
    (word &- ones) & ~word & 0x8080_8080_8080_8080
  }
}
