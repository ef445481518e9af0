package import Explorer
import Formats
package import QueryLanguage
import Telemetry

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif
#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// Writes what a person asks for into files, never over one that is there.
package struct Writer: Sendable {
  private let backend: any QueryBackend
  /// Where files without a path of their own go.
  private let folder: URL

  /// - Parameter folder: where files without a path of their own go; the current one unless told.
  package init(
    backend: any QueryBackend,
    folder: URL = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
  ) {
    (self.backend, self.folder) = (backend, folder)
  }

  /// - Returns: the path written.
  package func write(
    _ job: WriteJob, _ rendering: WriteRendering
  ) async throws(WriteFailure) -> String {
    let content = try await bytes(job.content, rendering)
    if !job.path.isEmpty {
      try create(URL(fileURLWithPath: job.path), job.path, content.bytes)
      return job.path
    }
    // The first number that is free.
    for number in 1...9_999 {
      let name = "otel-tui-\(number).\(content.suffix)"
      let url = folder.appendingPathComponent(name)
      if FileManager.default.fileExists(atPath: url.path) { continue }
      try create(url, name, content.bytes)
      return name
    }
    throw WriteFailure("otel-tui-1 to 9999.\(content.suffix) are all there already")
  }

  private func create(_ url: URL, _ name: String, _ bytes: [UInt8]) throws(WriteFailure) {
    do {
      try Data(bytes).write(to: url, options: .withoutOverwriting)
    } catch let error as CocoaError where error.code == .fileWriteFileExists {
      throw WriteFailure("\(name): a file of this name is there already")
    } catch {
      throw WriteFailure("\(name): \(StateFolder.reason(error))")
    }
  }

  private func bytes(
    _ content: WriteJob.Content, _ rendering: WriteRendering
  ) async throws(WriteFailure) -> (bytes: [UInt8], suffix: String) {
    switch content {
    case .text(let text): (Array(text.utf8), "txt")
    case .resultCSV(let result): (result.csv(), "csv")
    case .resultJSON(let result): (result.json().bytes + [UInt8(ascii: "\n")], "json")
    case .screenSVG: (Array(rendering.screenSVG().utf8), "svg")
    case .screenText: (Array((rendering.screenText() + "\n").utf8), "txt")
    case .spans(let query): (try await spans(of: query), "jsonl")
    case .trace(let view, let subtree, let format): Self.trace(view, subtree, format, rendering)
    }
  }

  private func spans(of query: Query) async throws(WriteFailure) -> [UInt8] {
    var raw = Query(filter: query.filter)
    raw.time = query.time
    raw.limit = .max
    let batch: SpanBatch
    do {
      let result = try await backend.run(raw, RunOptions(rawFields: [.spanID]))
      batch = try await backend.spans(result.spans)
    } catch {
      throw WriteFailure("\(error)")
    }
    var bytes: [UInt8] = []
    var writer = OTLPJSONWriter()
    // Lines of a size that every reader takes, as exporters write them.
    for start in stride(from: 0, to: batch.spans.count, by: 100) {
      writer.write(start..<min(start + 100, batch.spans.count), of: batch, to: &bytes)
    }
    return bytes
  }

  private static func trace(
    _ view: TraceView, _ subtree: Int?, _ format: WriteJob.TraceFormat,
    _ rendering: WriteRendering
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
    case .jaeger: return (view.subtree(subtree).jaegerJSON().bytes, "json")
    case .text: return (Array(rendering.traceText(view.subtree(subtree)).utf8), "txt")
    }
  }
}
