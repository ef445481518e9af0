import Foundation
import Telemetry
import TestSupport
import Testing

@testable import Formats

/// Whatever stands between good records, none of them is lost: from a file that ends, and from a
/// pipe that stays open.
@Suite struct SwallowLaws {
  /// Lines that begin like a record, or like a part of one, and are none.
  static let oddLines = [
    "Span #0", "Spans", "Span #12", "Resource", "web-1  | Span #0", "[api] Spans", "Events:",
    "\tEvent #0", "\t ->  a=String(Static(\"b\"))", "#<struct OpenTelemetry::SDK::Trace::SpanData",
    "#<struct OpenTelemetry::SDK::Trace::SpanData name=\"x\",", "Activity.TraceId:",
    "Activity.TraceId:            0af7651916cd43dd8448eb211c80319c", "Activity.SpanId: 1",
    "LogRecord.Timestamp: 1", "Metric Name: a", "info: a.b[0]", "      message", "{", "[", "}", "]",
    "[{", "{\"", "{\"a", "{\"a\"", "{\"a\":", "{\"a\":[", "{\"a\":[[", "{\"a\":{",
    "{\"a\":{\"b\":[1,",
    "{\"a\":\"unterminated", "{\"a\": \"unterminated \\", "{\"resourceSpans", "{\"resourceSpans\":",
    "{\"resourceSpans\":[", "{\"resourceSpans\":[{\"resource\":{", "[{\"traceId\":\"",
    "{\"name\": \"x\", \"context\": {", "Span(name=\"", "Span(name=\"a",
    "Span(name=\"a\", context=",
    "Span(name=\"a\", context=SpanContext(trace_id=0x1", "{ traceId: '", "{ resource: {", "map {",
    "INFO config {", "starting{", "  name          : x", "'x' : y", "'", "\"", "\"\"\"", "'''", "`",
    "panic: x", "\tat a.b(c.java:1)", "2026-11-22T22:57:43Z {", "web-1  | {", "[api] [{",
    "web-1  | {\"a\": \"", "2026-11-22T22:57:43.1Z stdout P {\"a\"", "{\"log\":\"{\\n\"}",
    "{\"log\":\"{\\\"a\\\":[\\n\",\"stream\":\"stdout\"}", "{\"message\":\"Span #0\"}",
    "ResourceSpans #0", "ResourceTraces #0", "ScopeSpans #0", "Resource SchemaURL: ",
    "    Trace ID       : 1", "\t{\"kind\": \"exporter\"}",
    "SPAN x [0af7651916cd43dd8448eb211c80319c/b7ad6b7169203331] Internal 1.000ms", "SPAN x",
    "  scope: s", "resourceSpans:", "---", "NaN", "-Infinity", "null", "0",
    "{}", "[]", "{\"a\":1}", "\u{1B}[31m{", "\u{FEFF}{", "{\"a\":\u{0}", "\\", "\\\"", "<{\"a\":[<",
    "{ a: [", "{ resource: { attributes: {} }, x: `", "{\"a\":1,}", "{\"a\":[1,,", "{{{{", "[[[[",
  ]

  /// Every beginning of every fixture that ends at a line, or in the midst of one.
  static func halves() throws -> [[UInt8]] {
    var halves: [[UInt8]] = []
    for name in StreamRun.fixtures {
      let bytes = try StreamRun.fixture(name)
      var start = 0
      for line in InterleavingLaws.lines(bytes) {
        let end = min(start + line.count, bytes.count)
        halves.append(Array(bytes[..<((start + end) / 2)]))
        if end < bytes.count { halves.append(Array(bytes[..<end])) }
        start = end
      }
    }
    return halves.filter { !$0.isEmpty }
  }

  /// What tells a span from all others of the fixtures.
  static func spans(_ batch: SpanBatch) -> [String: Int] {
    var counts: [String: Int] = [:]
    for span in batch.spans {
      let parts = "\(span.attributes.count) \(span.events.count) \(span.links.count)"
      let text = "\(span.traceID.hex) \(SpanID(span.spanID).hex) \(batch.text(span.name)) \(parts)"
      counts[text, default: 0] += 1
    }
    return counts
  }

  private struct Format {
    var name: String
    var bytes: [UInt8]
    var spans: [String: Int]

