import Telemetry

/// Copies rows of several batches into one.
struct RowMover {
  private(set) var target = SpanBatch()
  /// Who was moved, in the order of the target's rows; for the caller's use.
  var moved: [Int32] = []
  let sourceCount: Int
  private var sources: [Source?]

  private struct Source {
    var copier: BatchCopier
    /// Index in the target of each resource and scope; -1: not copied yet.
    var resources: [Int32]
    var scopes: [Int32]

    init(_ batch: SpanBatch) {
      copier = BatchCopier(keyCount: batch.keys.count)
      resources = [Int32](repeating: -1, count: batch.resources.count)
      scopes = [Int32](repeating: -1, count: batch.scopes.count)
    }
  }

  init(_ sourceCount: Int) {
    self.sourceCount = sourceCount
    sources = [Source?](repeating: nil, count: sourceCount)
  }

  var isFull: Bool { target.isFull }

  /// Copies a row; gives its index in the target.
  mutating func move(_ ref: RowRef, _ batch: SpanBatch) -> Int32 {
    // Taken out, so that it is changed in place.
    var source = sources[Int(ref.batch)].take() ?? Source(batch)
    var span = batch.spans[Int(ref.row)]
    span.name = source.copier.bytes(span.name, batch, &target)
    span.traceState = source.copier.bytes(span.traceState, batch, &target)
    span.statusMessage = source.copier.bytes(span.statusMessage, batch, &target)
    let events = target.events.count
    for index in span.events.indices { source.copier.event(batch.events[index], batch, &target) }
    span.events.start = UInt32(events)
    let links = target.links.count
    for index in span.links.indices { source.copier.link(batch.links[index], batch, &target) }
    span.links.start = UInt32(links)
    span.attributes = source.copier.attributes(span.attributes, batch, &target)
    let (resource, scope) = (Int(span.resource), Int(span.scope))
    if source.resources[resource] < 0 {
      source.resources[resource] = Int32(
        source.copier.resource(batch.resources[resource], batch, &target))
    }
    if source.scopes[scope] < 0 {
      source.scopes[scope] = Int32(source.copier.scope(batch.scopes[scope], batch, &target))
    }
    span.resource = UInt32(source.resources[resource])
    span.scope = UInt32(source.scopes[scope])
    sources[Int(ref.batch)] = source
    target.spans.append(span)
    return Int32(target.spans.count - 1)
  }
}
