import Formats
import QueryLanguage
import Telemetry

/// What libFuzzer's bytes are given to.
enum FuzzTarget: String, CaseIterable {
  /// Any stream, cut in two and flushed between.
  case stream
  /// The lines behind the first one of a console's block; the first byte chooses whose.
  case block
  case json
  case protobuf
  case thrift
  case query

  func take(_ bytes: UnsafeRawBufferPointer) {
    switch self {
    case .stream: Self.stream(bytes)
    case .block: Self.block(bytes)
    case .json: Self.json(bytes)
    case .protobuf: Self.protobuf(bytes)
    case .thrift: Self.thrift(bytes)
    case .query: Self.query(bytes)
    }
  }

  // MARK: streams

  private static func stream(_ bytes: UnsafeRawBufferPointer) {
    var decoder = StreamDecoder(source: "fuzz")
    var batch = SpanBatch()
    var report = DecodeReport()
    let cut = bytes.isEmpty ? 0 : Int(bytes[0]) % (bytes.count + 1)
    for piece in [bytes[..<cut], bytes[cut...]] {
      decoder.decode(UnsafeRawBufferPointer(rebasing: piece), into: &batch, report: &report)
      decoder.flush(into: &batch, report: &report)
    }
    decoder.finish(into: &batch, report: &report)
    check(batch)
  }

  /// The first lines of the formats that are read line by line.
  private static let openings = [
    "Activity.TraceId:            0af7651916cd43dd8448eb211c80319c\n",
    "Spans\nSpan #0\n\tInstrumentation Scope\n", "{\n  name          : n\n",
    "#<struct OpenTelemetry::SDK::Trace::SpanData\n name=\"n\",\n",
    "ResourceSpans #0\nResource SchemaURL: \n", "ResourceTraces #0\nScopeTraces #0\n",
    "{\n  traceId: '0af7651916cd43dd8448eb211c80319c',\n", "Span(name=\"n\", context=SpanContext(",
    "SPAN n [0af7651916cd43dd8448eb211c80319c/b7ad6b7169203331] Server 1.250ms\n",
    "'n' : 0af7651916cd43dd8448eb211c80319c b7ad6b7169203331 SERVER [tracer: t:1] {",
  ]

  private static func block(_ bytes: UnsafeRawBufferPointer) {
    guard let first = bytes.first else { return }
    let text = Array(openings[Int(first) % openings.count].utf8) + Array(bytes.dropFirst())
    var decoder = StreamDecoder(source: "fuzz")
    var batch = SpanBatch()
    var report = DecodeReport()
    text.withUnsafeBytes { decoder.decode($0, into: &batch, report: &report) }
    decoder.finish(into: &batch, report: &report)
    check(batch)
  }

  // MARK: requests

  private static func json(_ bytes: UnsafeRawBufferPointer) {
    var batch = SpanBatch()
    var report = DecodeReport()
    try? OTLPJSON.decodeAny(bytes, slack: 0, into: &batch, report: &report)
    check(batch)
  }

  private static func protobuf(_ bytes: UnsafeRawBufferPointer) {
    _ = ContentKind.sniff(bytes, isWhole: true)
    _ = OTLPProtobuf.signal(of: bytes)
    var batch = SpanBatch()
    var report = DecodeReport()
    try? OTLPProtobuf.decodeAny(bytes, into: &batch, report: &report)
    check(batch)
  }

  private static func thrift(_ bytes: UnsafeRawBufferPointer) {
    var batch = SpanBatch()
    _ = try? JaegerThrift.decode(bytes, into: &batch)
    check(batch)
  }

  /// A batch is sound, and reading what is written of it gives as many spans.
  private static func check(_ batch: SpanBatch) {
    precondition(batch.isValid, "a record leads out of its batch")
    var writer = OTLPJSONWriter()
    var line: [UInt8] = []
    writer.write(batch.spans.indices, of: batch, to: &line)
    var back = SpanBatch()
    let count = line.withUnsafeBytes { try? OTLPJSON.decodeTraces($0, into: &back) }
    precondition((count ?? 0) == batch.spans.count, "spans are lost when they are written")
  }

  // MARK: queries

  private static func query(_ bytes: UnsafeRawBufferPointer) {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let query = try? QueryText.parse(text) else { return }
    let printed = QueryText.print(query)
    precondition((try? QueryText.parse(printed)) == query, "not the query that was printed")
  }
}