    func isMissing(in batch: SpanBatch) -> Bool {
      let found = SwallowLaws.spans(batch)
      return spans.contains { found[$0.key, default: 0] < $0.value }
    }
  }

  private static func formats() throws -> [Format] {
    try StreamRun.fixtures.map { name in
      var bytes = try StreamRun.fixture(name)
      if bytes.last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
      return Format(name: name, bytes: bytes, spans: spans(StreamRun(bytes).batch))
    }
  }

  /// One in so many is asked; `OTEL_TUI_WHOLE_MATRIX=1` asks all.
  private static func share(_ seed: UInt64, oneIn count: Int) -> () -> Bool {
    var random = SeededGenerator(seed: seed)
    let isWhole = ProcessInfo.processInfo.environment["OTEL_TUI_WHOLE_MATRIX"] != nil
    return { isWhole || Int.random(in: 0..<count, using: &random) == 0 }
  }

  /// Whether the records of `format` that come behind `opening` are missing from a file, and from a
  /// pipe that goes on.
  private func missing(_ opening: [UInt8], _ format: Format) -> [String] {
    let line = opening.last == UInt8(ascii: "\n") ? opening : opening + [UInt8(ascii: "\n")]
    var found: [String] = []
    if format.isMissing(in: StreamRun(line + format.bytes).batch) { found.append("file") }
    var decoder = StreamDecoder(source: "pipe")
    var batch = SpanBatch()
    var report = DecodeReport()
    for piece in [line, format.bytes] {
      piece.withUnsafeBytes { decoder.decode($0, into: &batch, report: &report) }
      decoder.flush(into: &batch, report: &report)
    }
    if format.isMissing(in: batch) { found.append("pipe") }
    return found
  }

  private func expectNoneMissing(
    _ openings: [[UInt8]], seed: UInt64, oneIn count: Int
  ) throws {
    let isAsked = Self.share(seed, oneIn: count)
    var asked = 0
    var lost: [String] = []
    for format in try Self.formats() {
      for opening in openings where isAsked() {
        asked += 2
        let missing = missing(opening, format)
        if missing.isEmpty { continue }
        let text = String(decoding: opening.suffix(100), as: UTF8.self).debugDescription
        lost.append("\(format.name) behind \(opening.count) bytes …\(text): \(missing)")
      }
    }
    #expect(
      lost.isEmpty,
      "\(lost.count) of \(asked), seed \(seed)\n\(lost.prefix(40).joined(separator: "\n"))")
  }

  @Test("Odd lines before records of every format")
  func odd() throws {
    let seed = TestSeed.next()
    try expectNoneMissing(Self.oddLines.map { Array($0.utf8) }, seed: seed, oneIn: 12)
  }

  @Test("Halves of records before records of every format")
  func torn() throws {
    let seed = TestSeed.next()
    try expectNoneMissing(try Self.halves(), seed: seed, oneIn: 200)
  }

  /// Whatever the seed draws: the halves that once cost the record behind them.
  @Test(
    "A torn block costs none of the records behind it",
    arguments: [
      ("collector-debug.txt", 329, "php-console.txt"),
      ("collector-debug.txt", 585, "php-console.txt"),
      ("collector-debug.txt", 185, "rust-stdout.txt"),
      ("node-console.txt", 1_558, "php-console.txt"),
      ("node-console.txt", 1_637, "php-console.txt"),
    ])
  func known(torn: String, length: Int, behind: String) throws {
    let format = try #require(try Self.formats().first { $0.name == behind })
    #expect(missing(Array(try StreamRun.fixture(torn).prefix(length)), format).isEmpty)
  }

  @Test("Java's lines behind a request of the collector are Java's")
  func java() throws {
    let format = try #require(try Self.formats().first { $0.name == "java-logging.txt" })
    #expect(missing(Array("ResourceTraces #0".utf8), format).isEmpty)
  }

  @Test("Many records behind one odd line are all found, in bounded memory and time")
  func many() throws {
    let record = try StreamRun.fixture("python-oneline.jsonl")
    let pretty = try StreamRun.fixture("python-pretty.txt")
    for line in Self.oddLines {
      let log = Array((line + "\n").utf8) + record + pretty + pretty + record
      #expect(StreamRun(log).batch.spans.count == 4, "\(line)")
    }
  }
}
