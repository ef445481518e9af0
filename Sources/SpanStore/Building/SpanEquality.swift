import Telemetry

/// Whether two spans are the same in every field: a resend, not a collision of ids.
struct SpanEquality {
  let left: SpanBatch
  let right: SpanBatch

  /// Compares a row of `left` with one of `right`. The order of a span's attributes means nothing,
  /// except among those of one key: a span that was read back from a segment has them in another.
  func areEqual(_ a: Int, _ b: Int) -> Bool {
    let (x, y) = (left.spans[a], right.spans[b])
    guard x.spanID == y.spanID, x.parentID == y.parentID, x.start == y.start, x.end == y.end,
      x.kind == y.kind, x.status == y.status, x.flags == y.flags,
      x.attributes.count == y.attributes.count, x.events.count == y.events.count,
      x.links.count == y.links.count, x.droppedAttributes == y.droppedAttributes,
      x.droppedEvents == y.droppedEvents, x.droppedLinks == y.droppedLinks
    else { return false }
    return bytes(x.name, y.name) && bytes(x.statusMessage, y.statusMessage)
      && bytes(x.traceState, y.traceState)
      && (attributes(x.attributes, y.attributes) || sorted(x.attributes, y.attributes))
      && events(x.events, y.events) && links(x.links, y.links)
      && resources(left.resources[Int(x.resource)], right.resources[Int(y.resource)])
      && scopes(left.scopes[Int(x.scope)], right.scopes[Int(y.scope)])
  }

  private func bytes(_ a: ByteRange, _ b: ByteRange) -> Bool {
    left.arena[a.indices] == right.arena[b.indices]
  }

  private func attributes(_ a: RecordRange, _ b: RecordRange) -> Bool {
    a.count == b.count
      && zip(a.indices, b.indices).allSatisfy {
        attribute(left.attributes[$0], right.attributes[$1])
      }
  }

  private func attribute(_ x: AttributeRecord, _ y: AttributeRecord) -> Bool {
    guard x.type == y.type, bytes(left.keys[x.key], right.keys[y.key]) else { return false }
    return switch x.type {
    case .empty, .bool, .integer, .double: x.payload == y.payload
    case .text, .bytes, .array, .map: bytes(x.bytes, y.bytes)
    }
  }

  private func sorted(_ a: RecordRange, _ b: RecordRange) -> Bool {
    zip(Self.byKey(a, left), Self.byKey(b, right)).allSatisfy {
      attribute(left.attributes[$0], right.attributes[$1])
    }
  }

  private static func byKey(_ range: RecordRange, _ batch: SpanBatch) -> [Int] {
    range.indices.sorted { a, b in
      let x = batch.arena[batch.keys[batch.attributes[a].key].indices]
      let y = batch.arena[batch.keys[batch.attributes[b].key].indices]
      return x.elementsEqual(y) ? a < b : x.lexicographicallyPrecedes(y)
    }
  }

  private func events(_ a: RecordRange, _ b: RecordRange) -> Bool {
    zip(a.indices, b.indices).allSatisfy { x, y in
      let (x, y) = (left.events[x], right.events[y])
      return x.time == y.time && x.droppedAttributes == y.droppedAttributes
        && bytes(x.name, y.name) && attributes(x.attributes, y.attributes)
    }
  }

  private func links(_ a: RecordRange, _ b: RecordRange) -> Bool {
    zip(a.indices, b.indices).allSatisfy { x, y in
      let (x, y) = (left.links[x], right.links[y])
      return x.traceHigh == y.traceHigh && x.traceLow == y.traceLow && x.spanID == y.spanID
        && x.flags == y.flags && x.droppedAttributes == y.droppedAttributes
        && bytes(x.traceState, y.traceState) && attributes(x.attributes, y.attributes)
    }
  }

  private func resources(_ a: ResourceRecord, _ b: ResourceRecord) -> Bool {
    a.droppedAttributes == b.droppedAttributes && bytes(a.schemaURL, b.schemaURL)
      && attributes(a.attributes, b.attributes)
  }

  private func scopes(_ a: ScopeRecord, _ b: ScopeRecord) -> Bool {
    a.droppedAttributes == b.droppedAttributes && bytes(a.name, b.name)
      && bytes(a.version, b.version) && bytes(a.schemaURL, b.schemaURL)
      && attributes(a.attributes, b.attributes)
  }
}
