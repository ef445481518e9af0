import Telemetry

/// Deno's console exporter: a line a span, and indented lines of what else is known of it.
///
///     SPAN name [trace id/span id] Kind 1.250ms
///       parent: span id
///       status: Error (why)
///       scope: name@version
///       key: value
///       events:
///         - name (2026-03-01T10:00:00.000Z) { key: value }
///       links:
///         - trace id/span id
///
/// It tells how long a span took, not when it began. Values are not escaped.
///
/// Source of the shapes: `ext/telemetry/console_exporter.rs` of Deno, since 2.8.
enum DenoConsole {
  private typealias Text = UnsafeBufferPointer<UInt8>

  static func begins(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.starts(with: "SPAN ") else { return false }
    let end = ByteSearch.newline(in: text, from: 0) ?? text.count
    return Heading(text.part(0..<end)) != nil
  }

  /// Other signals and the next span end a span; a line that is not indented may be anybody's.
  static func judge(_ line: UnsafeBufferPointer<UInt8>) -> OpenRecord.Fit {
    if begins(line) || line.starts(with: "LOG [") || line.starts(with: "METRIC ") {
      return .beyond
    }
    guard line.starts(with: "  "), line.count > 2 else { return .foreign }
    let content = line.trimmed
    if line.starts(with: "    - ") || content.equals("events:") || content.equals("links:") {
      return .inside
    }
    return line[2] > UInt8(ascii: " ") && pair(content) != nil ? .inside : .foreign
  }

  /// Each span names its scope.
  static func isWhole(_ block: UnsafeBufferPointer<UInt8>) -> Bool {
    ByteSearch.has("\n  scope: ", in: block)
  }

  /// - Returns: whether the text was a span.
  static func read(_ block: UnsafeBufferPointer<UInt8>, into batch: inout SpanBatch) -> Bool {
    var lines = block.split(separator: UInt8(ascii: "\n"))[...]
    guard let first = lines.popFirst(), let heading = Heading(Text(rebasing: first)) else {
      return false
    }
    var span = PrintedSpan()
    span.setTrace(heading.traceID)
    span.setSpan(heading.spanID)
    span.record.setKind(word: heading.kind)
    span.record.name = batch.append(bytes: heading.name)
    span.record.end = heading.duration
    span.record.marks.insert(.noTimes)
    var isScopeRead = false
    var isInLinks = false
    for line in lines {
      let content = Text(rebasing: line).trimmed
      if Text(rebasing: line).starts(with: "    - ") {
        let element = content.part(2..<content.count)
        isInLinks ? link(element, &span) : event(element, &span, &batch)
      } else if content.equals("events:") || content.equals("links:") {
        isInLinks = content.equals("links:")
      } else if let (key, value) = pair(content) {
        // These three come before any attribute, which may have the same name.
        if isScopeRead {
          span.add(to: .span, &batch) { PrintedValue.append(key, value, to: &$0) }
        } else if key.equals("parent") {
          span.setParent(value)
        } else if key.equals("status") {
          status(value, &span, &batch)
        } else if key.equals("scope") {
          isScopeRead = true
          let at = value.lastIndex(of: UInt8(ascii: "@")) ?? value.count
          span.scope.name = batch.append(bytes: value.part(0..<at))
          span.scope.version = batch.append(
            bytes: value.part(min(at + 1, value.count)..<value.count))
        }
      }
    }
    // All spans name their scope: a first line alone is none.
    guard isScopeRead else { return false }
    span.append(to: &batch)
    return true
  }

  /// `key: value`, the key without blanks.
  private static func pair(_ content: Text) -> (key: Text, value: Text)? {
    guard let colon = content.firstIndex(of: UInt8(ascii: ":")), colon > 0,
      !content.part(0..<colon).contains(UInt8(ascii: " ")),
      colon + 1 == content.count || content[colon + 1] == UInt8(ascii: " ")
    else { return nil }
    return (content.part(0..<colon), content.part((colon + 1)..<content.count).trimmed)
  }

  private static func status(_ value: Text, _ span: inout PrintedSpan, _ batch: inout SpanBatch) {
    if value.equals("Ok") { span.record.status = .ok }
    guard value.starts(with: "Error") else { return }
    span.record.status = .error
    guard value.starts(with: "Error ("), value.last == UInt8(ascii: ")") else { return }
    span.record.statusMessage = batch.append(bytes: value.part(7..<(value.count - 1)))
  }

  /// `name (time) { key: value, key: value }`
  private static func event(_ text: Text, _ span: inout PrintedSpan, _ batch: inout SpanBatch) {
    var event = EventRecord()
    var name = text
    var attributes = Text(start: nil, count: 0)
    // The name may have parentheses of its own: the time stands in the last that hold one.
    var index = text.count
    while index > 0, let open = text[..<index].lastIndex(of: UInt8(ascii: "(")) {
      index = open
      let rest = text.part((open + 1)..<text.count)
      guard let close = rest.firstIndex(of: UInt8(ascii: ")")),
        let time = ConsoleTime.nanoseconds(rest.part(0..<close))
      else { continue }
      event.time = time
      name = text.part(0..<open).trimmed
      attributes = rest.part((close + 1)..<rest.count).trimmed
      break
    }
    event.name = batch.append(bytes: name)
    span.beginEvent(event)
    guard attributes.count > 2, attributes.first == UInt8(ascii: "{") else { return }
    let inner = attributes.part(1..<(attributes.count - 1))
    for part in inner.split(separator: UInt8(ascii: ",")) {
      guard let (key, value) = pair(Text(rebasing: part).trimmed) else { continue }
      span.add(to: .event, &batch) { PrintedValue.append(key, value, to: &$0) }
    }
  }

  private static func link(_ text: Text, _ span: inout PrintedSpan) {
    guard let slash = text.firstIndex(of: UInt8(ascii: "/")) else { return }
    let trace = IDText.trace(text.part(0..<slash))
    let id = IDText.span(text.part((slash + 1)..<text.count))
    var link = LinkRecord()
    (link.traceHigh, link.traceLow, link.spanID) = (trace.high, trace.low, id.id)
    span.beginLink(link)
  }

  /// The first line, read from its end: the name may hold anything.
  private struct Heading {
    var name: Text
    var traceID: Text
    var spanID: Text
    var kind: Text
    /// Nanoseconds.
    var duration: UInt64

    init?(_ line: Text) {
      let text = line.trimmed
      guard text.count > 60, text.starts(with: "SPAN "),
        let blank = text.lastIndex(of: UInt8(ascii: " ")),
        let length = TimeValue.length(text.part((blank + 1)..<text.count), .nanoseconds),
        let kindStart = text[..<blank].lastIndex(of: UInt8(ascii: " ")),
        // `[`, 32 digits, `/`, 16 digits, `]`
        kindStart >= 56, text[kindStart - 1] == UInt8(ascii: "]"),
        text[kindStart - 18] == UInt8(ascii: "/"), text[kindStart - 51] == UInt8(ascii: "[")
      else { return nil }
      traceID = text.part((kindStart - 50)..<(kindStart - 18))
      spanID = text.part((kindStart - 17)..<(kindStart - 1))
      guard HexDigits.pair(traceID) != nil, HexDigits.pair(spanID) != nil else { return nil }
      kind = text.part((kindStart + 1)..<blank)
      name = text.part(5..<max(5, kindStart - 52))
      duration = UInt64(max(0, length))
    }
  }
}
