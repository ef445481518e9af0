package import Telemetry

/// Spans written one a line as `key=value` words, for scripts.
///
/// `trace`, `span`, `parent`: small numbers; `at`, `ms` (or `ns`): start and length; `name`,
/// `service`, `kind`, `status`, `message`, `library`, `version`, `state`, `flags`, `event`, `link`;
/// `end` overrides the end; `times=3` makes three such spans. Anything else is an attribute: `resource.` and `scope.` in front put it
/// there, a quoted value is a text, `[…]` an array, `0x…` bytes, and a bare word a text.
package struct ScriptSpans {
  package private(set) var batch = SpanBatch()
  /// Unix nanoseconds that `at=0` stands for.
  package static let base: UInt64 = 1_700_000_000_000_000_000

  private var resources: [String: UInt32] = [:]
  private var scopes: [String: UInt32] = [:]
  private var nextSpan: UInt64 = 1_000

  package init() {}

  package mutating func add(_ line: String) throws {
    var span = SpanRecord()
    var own: [AttributeValue.Entry] = []
    var resource: [AttributeValue.Entry] = []
    var scope: [AttributeValue.Entry] = []
    var library = (name: "", version: "")
    var length: UInt64 = 0
    var end: UInt64?
    var times = 1
    nextSpan += 1
    span.spanID = nextSpan
    span.traceHigh = 0x0AF7_6519_16CD_43DD
    span.traceLow = nextSpan
    span.start = Self.base
    for (key, text) in try ScriptWords.split(line) {
      let value = ScriptWords.value(text)
      switch key {
      case "times": times = Int(text) ?? 0
      case "trace": span.traceLow = UInt64(text) ?? 0
      case "span": span.spanID = UInt64(text) ?? 0
      case "parent": span.parentID = UInt64(text) ?? 0
      case "at": span.start = Self.base + (try ScriptWords.nanoseconds(text))
      case "start": span.start = UInt64(text) ?? 0
      case "ms": length = try ScriptWords.nanoseconds(text)
      case "ns": length = UInt64(text) ?? 0
      case "end": end = Self.base + (try ScriptWords.nanoseconds(text))
      case "name": span.name = batch.append(text: ScriptWords.text(text))
      case "service": resource.append(.init("service.name", .text(ScriptWords.text(text))))
      case "kind": span.kind = SpanKind.allCases.first { $0.name == text } ?? .unspecified
      case "status": span.status = SpanStatus.allCases.first { $0.name == text } ?? .unset
      case "message": span.statusMessage = batch.append(text: ScriptWords.text(text))
      case "state": span.traceState = batch.append(text: ScriptWords.text(text))
      case "flags": span.flags = UInt32(text) ?? 0
      case "library": library.name = ScriptWords.text(text)
      case "version": library.version = ScriptWords.text(text)
      case "event": addEvent(ScriptWords.text(text), &span)
      case "link": addLink(UInt64(text) ?? 0, &span)
      case _ where key.hasPrefix("resource."):
        resource.append(.init(String(key.dropFirst(9)), value))
      case _ where key.hasPrefix("scope."): scope.append(.init(String(key.dropFirst(6)), value))
      default: own.append(.init(key, value))
      }
    }
    span.end = end ?? span.start + length
    if span.end < span.start { span.marks.insert(.invalidDuration) }
    span.resource = self.resource(resource)
    span.scope = self.scope(scope, library)
    span.attributes = batch.append(attributes: own)
    batch.spans.append(span)
    for _ in 0..<times - 1 {
      nextSpan += 1
      span.spanID = nextSpan
      batch.spans.append(span)
    }
  }

  private mutating func resource(_ entries: [AttributeValue.Entry]) -> UInt32 {
    let key = "\(entries)"
    if let known = resources[key] { return known }
    var record = ResourceRecord()
    record.attributes = batch.append(attributes: entries)
    batch.resources.append(record)
    resources[key] = UInt32(batch.resources.count - 1)
    return UInt32(batch.resources.count - 1)
  }

  private mutating func scope(
    _ entries: [AttributeValue.Entry], _ library: (name: String, version: String)
  ) -> UInt32 {
    let key = "\(entries)\(library)"
    if let known = scopes[key] { return known }
    var record = ScopeRecord()
    record.name = batch.append(text: library.name)
    record.version = batch.append(text: library.version)
    record.attributes = batch.append(attributes: entries)
    batch.scopes.append(record)
    scopes[key] = UInt32(batch.scopes.count - 1)
    return UInt32(batch.scopes.count - 1)
  }

  private mutating func addEvent(_ text: String, _ span: inout SpanRecord) {
    var event = EventRecord()
    let parts = text.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
    let name = parts.first ?? ""
    event.time = span.start
    event.name = batch.append(text: name)
    var entries: [AttributeValue.Entry] = parts.dropFirst().compactMap { part in
      let pair = part.split(separator: ":", maxSplits: 1).map(String.init)
      return pair.count == 2 ? .init(pair[0], ScriptWords.value(pair[1])) : nil
    }
    if entries.isEmpty { entries = [.init("note", .text("noted \(name)"))] }
    event.attributes = batch.append(attributes: entries)
    if span.events.count == 0 { span.events.start = UInt32(batch.events.count) }
    batch.events.append(event)
    span.events.count += 1
  }

  private mutating func addLink(_ id: UInt64, _ span: inout SpanRecord) {
    var link = LinkRecord()
    link.traceLow = id
    link.spanID = id
    link.attributes = batch.append(attributes: [.init("kind", .text("follows"))])
    if span.links.count == 0 { span.links.start = UInt32(batch.links.count) }
    batch.links.append(link)
    span.links.count += 1
  }
}
