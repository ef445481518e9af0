extension QueryError {
  /// The message with its position, counted in characters from 1: `unknown calculation 'P9x' at 11`.
  package func headline(in text: String) -> String {
    guard let range = located(in: text).range else { return message }
    return "\(message) at \(Self.column(of: range.lowerBound, in: text) + 1)"
  }

  /// The headline and the hint, the line of the text it is about, and a caret under the position.
  ///
  /// Long lines are cut around the position, so that both fit 100 columns.
  ///
  /// - Parameter hasHint: false leaves the hint to the caller.
  package func rendered(in text: String, hasHint: Bool = true) -> String {
    let hint = hasHint ? hint : nil
    let first = [headline(in: text), hint].compactMap(\.self).joined(separator: "; ")
    return Self.pointing(first, at: located(in: text).range, in: text)
  }

  /// A line of words, the line of the text it is about, and a caret under the position.
  static func pointing(_ first: String, at range: Range<Int>?, in text: String) -> String {
    guard let range, !text.isEmpty else { return first }
    let bytes = Array(text.utf8)
    let start = min(range.lowerBound, bytes.count)
    let newline = UInt8(ascii: "\n")
    let lineStart = bytes[..<start].lastIndex(of: newline).map { $0 + 1 } ?? 0
    let lineEnd = bytes[start...].firstIndex(of: newline) ?? bytes.count
    let end = min(max(range.upperBound, start), lineEnd)
    var before = Self.shown(bytes[lineStart..<start])
    let marked = Self.shown(bytes[start..<end]).prefix(60)
    var after = Self.shown(bytes[end..<lineEnd])
    if before.count > 60 { before = "…" + before.suffix(59) }
    if after.count > 30 { after = after.prefix(29) + "…" }
    let carets = String(repeating: "^", count: max(1, marked.count))
    return """
      \(first)
        \(before)\(marked)\(after)
        \(String(repeating: " ", count: before.count))\(carets)
      """
  }

  /// Characters before a UTF-8 offset.
  static func column(of offset: Int, in text: String) -> Int {
    String(decoding: text.utf8.prefix(max(0, offset)), as: UTF8.self).count
  }

  /// Control characters as spaces, so that a caret stays under its position.
  private static func shown(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes.map { $0 < 0x20 || $0 == 0x7F ? 0x20 : $0 }, as: UTF8.self)
  }
}

extension QueryWarning {
  /// The warning and the hint, the line of the text it is about, and a caret under the position.
  package func rendered(in text: String) -> String {
    guard let range = range(in: text) else { return self.text }
    let column = QueryError.column(of: range.lowerBound, in: text) + 1
    let first = ["\(message) at \(column)", hint].compactMap(\.self).joined(separator: "; ")
    return QueryError.pointing(first, at: range, in: text)
  }
}
