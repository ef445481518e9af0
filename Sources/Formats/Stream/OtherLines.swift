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
    while end > 0, line[end - 1] == 0x0A || line[end - 1] == 0x0D { end -= 1 }
    counts.otherLines += 1
    output.append(UnsafeBufferPointer(rebasing: line[..<end]))
  }

  /// What Java's logger puts before a span that it prints: no output of the program.
  private static func isExporterHeading(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    let text = line.trimmed
    let endings: [StaticString] = ["SpanExporter export", "SpanExporter -", "SpanExporter :"]
    return text.equals("INFO:") || endings.contains { text.ends(with: $0) }
  }

  private static func isBetweenRecords(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x09, 0x0A, 0x0D, 0x5B, 0x5D, 0x2C: true
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
