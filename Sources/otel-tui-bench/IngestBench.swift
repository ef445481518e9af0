import Formats
import Foundation
import Intake
import SpanStore
import Telemetry

/// A file of OTLP JSON lines to queryable spans.
enum IngestBench {
  static func write(_ batches: [SpanBatch], to path: String) throws {
    _ = FileManager.default.createFile(atPath: path, contents: nil)
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    var writer = OTLPJSONWriter()
    var bytes: [UInt8] = []
    for batch in batches {
      // A hundred spans a line, as an exporter's batches are.
      var row = 0
      while row < batch.spans.count {
        let end = min(batch.spans.count, row + 100)
        writer.write(row..<end, of: batch, to: &bytes)
        row = end
      }
      try file.write(contentsOf: bytes)
      bytes.removeAll(keepingCapacity: true)
    }
    try file.close()
  }

  static func run(_ batches: [SpanBatch], _ report: Report) async throws {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("otel-tui-bench-\(ProcessInfo.processInfo.processIdentifier).jsonl")
      .path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try write(batches, to: path)
    _ = try await load(path, report)
  }

  /// Reads a file as the program does.
  static func load(_ path: String, _ report: Report) async throws -> SpanStore {
    let size = (try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    let before = ProcessMemory.residentBytes
    let store = SpanStore(limit: ByteCount(16 << 30))
    let sink = BenchSink(store)
    let (seconds, _) = try await Stopwatch.seconds {
      try await FileSource(path).load(into: sink, counters: sink.counters)
      store.finish()
    }
    let totals = store.snapshot().totals
    ProcessMemory.giveBack()
    let megabytes = Double(size) / 1e6
    let resident = (ProcessMemory.residentBytes - before) / max(1, totals.spans)
    report.keep("spans", Double(totals.spans))
    report.keep("file_spans_per_s", Double(totals.spans) / seconds)
    report.keep("file_megabytes_per_s", megabytes / seconds)
    report.keep("resident_bytes_per_span", Double(resident))
    report.say(
      "file, \(String(format: "%.0f", megabytes)) MB of OTLP JSON: "
        + "\(Stopwatch.rate(totals.spans, seconds)), "
        + "\(String(format: "%.0f", megabytes / seconds)) MB/s, "
        + "\(resident) bytes a span resident")
    return store
  }
}

/// Puts everything into a store.
struct BenchSink: SpanSink {
  let store: SpanStore
  let counters = IntakeCounters()

  init(_ store: SpanStore) { self.store = store }

  func receive(_ batch: consuming SpanBatch, from source: SourceID) { store.add(batch) }
  func report(_ report: DecodeReport, from source: SourceID) {}
}
