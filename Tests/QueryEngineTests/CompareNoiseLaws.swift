import QueryEngine
import QueryLanguage
import SpanStore
import Synthetic
import Telemetry
import TestSupport
import Testing

/// Comparisons of the demo's traffic: what is there is found, and nothing else.
@Suite struct CompareNoiseLaws {
  private static let start = UnixNanos(1_796_040_000_000_000_000)

  private static func backend(seed: UInt64, spans: Int, incident: Bool) -> LocalBackend {
    let store = SpanStore(limit: ByteCount(1 << 30))
    var traffic = Traffic(
      seed: seed, spansPerSecond: 100, start: start,
      incidentStart: incident ? start : start.advanced(by: 1 << 60))
    traffic.spans(spans) { store.add($0) }
    store.finish()
    return LocalBackend { store.snapshot() }
  }

  @Test("No field of random halves is called certain", arguments: UInt64(1)...20)
  func halves(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let backend = Self.backend(seed: seed, spans: 4_000, incident: true)
    // Ids are random: half of the first digits are half of the spans.
    let digits = "0123456789abcdef".shuffled(using: &random).prefix(8)
    let half = Filter.test(.spanID, .matches, .text("^[\(String(digits))]"))
    let result = try await backend.compare(CompareRequest(SpanChoice(filter: half)))
    #expect(result.counts.selection > 1_500 && result.counts.baseline > 1_500)
    #expect(result.fields.count > 40)
    let certain = result.fields.filter { $0.certainty == .certain }
    #expect(certain.isEmpty, "seed \(seed): \(certain.map { ($0.field.name, $0.pValue) })")
  }

  @Test("The cause of the demo's incident is the first pair and the first two fields")
  func incident() async throws {
    let backend = Self.backend(seed: 1, spans: 20_000, incident: true)
    let result = try await backend.compare(
      CompareRequest(SpanChoice(filter: .holds(.error)), .alike, by: .traces))
    // The provider is told by its address as well.
    let cause: Set = ["payment.provider", "server.address", "service.version", "cloud.region"]
    let pair = try #require(result.pairs.first)
    #expect(cause.isSuperset(of: pair.fields.map(\.name)), "\(pair.fields)")
    let first = result.ranked.filter { $0.sameAs == nil }.prefix(2).map(\.field.name)
    #expect(cause.isSuperset(of: first), "\(first)")
    #expect(
      result.fields.filter { first.contains($0.field.name) }.allSatisfy { $0.certainty == .certain }
    )
  }
}
