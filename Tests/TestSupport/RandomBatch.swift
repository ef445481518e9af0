package import Telemetry

/// Batches with everything a sender can put into them, the odd included.
package struct RandomBatch {
  private var random: SeededGenerator

  package init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  /// A batch of up to `limit` spans over a few resources and scopes.
  package mutating func next(limit: Int = 20) -> SpanBatch {
    var batch = SpanBatch()
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      var resource = ResourceRecord()
      resource.attributes = attributes(in: &batch)
      resource.schemaURL = maybe(text(in: &batch), .init())
      resource.droppedAttributes = maybe(3, 0)
      batch.resources.append(resource)
      var scope = ScopeRecord()
      scope.name = text(in: &batch)
      scope.version = text(in: &batch)
      scope.schemaURL = maybe(text(in: &batch), .init())
      scope.attributes = attributes(in: &batch)
      scope.droppedAttributes = maybe(.max, 0)
      batch.scopes.append(scope)
    }
    for _ in 0..<Int.random(in: 0...limit, using: &random) { addSpan(to: &batch) }
    return batch
  }

  private mutating func addSpan(to batch: inout SpanBatch) {
    var span = SpanRecord()
    span.traceHigh = random.next()
    span.traceLow = random.next() | 1
    span.spanID = random.next() | 1
    span.parentID = maybe(random.next(), 0)
    span.start = maybe(random.next() >> 1, 0)
    span.end = span.start &+ random.next() >> 20
    if span.end < span.start { span.marks.insert(.invalidDuration) }
    span.name = text(in: &batch)
    span.traceState = maybe(text(in: &batch), .init())
    span.statusMessage = maybe(text(in: &batch), .init())
    span.status = SpanStatus.allCases.randomElement(using: &random) ?? .unset
    span.kind = SpanKind.allCases.randomElement(using: &random) ?? .unspecified
    span.flags = maybe(UInt32(truncatingIfNeeded: random.next()), 0)
    span.droppedAttributes = maybe(7, 0)
    span.droppedEvents = maybe(8, 0)
    span.droppedLinks = maybe(9, 0)
    span.resource = .random(in: 0..<UInt32(batch.resources.count), using: &random)
    span.scope = .random(in: 0..<UInt32(batch.scopes.count), using: &random)
    span.attributes = attributes(in: &batch)
    span.events.start = UInt32(batch.events.count)
    for _ in 0..<maybe(2, 0) {
      var event = EventRecord()
      event.time = random.next()
      event.name = text(in: &batch)
      event.attributes = attributes(in: &batch)
      event.droppedAttributes = maybe(1, 0)
      batch.events.append(event)
      span.events.count += 1
    }
    span.links.start = UInt32(batch.links.count)
    for _ in 0..<maybe(2, 0) {
      var link = LinkRecord()
      link.traceHigh = random.next()
      link.traceLow = random.next()
      link.spanID = maybe(random.next(), 0)
      link.traceState = maybe(text(in: &batch), .init())
      link.attributes = attributes(in: &batch)
      link.flags = maybe(0x301, 0)
      link.droppedAttributes = maybe(1, 0)
      batch.links.append(link)
      span.links.count += 1
    }
    batch.spans.append(span)
  }

  private mutating func maybe<Value>(_ one: Value, _ other: Value) -> Value {
    Bool.random(using: &random) ? one : other
  }

  private static let texts = [
    "", "GET /", "naïve ünïcode 🐝", "quote \" and \\ back", "tab\tnew\nline", "\u{0}\u{1B}[31m",
    "</script>", "\u{202E}rtl", "\u{7F}", String(repeating: "x", count: 300),
  ]

  private mutating func string() -> String { Self.texts.randomElement(using: &random) ?? "" }

  private mutating func text(in batch: inout SpanBatch) -> ByteRange {
    batch.append(text: string())
  }

  private mutating func attributes(in batch: inout SpanBatch) -> RecordRange {
    let keys = ["http.method", "a", "", "ключ", "db.statement"]
    let entries = (0..<Int.random(in: 0...5, using: &random)).map { _ in
      AttributeValue.Entry(keys.randomElement(using: &random) ?? "", value(depth: 0))
    }
    return batch.append(attributes: entries)
  }

  private mutating func value(depth: Int) -> AttributeValue {
    switch Int.random(in: 0..<(depth < 3 ? 8 : 6), using: &random) {
    case 0: return .empty
    case 1: return .text(string())
    case 2: return .bool(.random(using: &random))
    case 3:
      return .integer([0, -1, .min, .max, 1 << 53 + 1].randomElement(using: &random) ?? 0)
    case 4:
      return .double(
        [0, -0.0, 1, 0.1, 1e300, 0x1p-1060, .nan, .infinity, -.infinity, 123_456_789.5]
          .randomElement(using: &random) ?? 0)
    case 5: return .text(string())
    case 6:
      // Bytes inside arrays are texts in a batch already, so only whole values are bytes.
      if depth == 0, Bool.random(using: &random) { return .bytes([0, 255, 7, 200]) }
      return .array(
        (0..<Int.random(in: 0...3, using: &random)).map { _ in value(depth: depth + 1) })
    default:
      return .map(
        (0..<Int.random(in: 0...3, using: &random)).map { index in
          AttributeValue.Entry("k\(index)", value(depth: depth + 1))
        })
    }
  }
}
