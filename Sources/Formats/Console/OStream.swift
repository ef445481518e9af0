import Telemetry

/// C++'s `OStreamSpanExporter`: a line `{`, padded labels, a line `}`.
///
/// Source of the shapes: `exporters/ostream/src/span_exporter.cc` of opentelemetry-cpp.
enum OStream {
  /// Whether the text behind an opening brace and its line end is that of a span.
  static func begins(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.starts(with: "name ") else { return false }
    let head = text.part(0..<min(text.count, 24))
    guard let colon = head.firstIndex(of: 0x3A) else { return false }
    return head.part(0..<colon).dropFirst(4).allSatisfy { $0 == 0x20 }
  }

  /// Values are not escaped: what is not indented belongs to the one before.
  static func judge(_ line: UnsafeBufferPointer<UInt8>) -> BlockFormat.Line {
    guard line.first == 0x7D else { return line.first == 0x7B ? .beyond : .inside }
    return line.dropFirst().allSatisfy { $0 <= 0x20 } ? .last : .inside
  }
}
