import Telemetry

/// Whether two spans are the same in every field: a resend, not a collision of ids.
enum SpanEquality {
  static func areEqual(_ a: RowRef, _ b: RowRef, _ batches: [SpanBatch]) -> Bool {
    let (left, right) = (batches[Int(a.batch)], batches[Int(b.batch)])
    let (x, y) = (left.spans[Int(a.row)], right.spans[Int(b.row)])
    guard x.parentID == y.parentID, x.start == y.start, x.end == y.end, x.kind == y.kind,
      x.status == y.status, x.flags == y.flags, x.attributes.count == y.attributes.count,
      x.events.count == y.events.count, x.links.count == y.links.count,
      x.droppedAttributes == y.droppedAttributes, x.droppedEvents == y.droppedEvents,
      x.droppedLinks == y.droppedLinks
    else { return false }
    let pair = Pair(left: left, right: right)
    return pair.bytes(x.name, y.name) && pair.bytes(x.statusMessage, y.statusMessage)
      && pair.bytes(x.traceState, y.traceState) && pair.attributes(x.attributes, y.attributes)
      && pair.events(x.events, y.events) && pair.links(x.links, y.links)
      && pair.attributes(
        left.resources[Int(x.resource)].attributes, right.resources[Int(y.resource)].attributes)
      && pair.scopes(left.scopes[Int(x.scope)], right.scopes[Int(y.scope)])
  }

  private struct Pair {
    let left: SpanBatch
    let right: SpanBatch

    func bytes(_ a: ByteRange, _ b: ByteRange) -> Bool {
      left.arena[a.indices] == right.arena[b.indices]
    }

    func attributes(_ a: RecordRange, _ b: RecordRange) -> Bool {
      guard a.count == b.count else { return false }
      return zip(a.indices, b.indices).allSatisfy { x, y in
        let (x, y) = (left.attributes[x], right.attributes[y])
        guard x.type == y.type, bytes(left.keys[x.key], right.keys[y.key]) else { return false }
        switch x.type {
        case .empty, .bool, .integer, .double: return x.payload == y.payload
        case .text, .bytes, .array, .map: return bytes(x.bytes, y.bytes)
        }
      }
    }

    func events(_ a: RecordRange, _ b: RecordRange) -> Bool {
      zip(a.indices, b.indices).allSatisfy { x, y in
        let (x, y) = (left.events[x], right.events[y])
        return x.time == y.time && bytes(x.name, y.name) && attributes(x.attributes, y.attributes)
      }
    }

    func links(_ a: RecordRange, _ b: RecordRange) -> Bool {
      zip(a.indices, b.indices).allSatisfy { x, y in
        let (x, y) = (left.links[x], right.links[y])
        return x.traceHigh == y.traceHigh && x.traceLow == y.traceLow && x.spanID == y.spanID
          && attributes(x.attributes, y.attributes)
      }
    }

    func scopes(_ a: ScopeRecord, _ b: ScopeRecord) -> Bool {
      bytes(a.name, b.name) && bytes(a.version, b.version)
        && attributes(a.attributes, b.attributes)
    }
  }
}
