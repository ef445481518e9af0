import Telemetry

/// The text of the collector's `debug` exporter, and of `logging` before it: at verbosity `detailed`
/// all of a request, at `normal` a line a span.
///
/// Source of the shapes: `internal/otlptext` of the collector's debug exporter.
enum CollectorDebug {
  private static let first: [StaticString] = ["ResourceSpans #", "ResourceTraces #"]

  /// Lines at the first column that belong to a request.
  private static let headings: [StaticString] = [
    "Resource SchemaURL:", "Resource attributes:", "Resource labels:", "ScopeSpans #",
    "ScopeSpans SchemaURL:", "InstrumentationScope", "InstrumentationLibrary", "Span #",
    "Attributes:", "Events:", "SpanEvent #", "Links:", "SpanLink #", "ScopeTraces #",
    "Resource entity", "Entity",
  ]

  static func begins(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    first.contains { text.starts(with: $0) && isNumber(text, $0.utf8CodeUnitCount) }
  }

  private static func isNumber(_ text: UnsafeBufferPointer<UInt8>, _ position: Int) -> Bool {
    position < text.count && text[position] >= UInt8(ascii: "0")
      && text[position] <= UInt8(ascii: "9")
  }

  /// A request ends with the logger's own fields, behind a tab, or where another begins.
  static func judge(
    _ line: UnsafeBufferPointer<UInt8>, after block: UnsafeBufferPointer<UInt8>
  ) -> OpenRecord.Fit {
    if line.starts(with: "\t{") { return .last }
    if begins(line) || isLogLine(line) { return .beyond }
    // A resource and a scope come first: behind a heading alone this is another format's `Span #0`.
    if line.starts(with: "Span #"), !hasSecondLine(block) { return .beyond }
    // Rust prints `Span #0` as well, and other lines behind it.
    if isHeadingLast(block), !line.trimmed.isEmpty, case .inside = RustStdout.judge(line) {
      return .beyondLast
    }
    if isMember(line) || headings.contains(where: { line.starts(with: $0) }) { return .inside }
    // Of a text with line ends, or of another record that is indented.
    if line.starts(with: "    "), !isNormal(block) { return .doubtful }
    if isNormal(block) {
      return NormalLine(line.trimmed) != nil && !holdsJava(line) ? .inside : .foreign
    }
    return line.trimmed.isEmpty ? .inside : hasOpenValue(block) ? .doubtful : .foreign
  }

  /// What stands behind the first line of a request.
  static func isSecondLine(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    line.starts(with: "Resource SchemaURL:") || line.starts(with: "Resource attributes:")
      || line.starts(with: "Resource labels:") || line.starts(with: "ScopeSpans #")
      || line.starts(with: "ScopeTraces #") || line.starts(with: "InstrumentationLibrary")
  }

  private static func hasSecondLine(_ block: UnsafeBufferPointer<UInt8>) -> Bool {
    block.firstIndex(of: UInt8(ascii: "\n")).map {
      !block.part(($0 + 1)..<block.count).trimmed.isEmpty
    }
      ?? false
  }

  /// Java's `'name' : trace span KIND [tracer: …]` looks like a span's line as well.
  private static func holdsJava(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let quote = line.firstIndex(of: UInt8(ascii: "'")) else { return false }
    return JavaLogging(line.part(quote..<line.count)) != nil
  }

  /// `    Trace ID       : …` or `     -> key: …`
  private static func isMember(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    guard line.starts(with: "    "), line.count > 5 else { return false }
    if line[4] >= UInt8(ascii: "A"), line[4] <= UInt8(ascii: "Z") {
      return line.contains(UInt8(ascii: ":"))
    }
    return line.part(line.indentation..<line.count).starts(with: "-> ")
  }

  /// Whether the last line of a request is `Span #0`.
  private static func isHeadingLast(_ block: UnsafeBufferPointer<UInt8>) -> Bool {
    let end = block.last == UInt8(ascii: "\n") ? block.count - 1 : block.count
    let tail = block.part(max(0, end - 32)..<end)
    guard let start = tail.lastIndex(of: UInt8(ascii: "\n")) else { return false }
    return tail.part((start + 1)..<tail.count).starts(with: "Span #")
  }

