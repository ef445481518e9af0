import Telemetry

/// Texts in quotes in lines that are no JSON: `msg="{\"resourceSpans\":…}"` of logfmt,
/// `{"log"=>"…"}` of fluent-bit, elements of JSON lists, and fields of CSV, which double their
/// quotes.
enum QuotedText {
  private static let quote = UInt8(ascii: "\"")

  /// All texts of such lines have one name.
  private static let name = ByteHash.fold(1)

  /// The texts in which a record begins.
  ///
  /// - Complexity: O(*n*) in the line.
  static func all(in line: UnsafeBufferPointer<UInt8>) -> [LoggedText] {
    guard
      ByteSearch.has("{\\\"", in: line) || ByteSearch.has("{\"\"", in: line)
        || ByteSearch.has("\\n", in: line)
    else { return [] }
    var texts: [LoggedText] = []
    var start = 0
    while let open = line[start...].firstIndex(of: quote) {
      let close = end(line, from: open + 1)
      let quoted = line.part(open..<min(close + 1, line.count))
      if let bytes = text(quoted), bytes.withUnsafeBufferPointer({ LoggedText.begins(in: $0) }) {
        texts.append(LoggedText(name: name, bytes: bytes, members: []))
      }
      start = close + 1
      guard start < line.count else { break }
    }
    return texts
  }

  /// The index of the quote that ends a text, or the line's end.
  private static func end(_ line: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var index = start
    while index < line.count {
      switch line[index] {
      case UInt8(ascii: "\\"): index += 1
      case quote where index + 1 < line.count && line[index + 1] == quote: index += 1
      case quote: return index
      default: break
      }
      index += 1
    }
    return line.count
  }

  /// What stands between the quotes; nil when nothing in it is escaped: then it is no record.
  private static func text(_ quoted: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    guard quoted.count > 8, quoted.last == quote else { return nil }
    if ByteSearch.has("{\"\"", in: quoted) {
      var bytes: [UInt8] = []
      var index = 1
      while index < quoted.count - 1 {
        bytes.append(quoted[index])
        index += quoted[index] == quote ? 2 : 1
      }
      return bytes
    }
    guard quoted.contains(UInt8(ascii: "\\")) else { return nil }
    let read = try? TapeParser.borrow { parser throws(DecodeError) in
      let root = try parser.parse(quoted)
      return root.isText ? Array(root.uncheckedText) : []
    }
    return read.flatMap { $0.isEmpty ? nil : $0 }
  }
}
