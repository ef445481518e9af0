extension QueryResult {
  /// The table as RFC 4180: a header, then the rows, lines ending in CRLF.
  ///
  /// TOTAL and OTHER are left out, since a program that sums a column must not count them.
  /// A missing value is empty and an empty text is `""`; instants are Unix nanoseconds.
  ///
  /// - Complexity: O(cells of the table).
  package func csv() -> [UInt8] {
    var bytes: [UInt8] = []
    Self.write(columns.map { .text($0.name) }, to: &bytes)
    for row in rows { Self.write(row, to: &bytes) }
    return bytes
  }

  private static func write(_ row: [ResultValue], to bytes: inout [UInt8]) {
    for (index, value) in row.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      switch value {
      case .missing: break
      case .text(let text), .json(let text): write(text, to: &bytes)
      case .bool(let value): bytes += Array((value ? "true" : "false").utf8)
      case .integer(let value): bytes += Array(String(value).utf8)
      case .double(let value): bytes += Array(value.description.utf8)
      case .time(let value): bytes += Array(String(value).utf8)
      }
    }
    bytes += [0x0D, 0x0A]
  }

  private static func write(_ text: String, to bytes: inout [UInt8]) {
    let quote = UInt8(ascii: "\"")
    let isPlain =
      !text.isEmpty && text.utf8.first != 0x20 && text.utf8.last != 0x20
      && text.utf8.allSatisfy { $0 != quote && $0 != UInt8(ascii: ",") && $0 != 0x0A && $0 != 0x0D }
    guard !isPlain else { return bytes += Array(text.utf8) }
    bytes.append(quote)
    for byte in text.utf8 {
      if byte == quote { bytes.append(quote) }
      bytes.append(byte)
    }
    bytes.append(quote)
  }
}
