import Explorer
import QueryLanguage
import Telemetry
import Testing

@Suite struct BucketRatesTests {
  /// Buckets of ten seconds over 5 s … 37 s: half, whole, whole, seven tenths.
  private func result(end: UInt64) -> QueryResult {
    let second: UInt64 = 1_000_000_000
    var result = QueryResult(query: Query(visualize: [.count]))
    result.start = UnixNanos(5 * second)
    result.end = UnixNanos(end * second)
    result.granularity = .seconds(10)
    result.times = [0, 10, 20, 30].map { UnixNanos($0 * second) }
    return result
  }

  @Test("a bucket the range cuts has the rate of the part that lies in it")
  func partial() {
    #expect(result(end: 37).rates(of: [10, 40, nil, 14]) == [2, 4, 0, 2])
  }

  @Test("a bucket that has hardly begun has no rate: it is no drop in traffic")
  func begun() {
    #expect(result(end: 32).rates(of: [10, 40, 20, 1]) == [2, 4, 2, nil])
  }
}