  static func isNormal(_ block: UnsafeBufferPointer<UInt8>) -> Bool {
    block.starts(with: "ResourceTraces #")
  }

  /// Whether the last value has not been closed: texts are printed as they are, line ends included.
  private static func hasOpenValue(_ block: UnsafeBufferPointer<UInt8>) -> Bool {
    let text = block.trimmed
    guard text.last != UInt8(ascii: ")") else { return false }
    let tail = text.part(max(0, text.count - 4_096)..<text.count)
    var end = tail.count
    while end > 0 {
      let start = tail[..<end].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
      let line = tail.part(start..<end)
      end = start - 1
      if line.indentation >= 5, line.trimmed.starts(with: "-> ") {
        return line.contains(UInt8(ascii: "("))
      }
      if headings.contains(where: { line.starts(with: $0) }) { return false }
    }
    return false
  }

  /// `2026-11-22T22:57:44.000+0000<tab>info<tab>…`
  private static func isLogLine(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    guard line.count > 20, isNumber(line, 0), line[4] == UInt8(ascii: "-"),
      line[10] == UInt8(ascii: "T")
    else { return false }
    return line.prefix(48).contains(UInt8(ascii: "\t"))
  }

  /// How many spans a line says that were exported: at verbosity `basic` nothing else is printed.
  static func announcedSpans(_ root: TapeValue) -> Int {
    if let count = root.member("#spans")?.unsigned { return Int(clamping: count) }
    guard root.member("resource spans") != nil, let count = root.member("spans")?.unsigned else {
      return 0
    }
    return Int(clamping: count)
  }

  /// Appends the spans of a request.
  ///
  /// - Returns: how many.
  static func read(_ block: UnsafeBufferPointer<UInt8>, into batch: inout SpanBatch) -> Int {
    let before = batch.spans.count
    if isNormal(block) {
      CollectorDebugNormal.read(block, into: &batch)
    } else {
      var reader = CollectorDebugBlock(text: block)
      reader.read(into: &batch)
    }
    return batch.spans.count - before
  }

  /// `Str(…)`, `Int(…)` and so on, `STRING(…)` until 2022.
  static func append(
    _ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>,
    to batch: inout SpanBatch
  ) {
    guard let open = value.firstIndex(of: UInt8(ascii: "(")), value.last == UInt8(ascii: ")")
    else { return PrintedValue.append(text: value, name, to: &batch) }
    let content = value.part((open + 1)..<(value.count - 1))
    let type = value.part(0..<open)
    let key = batch.key(name)
    if type.isWord("int"), let integer = OTLPNumbers.integer(content) {
      batch.attributes.append(AttributeRecord(key: key, integer: integer))
    } else if type.isWord("double"), let double = double(content) {
      batch.attributes.append(AttributeRecord(key: key, double: double))
    } else if type.isWord("bool"), content.equals("true") || content.equals("false") {
      batch.attributes.append(AttributeRecord(key: key, bool: content.equals("true")))
    } else if type.isWord("bytes"), let bytes = Base64.bytes(content) {
      let range = bytes.withUnsafeBufferPointer { batch.append(bytes: $0) }
      batch.attributes.append(AttributeRecord(key: key, type: .bytes, bytes: range))
    } else if type.isWord("empty") || type.isWord("null") {
      batch.attributes.append(AttributeRecord(key: key, type: .empty, payload: 0))
    } else if type.isWord("slice") || type.isWord("array") || type.isWord("map"),
      appendJSON(name, content, &batch)
    {
      return
    } else if type.isWord("str") || type.isWord("string") {
      let range = batch.append(bytes: content)
      batch.attributes.append(AttributeRecord(key: key, type: .text, bytes: range))
    } else {
      PrintedValue.append(text: value, name, to: &batch)
    }
  }

  /// Go prints `+Inf`.
  private static func double(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
    OTLPNumbers.double(text) ?? OddNumber.double(text)
  }

  private static func appendJSON(
    _ name: UnsafeBufferPointer<UInt8>, _ json: UnsafeBufferPointer<UInt8>,
    _ batch: inout SpanBatch
  ) -> Bool {
    let isRead: Void? = try? TapeParser.borrow { parser throws(DecodeError) in
      PlainJSON.append(name, try parser.parse(json), 0, to: &batch)
    }
    return isRead != nil
  }
}
