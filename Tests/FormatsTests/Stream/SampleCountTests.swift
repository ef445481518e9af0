import Telemetry
import TestSupport
import Testing

@testable import Formats

/// Counts are those of `counts.json`, which a script made from the samples without this program.
@Suite(.enabled(if: SampleFolder.isThere(), "the recorded samples are not beside the repository"))
struct SampleCountTests {
  /// File, spans, traces, errors.
  private static let files: [(String, Int, Int, Int)] = [
    ("collector-file/fib.proto-length-prefixed.bin", 1_421, 56, 9),
    ("collector-debug/subset.detailed-no-internal-logger.handmade.txt", 68, 8, 6),
    ("collector-debug/subset.detailed.handmade.log", 68, 8, 6),
    ("collector-debug/subset.logging-exporter-2021.handmade.log", 68, 8, 6),
    ("collector-debug/subset.normal.handmade.log", 68, 8, 0),
    ("go-stdout-old/2019-11.compact.jsonl", 102, 5, 4),
    ("go-stdout-old/2019-11.pretty.txt", 102, 5, 4),
    ("go-stdout-old/v0.20.0-array.compact.txt", 21, 3, 1),
    ("go-stdout-old/v0.20.0-array.pretty.txt", 21, 3, 1),
    ("go-stdouttrace/fib-go.v1.1.0.compact.jsonl", 165, 15, 2),
    ("go-stdouttrace/fib-go.v1.1.0.mixed-stdout-stderr.log", 165, 15, 2),
    ("go-stdouttrace/fib-go.v1.1.0.pretty.txt", 165, 15, 2),
    ("go-stdouttrace/fib-go.v1.45.0.compact.jsonl", 165, 15, 2),
    ("go-stdouttrace/fib-go.v1.45.0.mixed-stdout-stderr.log", 165, 15, 2),
    ("go-stdouttrace/fib-go.v1.45.0.pretty.txt", 165, 15, 2),
    ("cpp-ostream/fib-cpp.v1.29.0-dev.txt", 24, 6, 1),
    ("dotnet-console/subset.v1.18.handmade.txt", 68, 8, 6),
    ("dotnet-console/subset.v1.3.handmade.txt", 68, 8, 6),
    ("jaeger/subset.jaeger-ui.derived.json", 68, 8, 6),
    ("java-logging/subset.LoggingSpanExporter-agent.handmade.log", 68, 8, 0),
    ("java-logging/subset.LoggingSpanExporter-jul.handmade.log", 68, 8, 0),
    ("java-logging/subset.OtlpJsonLogging-jul.handmade.log", 68, 8, 6),
    ("java-logging/subset.OtlpStdout.handmade.jsonl", 68, 8, 6),
    ("php-console/fib-php.txt", 42, 6, 1),
    ("ruby-console/fib-ruby.v1.13.0.txt", 42, 6, 1),
    ("rust-stdout/subset.v0.30.handmade.txt", 66, 8, 5),
    ("rust-stdout/subset.v0.32.handmade.txt", 66, 8, 5),
    ("rust-stdout/subset.v0.5-json.handmade.jsonl", 66, 8, 5),
    ("node-console/fib-node.v0.24.0.txt", 42, 6, 1),
    ("node-console/fib-node.v1.30.1.txt", 42, 6, 1),
    ("node-console/fib-node.v1.8.0.txt", 42, 6, 1),
    ("node-console/fib-node.v2.2.0.txt", 42, 6, 1),
    ("zipkin/fib.zipkin-v2.json", 1_421, 56, 9),
    ("zipkin/subset.api-traces.derived.json", 68, 8, 6),
    ("otlp-json/fib.collector-file.jsonl", 1_421, 56, 9),
    ("otlp-json/fib.otlp-json-file.jsonl", 1_421, 56, 9),
    ("otlp-json/subset.otlp.json", 68, 8, 6),
    ("otlp-json/subset.protojson-camel-base64.json", 68, 8, 6),
    ("otlp-json/subset.protojson-snake-base64.json", 68, 8, 6),
    ("otlp-http-proto/subset.binpb", 68, 8, 6),
    ("python-console-old/py-0.13b0.pretty.txt", 41, 4, 0),
    ("python-console-old/py-0.4a1.spans.txt", 41, 4, 0),
    ("python-console-old/py-0.5b0.spans.txt", 41, 4, 0),
    ("python-console-old/py-0.7b1.pretty.txt", 41, 4, 0),
    ("python-console-old/py-1.0.0.pretty.txt", 41, 4, 0),
    ("python-console-old/py-1.11.1.pretty.txt", 41, 4, 0),
    ("python-console/fib.compose-prefixed.derived.log", 55, 7, 0),
    ("python-console/fib.kubectl-timestamps.derived.log", 55, 7, 0),
    ("python-console/fib.mixed-stdout-stderr.log", 1_421, 56, 9),
    ("python-console/fib.oneline.jsonl", 1_421, 56, 9),
    ("python-console/fib.pretty.txt", 1_421, 56, 9),
    ("signals/console.log", 12, 12, 2),
    ("signals/traces.jsonl", 12, 12, 2),
    ("tempo/subset.api-traces-v1.derived.json", 68, 8, 6),
    ("tempo/subset.api-v2-traces.derived.json", 68, 8, 6),
  ]

  @Test("Every recorded file gives its spans, traces and errors, and nothing bad", arguments: files)
  func counts(file: String, spans: Int, traces: Int, errors: Int) throws {
    let bytes = try #require(SampleFolder.bytes(file))
    let run = StreamRun(bytes)
    #expect(run.report.spans == spans)
    #expect(run.batch.spans.count == spans)
    #expect(Set(run.batch.spans.map(\.traceID)).count == traces)
    #expect(run.batch.spans.count { $0.status == .error } == errors)
    #expect(run.report.badRecords == 0, "\(String(describing: run.report.firstBad))")
  }

  @Test(
    "Every span of a nasty log is found",
    arguments: [
      ("01-text-before-brace.handmade.log", 3), ("02-two-records-one-line.handmade.jsonl", 4),
      ("03-truncated-record.handmade.log", 2), ("04-log-line-inside-record.handmade.log", 2),
      ("05-compose-two-services-interleaved.handmade.log", 2), ("06-python-nan.real.txt", 2),
      ("07-python-2020-quotes.real.txt", 3), ("08-azure-prefix-node.handmade.log", 4),
      ("10-mixed-formats.handmade.log", 19), ("09-crlf-bom.handmade.txt", 2),
      ("11-not-spans.handmade.log", 0), ("12-indent-stripped.handmade.log", 2),
      ("13-slide-text.from-seed.txt", 2),
    ])
  func nasty(file: String, spans: Int) throws {
    let bytes = try #require(SampleFolder.bytes("nasty/\(file)"))
    #expect(StreamRun(bytes).report.spans == spans)
  }
}
