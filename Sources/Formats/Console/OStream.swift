import Telemetry

/// C++'s `OStreamSpanExporter`: a line `{`, padded labels, a line `}`.
///
/// Source of the shapes: `exporters/ostream/src/span_exporter.cc` of opentelemetry-cpp.
enum OStream {
  /// Columns before the labels of a span.
  static let labelColumn = 2
  /// Columns before its attributes, and before the brackets of its events and links.
  static let memberColumn = Indentation.tabWidth
  /// Labels are padded to this length.
  private static let labelLength = 14

  enum Section {
    case attributes, events, links, resources
  }

  /// Whether the text behind an opening brace and its line end is that of a span.
  static func begins(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.starts(with: "name ") else { return false }
    let head = text.part(0..<min(text.count, 24))
    guard let colon = head.firstIndex(of: UInt8(ascii: ":")) else { return false }
    return head.part(0..<colon).dropFirst(4).allSatisfy { $0 == UInt8(ascii: " ") }
  }

  /// The padded label that begins at `start`, up to its colon.
  static func label(
    _ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int
  ) -> Range<Int>? {
    guard end > start + labelLength, text[start + labelLength] == UInt8(ascii: ":") else {
      return nil
    }
    return start..<(start + labelLength)
  }

  static func section(_ label: UnsafeBufferPointer<UInt8>) -> Section? {
    if label.equals("attributes") { return .attributes }
    if label.equals("events") { return .events }
    if label.equals("links") { return .links }
    return label.equals("resources") ? .resources : nil
  }

  /// Values are not escaped: what is not indented belongs to the one before.
  static func judge(_ line: UnsafeBufferPointer<UInt8>) -> BlockFormat.Line {
    guard line.first == UInt8(ascii: "}") else {
      return line.first == UInt8(ascii: "{") ? .beyond : .inside
    }
    return line.dropFirst().allSatisfy { $0 <= UInt8(ascii: " ") } ? .last : .inside
  }
}
