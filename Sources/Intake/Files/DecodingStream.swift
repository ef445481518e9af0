import Formats
import Telemetry

/// One input on its way through a ``StreamDecoder`` to the sink: decodes, hands batches over
/// before they grow too large, counts.
struct DecodingStream {
  private let source: SourceID
  private let sink: any SpanSink
  private let counters: IntakeCounters
  private var decoder: StreamDecoder
  private var batch = SpanBatch()
  private var report: DecodeReport
  /// Where in the input this decoder began, for the positions in its reports.
  private let startLine: Int
  private let startByte: Int
  /// Lines and bytes since then.
  private(set) var lines = 0
  private(set) var bytes = 0
  /// Spans delivered.
  private(set) var spans = 0

  /// Small enough that a batch overshoots its limits by little.
  private static let slice = 256 << 10

  init(
    _ source: SourceID, sink: any SpanSink, counters: IntakeCounters, startLine: Int = 0,
    startByte: Int = 0
  ) {
    (self.source, self.sink, self.counters) = (source, sink, counters)
    (self.startLine, self.startByte) = (startLine, startByte)
    report = DecodeReport(keepsAllOutput: sink.takesAllOutput)
    decoder = StreamDecoder(source: source.name, unpack: UnpackedBytes.collectorMessage)
  }

  /// Decodes and delivers every whole record.
  mutating func take(_ input: UnsafeRawBufferPointer) {
    var rest = input
    while !rest.isEmpty {
      let piece = UnsafeRawBufferPointer(rebasing: rest.prefix(Self.slice))
      decoder.decode(piece, into: &batch, report: &report)
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(Self.slice))
      if batch.isFull { deliver() }
    }
    deliver()
  }

  /// The input is quiet: delivers what is whole although its line has not ended.
  mutating func flush() {
    decoder.flush(into: &batch, report: &report)
    deliver()
  }

  /// The input ended.
  ///
  /// - Parameter problem: why it ended before its time, when it did.
  mutating func finish(problem: UnpackError? = nil) {
    decoder.finish(into: &batch, report: &report)
    if let problem {
      report.badRecords += 1
      if report.firstBad == nil {
        let lines = lines + report.lines
        let bytes = bytes + report.bytes
        report.firstBad = BadRecord(
          source: source.name, line: lines, offset: bytes, reason: problem.message)
      }
    }
    deliver()
  }

  private mutating func deliver() {
    guard !(batch.isEmpty && report.isEmpty) else { return }
    lines += report.lines
    bytes += report.bytes
    report.move(lines: startLine, bytes: startByte)
    // Taken out first, so that the sink holds the only reference and may change it in place.
    var full = SpanBatch()
    swap(&full, &batch)
    sink.deliver(full, &report, from: source)
    spans += report.spans
    counters.add(report.counts)
    report = DecodeReport(keepsAllOutput: sink.takesAllOutput)
  }
}
