import Telemetry

/// What was opened, and how its end is found.
enum RecordFrame: Sendable {
  /// An opening brace and blanks: what stands behind it will tell.
  case opening
  case json(JSONScanner)
  /// What Node's `util.inspect` prints.
  case inspect(InspectScanner)
  /// `Span(…)` of old Python, and how many lines it has.
  case pythonText(lines: Int)
  /// Lines up to one that ends them.
  case block(BlockFormat)

  var isBlock: Bool { if case .block = self { true } else { false } }

  var isOpening: Bool { if case .opening = self { true } else { false } }

  /// What begins at the start of `text`, judged by its first words; nil: nothing.
  static func of(_ text: UnsafeBufferPointer<UInt8>) -> RecordFrame? {
    guard let first = text.first else { return nil }
    switch first {
    case UInt8(ascii: "{"): return ofBrace(text)
    case UInt8(ascii: "S") where PythonSpanText.begins(text, at: 0): return .pythonText(lines: 1)
    default: return BlockFormat.of(text).map { .block($0) }
    }
  }

  /// Behind the brace of a JSON object stands a quote or its end.
  private static func ofBrace(_ text: UnsafeBufferPointer<UInt8>) -> RecordFrame? {
    var index = 1
    while index < text.count, text[index] <= UInt8(ascii: " ") { index += 1 }
    guard index < text.count else { return .opening }
    switch text[index] {
    case UInt8(ascii: "\""), UInt8(ascii: "}"): return .json(JSONScanner())
    case UInt8(ascii: "a")...UInt8(ascii: "z"):
      let rest = UnsafeBufferPointer(rebasing: text[index...])
      if InspectScanner.begins(rest) { return .inspect(InspectScanner()) }
      return OStream.begins(rest) ? .block(.ostream) : nil
    default: return nil
    }
  }

  /// A position at or after `start` where a record may begin.
  static func candidate(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    var index = start
    while index < text.count {
      switch text[index] {
      case UInt8(ascii: "{"), UInt8(ascii: "S"), UInt8(ascii: "A"), UInt8(ascii: "#"),
        UInt8(ascii: "'"), UInt8(ascii: "R"):
        return index
      default: index += 1
      }
    }
    return nil
  }

  /// Whether anything begins in a line.
  static func begins(in line: UnsafeBufferPointer<UInt8>) -> Bool {
    var from = 0
    while let index = candidate(line, from: from) {
      if of(UnsafeBufferPointer(rebasing: line[index...])) != nil { return true }
      from = index + 1
    }
    return false
  }
}
