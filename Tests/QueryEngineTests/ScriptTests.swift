import Foundation
import QueryEngine
import QueryLanguage
import SpanStore
import Telemetry
import Testing

@Suite struct ScriptTests {
  /// The scripts in the test bundle.
  static let names: [String] = {
    let folder = Bundle.module.resourceURL?.appending(path: "Scripts")
    let files = folder.flatMap { try? FileManager.default.contentsOfDirectory(atPath: $0.path) }
    return (files ?? []).filter { $0.hasSuffix(".qtest") }.sorted()
  }()

  @Test("There are scripts to run")
  func found() { #expect(Self.names.count >= 5) }

  @Test("A script's queries give the rows and messages it says", arguments: names)
  func run(_ name: String) async throws {
    let url = try #require(Bundle.module.resourceURL?.appending(path: "Scripts/\(name)"))
    let script = try Script(String(contentsOf: url, encoding: .utf8))
    // Small segments, so that every script merges several.
    for segmentRows in [4, 65_536] {
      var backend = ScriptStore(segmentRows: segmentRows)
      for step in script.steps {
        switch step {
        case .load(let lines): backend = try ScriptStore(lines, segmentRows: segmentRows)
        case .eval(let text, let expected, let line):
          let result = try await backend.run(text)
          let lines = ScriptAnswer(result: result).lines(like: expected)
          #expect(lines == expected, "\(name):\(line) with segments of \(segmentRows)")
        case .fail(let text, let message, let line):
          let error = await #expect(throws: QueryError.self, "\(name):\(line)") {
            _ = try await backend.run(text)
          }
          let said = error.map {
            [$0.headline(in: text), $0.hint].compactMap(\.self).joined(separator: "; ")
          }
          #expect(said?.contains(message) == true, "\(name):\(line) says \(said ?? "nothing")")
        }
      }
    }
  }
}

/// A store with the spans of a script, and what answers queries about them.
struct ScriptStore {
  private let backend: LocalBackend

  init(_ lines: [String] = [], segmentRows: Int) throws {
    self.init(segmentRows: segmentRows)
    var spans = ScriptSpans()
    for line in lines { try spans.add(line) }
    store.add(spans.batch)
    store.finish()
  }

  init(segmentRows: Int) {
    let store = SpanStore(limit: ByteCount(1 << 30), segmentRows: segmentRows)
    self.store = store
    backend = LocalBackend { store.snapshot() }
  }

  let store: SpanStore

  func run(_ text: String) async throws -> QueryResult {
    try await backend.run(QueryText.parse(text), RunOptions(heatmapRows: 8))
  }
}
