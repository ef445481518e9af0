import Foundation
package import QueryLanguage
package import Telemetry

/// Makes a backend that holds the spans of a batch, and nothing else.
package typealias BackendFactory = @Sendable (SpanBatch) async throws -> any QueryBackend

/// What every backend must answer, whatever holds the spans: the scripts, and the other requests.
///
/// Each check gives what differs, a line each; none when the backend conforms.
package enum BackendConformance {
  /// The scripts by their file names.
  package static let scripts: [String] = {
    let folder = Bundle.module.resourceURL?.appending(path: "Scripts")
    let files = folder.flatMap { try? FileManager.default.contentsOfDirectory(atPath: $0.path) }
    return (files ?? []).filter { $0.hasSuffix(".qtest") }.sorted()
  }()

  package static func script(_ name: String) throws -> Script {
    guard let url = Bundle.module.resourceURL?.appending(path: "Scripts/\(name)") else {
      throw ScriptWords.Mistake(description: "no script '\(name)'")
    }
    return try Script(String(contentsOf: url, encoding: .utf8))
  }

  /// Runs a script.
  package static func run(_ name: String, _ make: BackendFactory) async throws -> [String] {
    var differences: [String] = []
    var backend = try await make(SpanBatch())
    for step in try script(name).steps {
      switch step {
      case .load(let lines):
        var spans = ScriptSpans()
        for line in lines { try spans.add(line) }
        backend = try await make(spans.batch)
      case .eval(let text, let expected, let line):
        let result = try await backend.run(
          QueryText.parse(text), RunOptions(heatmapRows: 8))
        let lines = ScriptAnswer(result: result).lines(like: expected)
        if lines != expected {
          differences.append(
            "\(name):\(line): \(text)\n    \(lines.joined(separator: "\n    "))")
        }
      case .fail(let text, let message, let line):
        do {
          _ = try await backend.run(QueryText.parse(text), RunOptions(heatmapRows: 8))
          differences.append("\(name):\(line): \(text)\n    does not fail")
        } catch let error as QueryError {
          let said = [error.headline(in: text), error.hint].compactMap(\.self)
            .joined(separator: "; ")
          if !said.contains(message) {
            differences.append("\(name):\(line): \(text)\n    \(said)")
          }
        }
      }
    }
    return differences
  }
}
