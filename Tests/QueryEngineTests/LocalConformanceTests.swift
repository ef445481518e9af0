import BackendSupport
import QueryEngine
import QueryLanguage
import SpanStore
import Telemetry
import Testing

/// The index in memory answers as every backend must.
@Suite struct LocalConformanceTests {
  /// Small segments, so that every answer merges several.
  private static func backend(segmentRows: Int) -> BackendFactory {
    { batch in
      let store = SpanStore(limit: ByteCount(1 << 30), segmentRows: segmentRows)
      store.add(batch)
      store.finish()
      return LocalBackend { store.snapshot() }
    }
  }

  @Test("There are scripts to run")
  func found() { #expect(BackendConformance.scripts.count >= 8) }

  @Test(
    "A script's queries give the rows and messages it says", arguments: BackendConformance.scripts,
    [4, 65_536])
  func script(_ name: String, _ segmentRows: Int) async throws {
    let differences = try await BackendConformance.run(
      name, Self.backend(segmentRows: segmentRows))
    #expect(differences == [], "segments of \(segmentRows)")
  }

  @Test(
    "Traces, spans, events, ranks and the catalog are what the spans say", arguments: [4, 65_536])
  func requests(_ segmentRows: Int) async throws {
    #expect(try await BackendConformance.requests(Self.backend(segmentRows: segmentRows)) == [])
  }
}
