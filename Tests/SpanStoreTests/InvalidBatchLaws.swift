import SpanStore
import Telemetry
import TestSupport
import Testing

/// Batches with records that lead out of them, as a faulty decoder might make them.
@Suite struct InvalidBatchLaws {
  @Test("a span that leads out of its batch is lost and counted, the others come back the same")
  func corruption() {
    let first = TestSeed.next()
    for seed in (0..<400).map({ first &+ $0 }) {
      var random = SeededGenerator(seed: seed)
      var traffic = RandomBatch(seed: seed)
      var batch = traffic.next(limit: 30)
      for _ in 0..<Int.random(in: 0...3, using: &random) { Self.corrupt(&batch, &random) }
      let valid = batch.spans.filter { Self.isValid($0, batch) }
      let before = batch.spans.count
      let removed = batch.removeInvalid()
      #expect(removed == before - valid.count, "seed \(seed)")
      #expect(batch.spans.map(\.spanID) == valid.map(\.spanID), "seed \(seed)")
      let store = SpanStore(limit: ByteCount(1 << 30))
      store.add(batch)
      var back = SpanBatch()
      for view in store.snapshot().views {
        view.segment.append(rows: 0..<view.segment.rowCount, to: &back)
      }
      #expect(
        RestoringLaws.sortedAttributes(back)
          == RestoringLaws.sortedAttributes(Self.unshared(batch)).uniqued(), "seed \(seed)")
    }
  }

  @Test("nothing is taken out of a valid batch")
  func valid() {
    for seed in UInt64(1)...40 {
      var traffic = RandomBatch(seed: seed)
      var batch = traffic.next(limit: 60)
      let before = SpanText.all(batch)
      #expect(batch.isValid)
      #expect(batch.removeInvalid() == 0)
      #expect(SpanText.all(batch) == before)
    }
  }

  /// Makes one record say something else, mostly wrong.
  private static func corrupt(_ batch: inout SpanBatch, _ random: inout SeededGenerator) {
    let wrong: [UInt32] = [.max, .max - 1, 1 << 31, 100_000, 3]
    let number = wrong.randomElement(using: &random) ?? .max
    func pick<Record>(_ records: [Record]) -> Int? { records.indices.randomElement(using: &random) }
    switch Int.random(in: 0..<14, using: &random) {
    case 0: if let at = pick(batch.spans) { batch.spans[at].name.offset = number }
    case 1: if let at = pick(batch.spans) { batch.spans[at].statusMessage.length = number }
    case 2: if let at = pick(batch.spans) { batch.spans[at].attributes.start = number }
    case 3: if let at = pick(batch.spans) { batch.spans[at].events.count = number }
    case 4: if let at = pick(batch.spans) { batch.spans[at].links.start = number }
    case 5: if let at = pick(batch.spans) { batch.spans[at].resource = number }
    case 6: if let at = pick(batch.spans) { batch.spans[at].scope = number }
    case 7: if let at = pick(batch.events) { batch.events[at].name.length = number }
    case 8: if let at = pick(batch.events) { batch.events[at].attributes.count = number }
    case 9: if let at = pick(batch.links) { batch.links[at].attributes.start = number }
    case 10: if let at = pick(batch.resources) { batch.resources[at].attributes.count = number }
    case 11: if let at = pick(batch.scopes) { batch.scopes[at].version.offset = number }
    case 12:
      guard let at = pick(batch.attributes) else { return }
      let record = batch.attributes[at]
      batch.attributes[at] = AttributeRecord(
        key: UInt32(record.key), type: .text, payload: UInt64(number) << 20, length: 3)
    default:
      guard let at = pick(batch.attributes) else { return }
      let record = batch.attributes[at]
      batch.attributes[at] = AttributeRecord(
        key: number, type: record.type, payload: record.payload, length: record.length)
    }
  }

  // The plain twin: follows every span to all it has.

  private static func isValid(_ span: SpanRecord, _ batch: SpanBatch) -> Bool {
    guard batch.resources.indices.contains(Int(span.resource)),
      batch.scopes.indices.contains(Int(span.scope)),
      let attributes = slice(batch.attributes, span.attributes),
      let events = slice(batch.events, span.events), let links = slice(batch.links, span.links)
    else { return false }
    let resource = batch.resources[Int(span.resource)]
    let scope = batch.scopes[Int(span.scope)]
    let texts =
      [span.name, span.traceState, span.statusMessage, resource.schemaURL, scope.name]
      + [scope.version, scope.schemaURL] + events.map(\.name) + links.map(\.traceState)
    let ranges =
      [resource.attributes, scope.attributes] + events.map(\.attributes) + links.map(\.attributes)
    var all = Array(attributes)
    for range in ranges {
      guard let more = slice(batch.attributes, range) else { return false }
      all += more
    }
    return texts.allSatisfy { isHeld($0, batch) }
      && all.allSatisfy { record in
        guard record.key < batch.keys.count else { return false }
        switch record.type {
        case .empty, .bool, .integer, .double: return true
        case .text, .bytes, .array, .map:
          return record.payload + UInt64(record.length) <= UInt64(batch.arena.count)
        }
      }
  }

  private static func slice<Record>(_ table: [Record], _ range: RecordRange) -> ArraySlice<Record>?
  {
    range.indices.upperBound <= table.count ? table[range.indices] : nil
  }

  private static func isHeld(_ range: ByteRange, _ batch: SpanBatch) -> Bool {
    range.indices.upperBound <= batch.arena.count
  }

  /// The same spans, none sharing attributes with another: what is compared is sorted in place.
  private static func unshared(_ batch: SpanBatch) -> SpanBatch {
    var result = batch
    for index in result.spans.indices {
      let own = Array(result.attributes[result.spans[index].attributes.indices])
      result.spans[index].attributes.start = UInt32(result.attributes.count)
      result.attributes += own
    }
    return result
  }
}
