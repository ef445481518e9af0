import Telemetry

/// The text of Rust's `opentelemetry-stdout` since 0.25: `Spans`, the resource once, then `Span #0`
/// and lines indented by tabs. (Before, it printed OTLP JSON.)
///
/// Source of the shapes: `opentelemetry-stdout/src/trace/exporter.rs`.
enum RustStdout {
  static func begins(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    if isHeading(line, "Spans") { return true }
    guard line.starts(with: "Span #") else { return false }
    var place = 6
    while place < line.count, line[place] >= 0x30, line[place] <= 0x39 { place += 1 }
    return place > 6 && isEnd(line, place)
  }

  /// A print a line: what other threads print falls between. A span ends with the next one.
  static func judge(_ line: UnsafeBufferPointer<UInt8>) -> BlockFormat.Line {
    switch line.first {
    case 0x09, 0x0A, 0x0D: .inside
    case 0x52 where isHeading(line, "Resource"): .inside
    case 0x53 where begins(line): .beyond
    default: .foreign
    }
  }

  static func isHeading(_ line: UnsafeBufferPointer<UInt8>, _ word: StaticString) -> Bool {
    line.starts(with: word) && isEnd(line, word.utf8CodeUnitCount)
  }

  private static func isEnd(_ line: UnsafeBufferPointer<UInt8>, _ place: Int) -> Bool {
    place == line.count || line[place] == 0x0A || line[place] == 0x0D
  }

  /// Appends `key: String(Owned("v"))`, or `key=…` of a resource; false when it is none.
  static func append(
    _ pair: UnsafeBufferPointer<UInt8>, to batch: inout SpanBatch
  ) -> Bool {
    for place in pair.indices where pair[place] == 0x3A || pair[place] == 0x3D {
      var value = pair.part((place + 1)..<pair.count)
      if pair[place] == 0x3A {
        guard value.first == 0x20 else { continue }
        value = value.part(1..<value.count)
      }
      guard let kind = RustValue.Kind(value) else { continue }
      RustValue.append(pair.part(0..<place).trimmed, kind, value, to: &batch)
      return true
    }
    return false
  }
}
