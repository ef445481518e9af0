import Telemetry

/// Records that lie whole in the bytes at hand: read in place, without a look at every brace.
///
/// It is a short cut for well-formed input. What it declines, and what is cut between two pieces of
/// input, goes the way of any text, with the same outcome.
enum WholeRecord {
  /// Reads a line that is one record: the lines of OTLP files, and of consoles that print a span a
  /// line.
  ///
  /// - Parameter slack: bytes readable behind the line.
  /// - Returns: false when the line is anything else.
  static func read(
    line: UnsafeBufferPointer<UInt8>, slack: Int, into batch: inout SpanBatch,
    _ report: inout DecodeReport
  ) -> Bool {
    guard line.first == 0x7B else { return false }
    var end = line.count
    while line[end - 1] <= 0x20 { end -= 1 }
    guard end > 1, line[end - 1] == 0x7D else { return false }
    let record = UnsafeBufferPointer(rebasing: line[..<end])
    return isTelemetry(record, slack: slack + line.count - end, into: &batch, &report)
  }

  /// Reads a record; what is noted of one that is none is forgotten, since it is read once more.
  private static func isTelemetry(
    _ record: UnsafeBufferPointer<UInt8>, slack: Int, into batch: inout SpanBatch,
    _ report: inout DecodeReport
  ) -> Bool {
    let known = (report.counts.unreadShapes, report.counts.announcedSpans)
    if RecordReader.read(record, slack: slack, into: &batch, &report) == .telemetry { return true }
    (report.counts.unreadShapes, report.counts.announcedSpans) = known
    return false
  }

  /// Where an indented record ends.
  struct Extent {
    /// Behind the line end that follows the closing brace.
    var end: Int
    var lines: Int
  }

  /// Reads an indented record that begins with the line at `start`.
  ///
  /// - Returns: nil when there is none, or not all of it.
  static func readIndented(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, into batch: inout SpanBatch,
    _ report: inout DecodeReport
  ) -> Extent? {
    guard let extent = extent(bytes, from: start) else { return nil }
    let record = UnsafeBufferPointer(rebasing: bytes[start..<extent.end])
    // Terminal colours are taken out line by line.
    guard !ByteSearch.has(0x1B, in: record),
      isTelemetry(record, slack: bytes.count - extent.end, into: &batch, &report)
    else { return nil }
    return extent
  }

  /// A brace alone on its line, a quote first in the next, lines that are indented, and a brace
  /// alone in the first column.
  ///
  /// - Complexity: O(bytes of the record). A line that is not indented ends the search, so that no
  ///   byte is looked at twice for two beginnings.
  private static func extent(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> Extent? {
    guard bytes[start] == 0x7B else { return nil }
    var offset = start + 1
    if offset < bytes.count, bytes[offset] == 0x0D { offset += 1 }
    guard offset < bytes.count, bytes[offset] == 0x0A else { return nil }
    var quote = offset + 1
    while quote < bytes.count, isIndent(bytes[quote]) { quote += 1 }
    guard quote < bytes.count, quote > offset + 1, bytes[quote] == 0x22 else { return nil }
    var lines = 1
    while let end = ByteSearch.newline(in: bytes, from: offset), end + 1 < bytes.count {
      offset = end + 1
      lines += 1
      if isIndent(bytes[offset]) { continue }
      guard bytes[offset] == 0x7D else { return nil }
      offset += 1
      if offset < bytes.count, bytes[offset] == 0x0D { offset += 1 }
      guard offset < bytes.count, bytes[offset] == 0x0A else { return nil }
      return Extent(end: offset + 1, lines: lines)
    }
    return nil
  }

  private static func isIndent(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}
