import Explorer
import Formats
import Foundation
import QueryEngine
import QueryLanguage
import Screen
import Telemetry
import Themes
import Views

/// Writes what a person asks for into files of the folder the program was started in.
struct Writer {
  let backend: LocalBackend
  let snapshots: SpanReader

  /// - Returns: the path written.
  func write(_ job: WriteJob, _ grid: Grid, _ theme: Theme) async throws(WriteFailure) -> String {
    let content = try await bytes(job.content, grid, theme)
    let path = job.path.isEmpty ? Self.freeName(content.suffix) : job.path
    do {
      try Data(content.bytes).write(to: URL(fileURLWithPath: path))
    } catch {
      throw WriteFailure("\(path): \(error.localizedDescription)")
    }
    return path
  }

  private func bytes(
    _ content: WriteJob.Content, _ grid: Grid, _ theme: Theme
  ) async throws(WriteFailure) -> (bytes: [UInt8], suffix: String) {
    switch content {
    case .text(let text): return (Array(text.utf8), "txt")
    case .resultCSV(let result): return (result.csv(), "csv")
    case .resultJSON(let result): return (result.json().bytes + [0x0A], "json")
    case .screenSVG: return (Array(GridPicture.svg(grid, theme).utf8), "svg")
    case .screenText: return (Array((grid.text + "\n").utf8), "txt")
    case .spans(let query): return (try await spans(of: query), "jsonl")
    case .trace(let view, let subtree, let format): return Self.trace(view, subtree, format)
    }
  }

  private func spans(of query: Query) async throws(WriteFailure) -> [UInt8] {
    var raw = Query(filter: query.filter)
    raw.time = query.time
    raw.limit = .max
    let result: QueryResult
    do {
      result = try await backend.run(raw, RunOptions(rawFields: [.spanID]))
    } catch {
      throw WriteFailure("\(error)")
    }
    let batch = snapshots.spans(result.spans)
    var bytes: [UInt8] = []
    var writer = OTLPJSONWriter()
    // Lines of a size that every reader takes, as exporters write them.
    for start in stride(from: 0, to: batch.spans.count, by: 100) {
      writer.write(start..<min(start + 100, batch.spans.count), of: batch, to: &bytes)
    }
    return bytes
  }

  private static func trace(
    _ view: TraceView, _ subtree: Int?, _ format: WriteJob.TraceFormat
  ) -> (bytes: [UInt8], suffix: String) {
    switch format {
    case .otlp:
      var bytes: [UInt8] = []
      var writer = OTLPJSONWriter()
      if let subtree {
        let size = Int(view.nodes[subtree].subtreeSize)
        writer.write(subtree..<subtree + size, of: view.batch, to: &bytes)
      } else {
        writer.write(view.batch, to: &bytes)
      }
      return (bytes, "jsonl")
    case .jaeger: return (TraceOutput.jaeger(view.subtree(subtree)), "json")
    case .text:
      let text = TraceOutput.text(view.subtree(subtree), width: 160, isUnicode: true)
      return (Array(text.utf8), "txt")
    }
  }

  /// `otel-tui-1.svg`, the first number that is free.
  private static func freeName(_ suffix: String) -> String {
    for number in 1...9_999 {
      let name = "otel-tui-\(number).\(suffix)"
      if !FileManager.default.fileExists(atPath: name) { return name }
    }
    return "otel-tui.\(suffix)"
  }
}
