/// The member names of OTLP JSON, in whatever spelling they come.
///
/// Source: opentelemetry-proto, *JSON Protobuf Encoding*; names before OTLP 0.15 and of Grafana
/// Tempo beside them.
enum OTLPField: UInt8 {
  case unknown
  // what holds one signal
  case resourceSpans, resourceLogs, resourceMetrics, resourceProfiles
  case scopeSpans, scopeLogs, scopeMetrics
  case spans, logRecords, metrics
  case batches, trace
  // owners
  case resource, scope, schemaURL, version
  // spans, events and links
  case traceID, spanID, parentSpanID, traceState, flags, name, kind, start, end, time
  case events, links, status, code, message
  case attributes, droppedAttributes, droppedEvents, droppedLinks
  // values
  case key, value, values, type
  case string, bool, integer, double, bytes, array, map

  /// Names in lowerCamelCase; the snake_case ones follow from them.
  fileprivate static let names: [(StaticString, OTLPField)] = [
    ("resourceSpans", .resourceSpans), ("resourceLogs", .resourceLogs),
    ("resourceMetrics", .resourceMetrics), ("resourceProfiles", .resourceProfiles),
    ("scopeSpans", .scopeSpans), ("scopeLogs", .scopeLogs), ("scopeMetrics", .scopeMetrics),
    ("instrumentationLibrarySpans", .scopeSpans), ("instrumentationLibraryLogs", .scopeLogs),
    ("instrumentationLibraryMetrics", .scopeMetrics),
    ("spans", .spans), ("logRecords", .logRecords), ("logs", .logRecords), ("metrics", .metrics),
    ("batches", .batches), ("trace", .trace),
    ("resource", .resource), ("scope", .scope), ("instrumentationLibrary", .scope),
    ("schemaUrl", .schemaURL), ("version", .version),
    ("traceId", .traceID), ("spanId", .spanID), ("parentSpanId", .parentSpanID),
    ("traceState", .traceState), ("flags", .flags), ("name", .name), ("kind", .kind),
    ("startTimeUnixNano", .start), ("endTimeUnixNano", .end), ("timeUnixNano", .time),
    ("events", .events), ("links", .links), ("status", .status), ("code", .code),
    ("message", .message), ("attributes", .attributes),
    ("droppedAttributesCount", .droppedAttributes), ("droppedEventsCount", .droppedEvents),
    ("droppedLinksCount", .droppedLinks),
    ("key", .key), ("value", .value), ("values", .values), ("type", .type),
    ("stringValue", .string), ("boolValue", .bool), ("intValue", .integer),
    ("doubleValue", .double), ("bytesValue", .bytes), ("arrayValue", .array),
    ("kvlistValue", .map), ("kvListValue", .map),
  ]
}

/// Finds fields by name with one hash and one comparison.
///
/// It holds a pointer to a table that is made once and never freed, so that hot loops neither
/// count references nor ask whether a global is there yet.
struct OTLPFieldTable: @unchecked Sendable {
  static let shared = OTLPFieldTable()

  private struct Slot {
    /// The first eight bytes, zero behind the end of shorter names.
    var head: UInt64 = 0
    var count = 0
    var name: UnsafePointer<UInt8>?
    var field = OTLPField.unknown
  }

  /// Four slots a name, so that nearly all are found at once.
  private static let slotCount = 512
  private let slots: UnsafeMutablePointer<Slot>

  private init() {
    slots = .allocate(capacity: Self.slotCount)
    slots.initialize(repeating: Slot(), count: Self.slotCount)
    for (name, field) in OTLPField.names {
      let camel = Array(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
      add(camel, field)
      let snake = camel.flatMap { $0 < 0x61 ? [0x5F, $0 + 0x20] : [$0] }
      if snake != camel { add(snake, field) }
      let folded = camel.map { $0 < 0x61 ? $0 + 0x20 : $0 }
      if folded != camel, folded != snake, exact(folded) == .unknown { add(folded, field) }
    }
  }

  private func exact(_ name: [UInt8]) -> OTLPField {
    // Eight bytes are read from any name.
    (name + [UInt8](repeating: 0, count: 8)).withUnsafeBufferPointer {
      exact(UnsafeBufferPointer(rebasing: $0[..<name.count]))
    }
  }

  private func add(_ name: [UInt8], _ field: OTLPField) {
    // Eight bytes more, since heads are loaded whole.
    let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: name.count + 8)
    bytes.initialize(repeating: 0, count: name.count + 8)
    bytes.update(from: name, count: name.count)
    let head = Self.head(bytes, name.count)
    var index = Self.hash(head, name.count)
    while slots[index].count > 0 { index = (index + 1) % Self.slotCount }
    slots[index] = Slot(head: head, count: name.count, name: bytes, field: field)
  }

  @inline(__always)
  private static func head(_ name: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
    let word = UInt64(littleEndian: UnsafeRawPointer(name).loadUnaligned(as: UInt64.self))
    return count >= 8 ? word : word & ~(UInt64.max << UInt64(count &* 8))
  }

  @inline(__always)
  private static func hash(_ head: UInt64, _ count: Int) -> Int {
    let mixed = (head ^ UInt64(truncatingIfNeeded: count)) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed >> 55)
  }

  /// The field of that name in whatever case, with or without underscores; the name lies on a tape:
  /// eight bytes are readable from its start.
  @inline(__always)
  func field(_ name: UnsafeBufferPointer<UInt8>) -> OTLPField {
    let field = exact(name)
    return field == .unknown ? folded(name) : field
  }

  /// Longer names are none.
  private static let nameLimit = 40

  @inline(never)
  private func folded(_ name: UnsafeBufferPointer<UInt8>) -> OTLPField {
    guard name.count <= Self.nameLimit,
      name.contains(where: { $0 == UInt8(ascii: "_") || ($0 >= 0x41 && $0 <= 0x5A) })
    else { return .unknown }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.nameLimit + 8) { buffer in
      buffer.initialize(repeating: 0)
      var count = 0
      for byte in name where byte != UInt8(ascii: "_") {
        buffer[count] = byte >= 0x41 && byte <= 0x5A ? byte + 0x20 : byte
        count += 1
      }
      return exact(UnsafeBufferPointer(rebasing: UnsafeBufferPointer(buffer)[..<count]))
    }
  }

  /// The field of a name as the specification or snake case spells it.
  @inline(__always)
  func exact(_ name: UnsafeBufferPointer<UInt8>) -> OTLPField {
    guard let base = name.baseAddress else { return .unknown }
    let head = Self.head(base, name.count)
    var index = Self.hash(head, name.count)
    while slots[index].count > 0 {
      if slots[index].head == head, slots[index].count == name.count,
        let known = slots[index].name,
        name.count <= 8 || ByteSearch.areEqual(known + 8, base + 8, name.count &- 8)
      {
        return slots[index].field
      }
      index = (index &+ 1) & (Self.slotCount &- 1)
    }
    return .unknown
  }
}
