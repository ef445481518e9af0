import Telemetry
import TestSupport
import Testing

@testable import Formats

/// The same 68 spans were written in many formats: whatever a format can say must be what the OTLP
/// file says.
@Suite(.enabled(if: SampleFolder.isThere(), "the recorded samples are not beside the repository"))
struct AgreementTests {
  /// What differs in a format.
  struct Losses: Sendable {
    var file: String
    /// The coarsest time, in nanoseconds.
    var tick: UInt64 = 0
    var hasStatus = true
    var hasScope = true
    var hasMessage = true
    /// Resource attributes stand among the span's for want of a position of their own.
    var hasResource = true
  }

  private static let formats = [
    Losses(file: "otlp-json/subset.protojson-snake-base64.json"),
    Losses(file: "collector-debug/subset.detailed-no-internal-logger.handmade.txt"),
    Losses(file: "collector-debug/subset.detailed.handmade.log"),
    Losses(file: "collector-debug/subset.logging-exporter-2021.handmade.log"),
    Losses(file: "dotnet-console/subset.v1.18.handmade.txt", tick: 100),
    Losses(file: "dotnet-console/subset.v1.3.handmade.txt", tick: 100),
    Losses(file: "jaeger/subset.jaeger-ui.derived.json", tick: 1_000),
    Losses(file: "java-logging/subset.OtlpJsonLogging-jul.handmade.log"),
    Losses(file: "rust-stdout/subset.v0.30.handmade.txt", tick: 1_000),
    Losses(file: "rust-stdout/subset.v0.32.handmade.txt", tick: 1_000),
    Losses(file: "rust-stdout/subset.v0.5-json.handmade.jsonl"),
    Losses(file: "zipkin/subset.api-traces.derived.json", tick: 1_000),
  ]

  private struct Key: Hashable {
    var trace: TraceID
    var span: UInt64
  }

  private func byID(_ batch: SpanBatch) -> [Key: SpanRecord] {
    Dictionary(
      batch.spans.map { (Key(trace: $0.traceID, span: $0.spanID), $0) },
      uniquingKeysWith: { first, _ in first })
  }

  @Test("Formats agree on what they all can say", arguments: formats)
  func agree(format: Losses) throws {
    guard let reference = SampleFolder.bytes("otlp-json/subset.otlp.json"),
      let bytes = SampleFolder.bytes(format.file)
    else { return }
    let expected = StreamRun(reference).batch
    let given = StreamRun(bytes).batch
    let known = byID(expected)
    #expect(given.spans.count == (format.file.hasPrefix("rust") ? 66 : expected.spans.count))
    for span in given.spans {
      let want = try #require(known[Key(trace: span.traceID, span: span.spanID)])
      let name = expected.text(want.name)
      #expect(given.text(span.name) == name)
      #expect(span.parentID == want.parentID, "\(name)")
      #expect(span.kind == want.kind, "\(name)")
      if format.hasStatus { #expect(span.status == want.status, "\(name)") }
      if format.hasMessage {
        #expect(given.text(span.statusMessage) == expected.text(want.statusMessage), "\(name)")
      }
      #expect(span.start.distance(to: want.start).magnitude <= format.tick, "\(name)")
      #expect(
        Int64(span.duration).distance(to: Int64(want.duration)).magnitude <= 2 * format.tick,
        "\(name)")
      #expect(span.events.count == want.events.count, "\(name)")
      compare(given, span.attributes, expected, want.attributes, name)
      for (mine, theirs) in zip(span.events.indices, want.events.indices) {
        let (mine, theirs) = (given.events[mine], expected.events[theirs])
        #expect(given.text(mine.name) == expected.text(theirs.name))
        compare(given, mine.attributes, expected, theirs.attributes, "\(name), event")
      }
      if format.hasResource {
        compare(
          given, given.resources[Int(span.resource)].attributes, expected,
          expected.resources[Int(want.resource)].attributes, "\(name), resource")
      }
      if format.hasScope {
        let (mine, theirs) = (given.scopes[Int(span.scope)], expected.scopes[Int(want.scope)])
        #expect(given.text(mine.name) == expected.text(theirs.name))
      }
    }
  }

  /// Keys, and values as texts: printing loses the type and line ends at the end.
  private func compare(
    _ given: SpanBatch, _ mine: RecordRange, _ expected: SpanBatch, _ theirs: RecordRange,
    _ name: String
  ) {
    #expect(
      Self.plain(given, mine).sorted() == Self.plain(expected, theirs).sorted(), "\(name)")
  }

  private static func plain(_ batch: SpanBatch, _ range: RecordRange) -> [String] {
    batch.entries(range).map { entry in
      var text = ValueJSON.text(entry.value).lowercased()
      if entry.value.type == .text {
        text = text.replacing("\\n\\n", with: "\\n")
        if text.hasSuffix("\\n\"") { text = text.dropLast(3) + "\"" }
      }
      text = text.replacing("\"", with: "")
      if text.hasSuffix(".0") { text = String(text.dropLast(2)) }
      return "\(entry.key)=\(text)"
    }
  }
}
