import Telemetry
import TestSupport
import Testing

@testable import QueryEngine
@testable import SpanStore

@Suite("Buckets of a segment's rows")
struct BucketCodesLaws {
  @Test("are those of dividing each start, for all rows and for some")
  func division() throws {
    let seed = TestSeed.next()
    var random = SeededGenerator(seed: seed)
    for _ in 0..<20 {
      let view = try #require(Self.segment(&random).views.first)
      let starts = view.segment.start.decoded().map { UInt64(bitPattern: $0) }
      var some = Bitmap(repeating: false, count: starts.count)
      for row in starts.indices where Bool.random(using: &random) { some.insert(row) }
      for rows in [SelectedRows(all: starts.count), SelectedRows(some)] where rows.count > 0 {
        for width: UInt64 in [1_000_000, 7_000_000, 100_000_000, 3_600_000_000_000, 1 << 62] {
          let codes = BucketCodes(view.segment, rows, width: width)
          #expect(codes.codes.allSatisfy { Int($0) < codes.limit }, "seed \(seed)")
          let buckets = codes.codes.map { codes.bucket(of: $0) }
          let divided = (0..<rows.count).map { starts[rows[$0]] / width }
          #expect(buckets == divided, "seed \(seed), width \(width)")
        }
      }
    }
  }

  /// Traces of a few spans within a second, and now and then one of another century, or of the last.
  private static func segment(_ random: inout SeededGenerator) -> Snapshot {
    let base: UInt64 =
      [0, 1_700_000_000_000_000_000, 1 << 63 - 400_000_000, .max - 2_000_000_000]
      .randomElement(using: &random) ?? 0
    var batch = SpanBatch()
    batch.resources.append(ResourceRecord())
    batch.scopes.append(ScopeRecord())
    for index in 0..<200 {
      var span = SpanRecord()
      span.traceLow = UInt64(index / 5 + 1)
      span.spanID = UInt64(index + 1)
      span.parentID = index % 5 == 0 ? 0 : UInt64(index / 5 * 5 + 1)
      span.start = base + UInt64(index) * 5_000_000 + .random(in: 0..<9_000_000, using: &random)
      span.end = span.start &+ .random(in: 0..<20_000_000, using: &random)
      batch.spans.append(span)
    }
    let store = SpanStore(limit: ByteCount(1 << 30))
    store.add(batch)
    store.finish()
    return store.snapshot()
  }
}
