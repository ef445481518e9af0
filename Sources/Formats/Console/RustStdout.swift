import Telemetry

/// The text of Rust's `opentelemetry-stdout` since 0.25: `Spans`, the resource once, then `Span #0`
/// and lines indented by tabs. (Before, it printed OTLP JSON.)
///
/// Source of the shapes: `opentelemetry-stdout/src/trace/exporter.rs`.
enum RustStdout {
  static func begins(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    if isHeading(line, "Spans") { return true }
    guard line.starts(with: "Span #") else { return false }
    var offset = 6
    while offset < line.count, line[offset] >= 0x30, line[offset] <= 0x39 { offset += 1 }
    return offset > 6 && isEnd(line, offset)
  }

  /// A print a line: what other threads print falls between. A span ends with the next one.
  static func judge(_ line: UnsafeBufferPointer<UInt8>) -> OpenRecord.Fit {
    let content = line.trimmed
    guard let first = content.first else { return .inside }
    if line[0] > UInt8(ascii: " ") {
      if first == UInt8(ascii: "R"), isHeading(line, "Resource") { return .inside }
      return begins(line) || beginsOther(content) ? .beyond : .foreign
    }
    // .NET and others have lines of the same names, which stand further left.
    guard Indentation(line).columns >= Indentation.tabWidth else { return .foreign }
    return isMember(content) ? .inside : .doubtful
  }

  /// The headings of log records and metrics.
  private static func beginsOther(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    line.equals("Logs") || line.equals("Metrics") || line.starts(with: "Log #")
      || line.starts(with: "Metric #")
  }

  private static let labels: Set<String> = [
    "Name", "TraceId", "SpanId", "TraceFlags", "TraceState", "ParentSpanId", "Kind", "Start time",
    "End time", "Status", "Attributes", "Events", "Links", "Version", "SchemaUrl",
    "Scope Attributes", "Timestamp",
  ]

  /// Whether a line without its indentation is one of those that are printed for a span.
  private static func isMember(_ content: UnsafeBufferPointer<UInt8>) -> Bool {
    if content.starts(with: "-> ") || content.starts(with: "Event #")
      || content.starts(with: "Link #") || content.equals("Instrumentation Scope")
    {
      return true
    }
    guard let colon = content.firstIndex(of: UInt8(ascii: ":")) else { return false }
    return labels.contains(String(decoding: content.part(0..<colon).trimmed, as: UTF8.self))
  }

  /// Whether the lines that every span has were printed, up to its status.
  static func isWhole(_ block: UnsafeBufferPointer<UInt8>) -> Bool {
    var start = 0
    while let end = ByteSearch.newline(in: block, from: start) {
      let line = block.part(start..<end)
      if let first = line.first, first <= UInt8(ascii: " "), line.trimmed.starts(with: "Status") {
        return true
      }
      start = end + 1
    }
    return false
  }

  static func isHeading(_ line: UnsafeBufferPointer<UInt8>, _ word: StaticString) -> Bool {
    line.starts(with: word) && isEnd(line, word.utf8CodeUnitCount)
  }

  private static func isEnd(_ line: UnsafeBufferPointer<UInt8>, _ offset: Int) -> Bool {
    offset == line.count || line[offset] == 0x0A || line[offset] == 0x0D
  }

  /// Appends `key: String(Owned("v"))`, or `key=…` of a resource; false when it is none.
  static func append(
    _ pair: UnsafeBufferPointer<UInt8>, to batch: inout SpanBatch
  ) -> Bool {
    for offset in pair.indices where pair[offset] == 0x3A || pair[offset] == 0x3D {
      var value = pair.part((offset + 1)..<pair.count)
      if pair[offset] == 0x3A {
        guard value.first == 0x20 else { continue }
        value = value.part(1..<value.count)
      }
      guard let kind = RustValue.Kind(value) else { continue }
      RustValue.append(pair.part(0..<offset).trimmed, kind, value, to: &batch)
      return true
    }
    return false
  }
}
