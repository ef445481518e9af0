import Synthetic
import Telemetry
import Testing

@Suite struct TrafficTests {
  private static let start = UnixNanos(1_700_000_000_000_000_000)

  private func traffic(_ seed: UInt64, seconds: UInt64 = 60) -> [SpanBatch] {
    var traffic = Traffic(
      seed: seed, spansPerSecond: 200, start: Self.start,
      incidentStart: UnixNanos(Self.start.sinceEpoch + seconds * 500_000_000))
    var batches: [SpanBatch] = []
    traffic.run(until: UnixNanos(Self.start.sinceEpoch + seconds * 1_000_000_000)) {
      batches.append($0)
    }
    return batches
  }

  @Test("the same seed gives the same spans, another seed others")
  func seeds() {
    #expect(traffic(1).map(\.arena) == traffic(1).map(\.arena))
    #expect(
      traffic(1).flatMap { $0.spans.map(\.spanID) } != traffic(2).flatMap { $0.spans.map(\.spanID) }
    )
  }

  @Test("the rate asked for is about the rate given")
  func rate() {
    let count = traffic(3, seconds: 300).reduce(0) { $0 + $1.spans.count }
    #expect((45_000...75_000).contains(count), "\(count) spans in 300 s at 200 a second")
  }

  @Test("every span has a service, and every parent named is in the trace")
  func structure() {
    for batch in traffic(4) {
      var ids: [TraceID: Set<UInt64>] = [:]
      for span in batch.spans { ids[span.traceID, default: []].insert(span.spanID) }
      for span in batch.spans where span.parentID != 0 {
        #expect(ids[span.traceID]?.contains(span.parentID) == true)
      }
      for span in batch.spans {
        let keys = batch.entries(batch.resources[Int(span.resource)].attributes).map(\.key)
        #expect(keys.first == "service.name")
      }
    }
  }

  @Test("one request for index 5 holds five for index 1, as the recursion says")
  func fibonacci() throws {
    let batch = try #require(traffic(5).first)
    var indices: [TraceID: [Int64]] = [:]
    for span in batch.spans {
      for entry in batch.entries(span.attributes) where entry.key == "parameter.index" {
        if case .integer(let index) = entry.value {
          indices[span.traceID, default: []].append(index)
        }
      }
    }
    let fives = indices.values.filter { $0.max() == 5 }
    #expect(!fives.isEmpty)
    for calls in fives {
      #expect(calls.count == 15)
      #expect(calls.filter { $0 == 1 }.count == 5)
    }
  }

  @Test("charges time out only with the new version, the one provider and the one region")
  func incident() {
    var bad = 0
    for batch in traffic(6, seconds: 1_200) {
      for span in batch.spans where span.status == .error {
        let own = Dictionary(
          batch.entries(span.attributes).map { ($0.key, $0.value) }, uniquingKeysWith: { a, _ in a }
        )
        guard own["payment.attempt"] == .integer(2) else { continue }
        let index = batch.entries(batch.resources[Int(span.resource)].attributes)
        bad += 1
        #expect(own["payment.provider"] == .text("novabank"))
        #expect(index.contains(.init("service.version", .text("2.5.0"))))
        #expect(index.contains(.init("cloud.region", .text("eu-west-1"))))
      }
    }
    #expect(bad > 5)
  }
}
