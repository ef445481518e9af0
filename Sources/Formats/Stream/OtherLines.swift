import Telemetry

extension DecodeReport {
  /// Counts lines that are no record.
  mutating func addOther(lines text: UnsafeBufferPointer<UInt8>) {
    var start = 0
    while start < text.count {
      let end = ByteSearch.newline(in: text, from: start) ?? text.count
      addOther(line: UnsafeBufferPointer(rebasing: text[start..<end]))
      start = end + 1
    }
  }

  /// Counts one line, or a part of one; brackets and commas between records are nothing.
  mutating func addOther(line: UnsafeBufferPointer<UInt8>) {
    guard line.contains(where: { !Self.isBetweenRecords($0) }), !Self.isExporterHeading(line) else {
      return
    }
    var end = line.count
    while end > 0, line[end - 1] == UInt8(ascii: "\n") || line[end - 1] == UInt8(ascii: "\r") {
      end -= 1
    }
    counts.otherLines += 1
    if !counts.hasYAML { counts.hasYAML = Self.isYAML(line) }
    output.append(UnsafeBufferPointer(rebasing: line[..<end]))
  }

  /// Counts what stands before a record in its line, unless it is a log shipper's or logger's
  /// prefix.
  mutating func addOther(before text: UnsafeBufferPointer<UInt8>) {
    if !Self.isPrefix(text) { addOther(line: text) }
  }

  /// Behind a prefix stands a blank, and before that a mark that sets it off, or a time within.
  private static func isPrefix(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.last == UInt8(ascii: " ") || text.last == UInt8(ascii: "\t"), text.count <= 256,
      let mark = text.last(where: { $0 > UInt8(ascii: " ") })
    else { return false }
    switch mark {
    case UInt8(ascii: "|"), UInt8(ascii: ":"), UInt8(ascii: "]"), UInt8(ascii: ">"): return true
    default: break
    }
    return text.indices.dropFirst().dropLast().contains { index in
      text[index] == UInt8(ascii: ":") && ByteClass.isDigit(text[index - 1])
        && ByteClass.isDigit(text[index + 1])
    }
  }

  /// `resourceSpans:` as a key of YAML, perhaps in a list.
  private static func isYAML(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    guard line.count < 64 else { return false }
    var text = line.trimmed
    if text.starts(with: "- ") { text = text.part(2..<text.count).trimmed }
    return text.equals("resourceSpans:") || text.equals("resource_spans:")
  }

  /// What Java's logger puts before a span that it prints: no output of the program.
  private static func isExporterHeading(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    let text = line.trimmed
    let endings: [StaticString] = ["SpanExporter export", "SpanExporter -", "SpanExporter :"]
    return text.equals("INFO:") || endings.contains { text.ends(with: $0) }
  }

  private static func isBetweenRecords(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ","): true
    default: false
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether these bytes end with those of an ASCII literal.
  fileprivate func ends(with text: StaticString) -> Bool {
    let length = text.utf8CodeUnitCount
    return count >= length && part((count - length)..<count).equals(text)
  }
}
