import Telemetry

/// What stands before every line of one source, learned from the line that begins a record.
///
/// Times may differ from line to line, and with them the blanks that pad them. Other numbers may,
/// but tell one source from another where there are several.
struct PrefixShape: Sendable {
  /// How a line begins like the shape.
  struct Match {
    /// Bytes of the line.
    var length: Int
    /// Numbers, times apart, that are others.
    var differences: Int
    /// Bytes of the shape: fewer than it has when the line goes on differently.
    var matched: Int
  }

  let text: [UInt8]
  /// For each byte whether it belongs to a time.
  private let isTime: [Bool]

  /// A longer text is no prefix.
  private static let lengthLimit = 256

  /// Whether it is blank: a block of lines may stand indented as a whole.
  var isIndentation: Bool { !text.contains { $0 > UInt8(ascii: " ") } }

  /// Whether lines with it look indented.
  var beginsBlank: Bool { text.first.map { $0 <= UInt8(ascii: " ") } ?? false }

  /// - Returns: nil when the text is too long or empty.
  init?(_ text: UnsafeBufferPointer<UInt8>) {
    guard text.count <= Self.lengthLimit, !text.isEmpty else { return nil }
    self.text = Array(text)
    isTime = Self.times(in: text)
  }

  /// The shape's beginning.
  func prefix(_ count: Int) -> PrefixShape? {
    text.withUnsafeBufferPointer { PrefixShape($0.part(0..<min(count, $0.count))) }
  }

  /// - Returns: nil when the line begins differently, unless `isPartial`.
  func match(_ line: UnsafeBufferPointer<UInt8>, isPartial: Bool = false) -> Match? {
    var match = Match(length: 0, differences: 0, matched: 0)
    while match.matched < text.count {
      let byte = text[match.matched]
      let isSame: Bool
      if ByteClass.isDigit(byte) {
        isSame = passNumber(line, &match)
      } else if byte == UInt8(ascii: " ") {
        isSame = passBlanks(line, &match)
      } else if match.length < line.count,
        line[match.length] == byte || isFlag(match.matched, line[match.length])
      {
        match.length += 1
        match.matched += 1
        isSame = true
      } else {
        isSame = false
      }
      if !isSame { return isPartial ? match : nil }
    }
    return match
  }

  private func passNumber(_ line: UnsafeBufferPointer<UInt8>, _ match: inout Match) -> Bool {
    let mine = ByteClass.digitsEnd(text, match.matched)
    var start = match.length
    // A shorter number is padded.
    while start < line.count, line[start] == UInt8(ascii: " "), isTime[match.matched] { start += 1 }
    var end = start
    while end < line.count, ByteClass.isDigit(line[end]) { end += 1 }
    guard end > start else { return false }
    if !isTime[match.matched], !line[start..<end].elementsEqual(text[match.matched..<mine]) {
      match.differences += 1
    }
    match.length = end
    match.matched = mine
    return true
  }

  private func passBlanks(_ line: UnsafeBufferPointer<UInt8>, _ match: inout Match) -> Bool {
    var mine = match.matched
    while mine < text.count, text[mine] == UInt8(ascii: " ") { mine += 1 }
    let wanted = mine - match.matched
    var end = match.length
    // The last blanks stand before the content, which may begin with some itself.
    let limit = mine == text.count ? wanted : Int.max
    while end < line.count, line[end] == UInt8(ascii: " "), end - match.length < limit { end += 1 }
    let isLineEnd = end == line.count || line[end] <= UInt8(ascii: "\r")
    let isNumberNext = mine < text.count && ByteClass.isDigit(text[mine])
    guard end > match.length || match.matched == 0 || isLineEnd || isNumberNext else {
      return false
    }
    if mine == text.count, end - match.length < wanted, !isLineEnd { return false }
    match.length = end
    match.matched = mine
    return true
  }

  /// CRI's flag of a partial line, which is `P` or `F`.
  private func isFlag(_ index: Int, _ byte: UInt8) -> Bool {
    let flags = [UInt8(ascii: "P"), UInt8(ascii: "F")]
    return index >= 8 && flags.contains(text[index]) && flags.contains(byte)
      && text[index - 1] == UInt8(ascii: " ")
      && (text[..<(index - 1)].suffix(6).elementsEqual("stdout".utf8)
        || text[..<(index - 1)].suffix(6).elementsEqual("stderr".utf8))
  }

  /// The digits of clocks, dates, and seconds with a fraction.
  private static func times(in text: UnsafeBufferPointer<UInt8>) -> [Bool] {
    var isTime = [Bool](repeating: false, count: text.count)
    var start = 0
    while start < text.count {
      guard ByteClass.isDigit(text[start]) else {
        start += 1
        continue
      }
      var end = start
      var groups = 1
      var isClock = false
      var fraction = 0
      while end < text.count {
        if ByteClass.isDigit(text[end]) {
          end += 1
          fraction += 1
        } else if end + 1 < text.count, ByteClass.joinsTime(text[end]),
          ByteClass.isDigit(text[end + 1])
        {
          if text[end] == UInt8(ascii: ":") { isClock = true }
          groups += 1
          fraction = 0
          end += 1
        } else {
          break
        }
      }
      let isDate = groups >= 3
      let isSeconds = groups == 2 && fraction >= 3
      if isClock || isDate || isSeconds {
        for index in start..<end { isTime[index] = true }
      }
      start = max(end, start + 1)
    }
    return isTime
  }
}

/// Kinds of bytes in what log shippers print.
enum ByteClass {
  static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  /// Whether a byte between digits makes them one time.
  static func joinsTime(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ":"), UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: "-"),
      UInt8(ascii: "/"), UInt8(ascii: "T"), UInt8(ascii: "+"):
      true
    default: false
    }
  }

  /// Behind the digits that begin at `start`.
  static func digitsEnd(_ text: [UInt8], _ start: Int) -> Int {
    var end = start
    while end < text.count, isDigit(text[end]) { end += 1 }
    return end
  }
}
