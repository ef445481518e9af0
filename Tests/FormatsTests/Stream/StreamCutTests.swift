import Telemetry
import TestSupport
import Testing

@testable import Formats

/// However a pipe cuts its bytes, the spans and the counts are those of the whole.
@Suite struct StreamCutTests {
  private static let folders = [
    "go-stdout-old", "go-stdouttrace", "python-console", "python-console-old", "otlp-json",
    "collector-file", "nasty", "signals", "node-console", "dotnet-console", "zipkin", "tempo",
    "rust-stdout", "ruby-console", "php-console", "cpp-ostream", "java-logging", "jaeger",
  ]

  @Test(
    "Recorded files cut at random places",
    .enabled(if: SampleFolder.isThere(), "the recorded samples are not beside the repository"),
    arguments: folders)
  func randomCuts(folder: String) throws {
    for name in SampleFolder.names(folder) ?? [] {
      guard let bytes = SampleFolder.bytes("\(folder)/\(name)") else { continue }
      let whole = StreamRun(bytes)
      var random = SeededGenerator(seed: 7)
      let cut = StreamRun(bytes) { Int.random(in: 1...3_000, using: &random) }
      expectSame(cut, whole, "\(folder)/\(name), seed 7")
    }
  }

  @Test(
    "Small files byte by byte",
    arguments: StreamRun.fixtures)
  func singleBytes(name: String) throws {
    let bytes = try StreamRun.fixture(name)
    let whole = StreamRun(bytes)
    #expect(whole.report.spans > 0)
    expectSame(StreamRun(bytes) { 1 }, whole, name)
  }

  @Test("A quiet input hands out what is whole, and nothing is lost or doubled")
  func flushes() throws {
    // Rust prints a line at a time; as Deno it ends a span with the next one.
    for name in StreamRun.fixtures where name != "rust-stdout.txt" && name != "deno-console.txt" {
      let bytes = try StreamRun.fixture(name)
      let whole = StreamRun(bytes)
      var random = SeededGenerator(seed: 11)
      let cut = StreamRun(bytes, isFlushed: true) { Int.random(in: 1...700, using: &random) }
      #expect(cut.spans == whole.spans, "\(name)")
    }
  }

  @Test("A last span that only the next one would end is handed out when the input is quiet")
  func lastBlock() throws {
    let bytes = try StreamRun.fixture("rust-stdout.txt")
    let whole = StreamRun(bytes)
    #expect(StreamRun(bytes, isFlushed: true).spans == whole.spans)
    var decoder = StreamDecoder(source: "pipe")
    var batch = SpanBatch()
    var report = DecodeReport()
    bytes.withUnsafeBytes { decoder.decode($0, into: &batch, report: &report) }
    #expect(batch.spans.count == whole.spans.count - 1)
    decoder.flush(into: &batch, report: &report)
    #expect(batch.spans.count == whole.spans.count)
  }

  @Test("A record without an ending line is handed out when the input is quiet")
  func lastLine() throws {
    var bytes = try StreamRun.fixture("python-oneline.jsonl")
    bytes.removeLast()
    var decoder = StreamDecoder(source: "pipe")
    var batch = SpanBatch()
    var report = DecodeReport()
    bytes.withUnsafeBytes { decoder.decode($0, into: &batch, report: &report) }
    #expect(batch.spans.isEmpty)
    decoder.flush(into: &batch, report: &report)
    #expect(batch.spans.count == 1)
    decoder.finish(into: &batch, report: &report)
    #expect(batch.spans.count == 1)
  }

  private func expectSame(_ cut: StreamRun, _ whole: StreamRun, _ name: String) {
    #expect(cut.spans == whole.spans, "\(name)")
    #expect(cut.report.badRecords == whole.report.badRecords, "\(name)")
    #expect(cut.report.firstBad == whole.report.firstBad, "\(name)")
    #expect(cut.report.otherLines == whole.report.otherLines, "\(name)")
    #expect(cut.report.output.lines == whole.report.output.lines, "\(name)")
    #expect(cut.report.bytes == whole.report.bytes, "\(name)")
    #expect(cut.report.lines == whole.report.lines, "\(name)")
  }
}
