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

  /// Values are not escaped: a line that is none of a span may belong to the value before.
  static func judge(
    _ block: UnsafeBufferPointer<UInt8>, _ line: UnsafeBufferPointer<UInt8>
  ) -> OpenRecord.Fit {
    let content = line.trimmed
    if line.first == UInt8(ascii: "}"), content.count == 1 { return .last }
    let indent = Indentation(line)
    let isOwn =
      switch indent.columns {
      case labelColumn, labelColumn + memberColumn:
        label(line, indent.bytes, line.count).map { isLabel(line.part($0).trimmed) } ?? false
      case memberColumn where content.count == 1:
        content.first == UInt8(ascii: "}") || hasElements(block)
      case memberColumn, 2 * memberColumn: isPair(content)
      default: false
      }
    return isOwn ? .inside : .doubtful
  }

  private static let labels: Set<String> = [
    "name", "trace_id", "span_id", "tracestate", "parent_span_id", "start", "duration",
    "description", "span kind", "status", "attributes", "events", "links", "resources", "instr-lib",
    "timestamp",
  ]

  private static func isLabel(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    labels.contains(String(decoding: name, as: UTF8.self))
  }

  /// `key: value`; a quote before the key is another format's.
  private static func isPair(_ content: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let colon = content.firstIndex(of: UInt8(ascii: ":")), colon > 0,
      content[0] != UInt8(ascii: "\"")
    else { return false }
    return colon + 1 == content.count || content[colon + 1] == UInt8(ascii: " ")
  }

  /// Whether events or links are being printed.
  private static func hasElements(_ block: UnsafeBufferPointer<UInt8>) -> Bool {
    var end = block.count
    while end > 0 {
      var start = end - 1
      while start > 0, block[start - 1] != UInt8(ascii: "\n") { start -= 1 }
      let line = block.part(start..<end)
      let indent = Indentation(line)
      if indent.columns == labelColumn, let name = label(line, indent.bytes, line.count) {
        let section = section(line.part(name).trimmed)
        return section == .events || section == .links
      }
      end = start
    }
    return false
  }
}
