extension SpanBatch {
  /// Takes out the spans whose records lead out of the batch, so that whoever reads it needs no
  /// checks: ranges of the arena and of the tables, resource, scope and keys, also of the spans'
  /// events, links, resources and scopes. Whatever else is in the tables cannot be reached from a
  /// span afterwards, except that attributes of resources and scopes nobody uses are emptied.
  ///
  /// - Returns: how many spans were taken out.
  /// - Complexity: O(records); a valid batch is only read, and nothing is allocated for it.
  package mutating func removeInvalid() -> Int {
    if isValid { return 0 }
    return removeInvalidSpans()
  }

  /// Whether no record leads out of the batch.
  ///
  /// - Complexity: O(records), without an allocation.
  package var isValid: Bool {
    let limits = Limits(self)
    // Counted, not left early: the loops have no branches then.
    var bad = 0
    for range in keys.ranges { bad &+= limits.isInArena(range) ? 0 : 1 }
    attributes.withUnsafeBufferPointer { records in
      for record in records { bad &+= limits.isValid(record) ? 0 : 1 }
    }
    for event in events { bad &+= limits.isValid(event) ? 0 : 1 }
    for link in links { bad &+= limits.isValid(link) ? 0 : 1 }
    for resource in resources { bad &+= limits.isValid(resource) ? 0 : 1 }
    for scope in scopes { bad &+= limits.isValid(scope) ? 0 : 1 }
    spans.withUnsafeBufferPointer { spans in
      for index in spans.indices { bad &+= limits.isValid(spans[index]) ? 0 : 1 }
    }
    return bad == 0
  }

  private mutating func removeInvalidSpans() -> Int {
    let limits = Limits(self)
    let badKeys = keys.ranges.map { !limits.isInArena($0) }
    let attributes = BadCounts(self.attributes) { record in
      !limits.isValid(record) || badKeys[record.key]
    }
    let events = BadCounts(self.events) { event in
      !limits.isValid(event) || attributes.hasBad(event.attributes)
    }
    let links = BadCounts(self.links) { link in
      !limits.isValid(link) || attributes.hasBad(link.attributes)
    }
    let badResources = resources.map {
      !limits.isValid($0) || attributes.hasBad($0.attributes)
    }
    let badScopes = scopes.map { !limits.isValid($0) || attributes.hasBad($0.attributes) }
    let before = spans.count
    spans.removeAll { span in
      !limits.isValid(span) || attributes.hasBad(span.attributes) || events.hasBad(span.events)
        || links.hasBad(span.links) || badResources[Int(span.resource)]
        || badScopes[Int(span.scope)]
    }
    // Some readers go over all resources and scopes, whoever has them.
    for index in resources.indices where badResources[index] { resources[index] = .init() }
    for index in scopes.indices where badScopes[index] { scopes[index] = .init() }
    return before - spans.count
  }

  /// The sizes that records may not lead beyond.
  private struct Limits {
    let arena: UInt64
    let keys: Int
    let attributes: UInt64
    let events: UInt64
    let links: UInt64
    let resources: UInt32
    let scopes: UInt32

    init(_ batch: SpanBatch) {
      arena = UInt64(batch.arena.count)
      keys = batch.keys.count
      attributes = UInt64(batch.attributes.count)
      events = UInt64(batch.events.count)
      links = UInt64(batch.links.count)
      resources = UInt32(clamping: batch.resources.count)
      scopes = UInt32(clamping: batch.scopes.count)
    }

    @inline(__always)
    func isInArena(_ range: ByteRange) -> Bool {
      UInt64(range.offset) &+ UInt64(range.length) <= arena
    }

    /// The range of an empty table may say anything: nothing is read.
    @inline(__always)
    static func isIn(_ range: RecordRange, _ limit: UInt64) -> Bool {
      UInt64(range.start) &+ UInt64(range.count) <= limit
    }

    @inline(__always)
    func isValid(_ record: AttributeRecord) -> Bool {
      let hasBytes = AttributeRecord.typesWithBytes >> record.typeCode & 1 != 0
      // A payload beyond 32 bits is no offset, and the sum cannot overflow.
      let fits =
        record.payload <= UInt64(UInt32.max)
        && record.payload &+ UInt64(record.length) <= arena
      return record.key < keys && (!hasBytes || fits)
    }

    @inline(__always)
    func isValid(_ span: SpanRecord) -> Bool {
      isInArena(span.name) && isInArena(span.traceState) && isInArena(span.statusMessage)
        && Self.isIn(span.attributes, attributes) && Self.isIn(span.events, events)
        && Self.isIn(span.links, links) && span.resource < resources && span.scope < scopes
    }

    func isValid(_ event: EventRecord) -> Bool {
      isInArena(event.name) && Self.isIn(event.attributes, attributes)
    }

    func isValid(_ link: LinkRecord) -> Bool {
      isInArena(link.traceState) && Self.isIn(link.attributes, attributes)
    }

    func isValid(_ resource: ResourceRecord) -> Bool {
      isInArena(resource.schemaURL) && Self.isIn(resource.attributes, attributes)
    }

    func isValid(_ scope: ScopeRecord) -> Bool {
      isInArena(scope.name) && isInArena(scope.version) && isInArena(scope.schemaURL)
        && Self.isIn(scope.attributes, attributes)
    }
  }

  /// How many records of a table are bad before each one: any stretch is judged in O(1), however
  /// many spans claim it.
  private struct BadCounts {
    private var before: [UInt32] = [0]

    init<Record>(_ records: [Record], isBad: (Record) -> Bool) {
      before.reserveCapacity(records.count + 1)
      var count: UInt32 = 0
      for record in records {
        count += isBad(record) ? 1 : 0
        before.append(count)
      }
    }

    /// A stretch that leads out of the table is bad as well.
    func hasBad(_ range: RecordRange) -> Bool {
      guard range.indices.upperBound < before.count else { return true }
      return before[range.indices.upperBound] != before[range.indices.lowerBound]
    }
  }
}

extension AttributeRecord {
  /// A bit for each type whose value lies in the arena, by its raw value: text, bytes, array, map.
  @inline(__always) fileprivate static var typesWithBytes: UInt8 { 0b1110_0010 }
}
