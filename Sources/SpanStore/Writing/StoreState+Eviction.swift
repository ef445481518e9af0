import Telemetry

extension StoreState {
  /// Drops the oldest sealed segments while more is held than allowed.
  mutating func evict() {
    while byteCount > limit {
      guard let oldest = sealed.oldest else {
        // Nothing sealed is left: what is open must be sealed before it can go.
        guard region.byteCount > limit, sealNow() else { return }
        continue
      }
      if sealed.isSingle, region.byteCount <= limit / 2, sealed.byteCount <= limit { return }
      forget(oldest)
    }
  }

  private mutating func forget(_ number: Int) {
    let slot = sealed[number]
    guard let segment = slot.segment else { return }
    for trace in 0..<segment.traces.count {
      let id = segment.traces.id(trace)
      if hash[high: id.high, low: id.low] == TraceLocation.sealed(number, trace).code {
        if otherParts[id] == nil {
          forget(id)
        } else {
          hash.set(id.high, id.low, TraceLocation.closed.code)
          cutTraces.insert(id)
        }
      } else if slot.live?[segment.traces.rootRow(trace)] ?? true {
        // A part before the newest.
        forgetOtherPart(id)
        let isLast =
          otherParts[id] == nil
          && hash[high: id.high, low: id.low] == TraceLocation.closed.code
        if isLast { forget(id) } else { cutTraces.insert(id) }
      }
    }
    evictedSpans += slot.liveRows
    sealed.drop(number)
  }

  /// Nothing of a trace is held any more.
  private mutating func forget(_ id: TraceID) {
    hash.remove(id.high, id.low)
    evictedTraces += 1
    if !cutTraces.isEmpty { cutTraces.remove(id) }
  }
}
