import Telemetry

/// What was opened, and how its end is found.
enum RecordFrame: Sendable {
  /// An opening brace and blanks: what stands behind it will tell.
  case opening
  /// JSON.
  case braces(BraceScanner)
  /// What Node's `util.inspect` prints.
  case inspect(InspectScanner)
  /// `Span(…)` of old Python.
  case pythonText
  /// Lines up to one that ends them.
  case block(BlockFormat)

  /// What begins at the start of `text`, judged by its first words; nil: nothing.
  static func of(_ text: UnsafeBufferPointer<UInt8>) -> RecordFrame? {
    guard let first = text.first else { return nil }
    switch first {
    case 0x7B: return ofBrace(text)
    case 0x53 where PythonSpanText.begins(text, at: 0): return .pythonText
    default: return BlockFormat.of(text).map { .block($0) }
    }
  }

  /// Behind the brace of a JSON object stands a quote or its end.
  private static func ofBrace(_ text: UnsafeBufferPointer<UInt8>) -> RecordFrame? {
    var place = 1
    while place < text.count, text[place] <= 0x20 { place += 1 }
    guard place < text.count else { return .opening }
    switch text[place] {
    case 0x22, 0x7D: return .braces(BraceScanner())
    case 0x61...0x7A:
      let rest = UnsafeBufferPointer(rebasing: text[place...])
      if InspectScanner.begins(rest) { return .inspect(InspectScanner()) }
      return OStream.begins(rest) ? .block(.ostream) : nil
    default: return nil
    }
  }

  /// Whether a line cannot be part of what is open.
  func isForeign(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    switch self {
    case .braces(let scanner): !scanner.isInString && ForeignLine.isInJSON(line)
    case .inspect: ForeignLine.isInInspect(line)
    case .opening, .pythonText, .block: false
    }
  }

  /// A place at or after `start` where a record may begin.
  static func candidate(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    var place = start
    while place < text.count {
      switch text[place] {
      case 0x7B, 0x53, 0x41, 0x23, 0x27: return place
      default: place += 1
      }
    }
    return nil
  }

  /// Whether anything begins in a line.
  static func begins(in line: UnsafeBufferPointer<UInt8>) -> Bool {
    var from = 0
    while let place = candidate(line, from: from) {
      if of(UnsafeBufferPointer(rebasing: line[place...])) != nil { return true }
      from = place + 1
    }
    return false
  }
}
