import Foundation
import Telemetry
import Testing

@testable import Formats

@Suite struct OTLPJSONFixtureTests {
  @Test("A file of all three signals gives its spans and counts the rest")
  func threeSignals() throws {
    let url = try #require(
      Bundle.module.url(
        forResource: "three-signals.otlp", withExtension: "jsonl", subdirectory: "Fixtures"))
    let bytes = try Data(contentsOf: url)
    var batch = SpanBatch()
    var report = DecodeReport()
    let isPure = bytes.withUnsafeBytes {
      #expect(ContentKind.sniff($0, isWhole: true) == .otlpJSONLines)
      return OTLPJSON.decodeLines($0, into: &batch, report: &report)
    }
    #expect(isPure)
    #expect(report.spans == 2)
    #expect(report.logRecords == 2)
    #expect(report.metrics == 1)
    #expect(report.lines == 3)
    let cart = batch.spans[0]
    #expect(cart.traceID.hex == "5b8efff798038103d269b633813fc60c")
    #expect(cart.duration == 20_000_000)
    #expect(batch.text(cart.statusMessage) == "no stock")
    #expect(
      batch.entries(cart.attributes) == [
        .init("http.response.status_code", .integer(500)),
        .init("cache.keys", .array([.text("a"), .text("b")])),
      ])
    #expect(batch.text(batch.events[cart.events.indices.lowerBound].name) == "exception")
    #expect(batch.spans[1].parentID == cart.spanID)
    #expect(batch.spans[1].kind == .client)
  }
}
