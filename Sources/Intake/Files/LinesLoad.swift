import Formats
import NIOCore
import Telemetry

/// Loads a file of OTLP JSON lines on all cores.
///
/// Chunks of lines are decoded at once and delivered in whatever order they are done. Their
/// reports are put back in the order of the file, so that "the first bad record" is the first. A
/// chunk that holds other lines too is decoded once more, in its turn, by a ``StreamDecoder``.
struct LinesLoad {
  let source: SourceID
  let sink: any SpanSink
  let counters: IntakeCounters

  /// What a task made of its chunk.
  private struct Outcome: Sendable {
    var index: Int
    var report: DecodeReport
    /// The chunk itself when it is not all OTLP lines; nothing of it was delivered.
    var undecoded: LineChunk?
    var offset: Int
  }

  private var waiting: [Int: Outcome] = [:]
  private var turn = 0
  private var lines = 0
  private var serial: DecodingStream?
  private(set) var spans = 0

  init(_ source: SourceID, sink: any SpanSink, counters: IntakeCounters) {
    (self.source, self.sink, self.counters) = (source, sink, counters)
  }

  /// Loads from the first chunk on, until the file ends or the task is cancelled.
  ///
  /// - Parameter progress: called with the spans so far after each chunk that was read.
  /// - Returns: the last line when it has no end, or an empty chunk: for ``takeStream(at:)``.
  mutating func run(
    first: LineChunk, of file: UnpackedFile, progress: (Int) -> Void
  ) async throws(IntakeError) -> LineChunk {
    var chunk = first
    var problem: IntakeError?
    await withTaskGroup(of: Outcome.self) { group in
      var isEnd = false
      var inFlight = 0
      for index in 0... {
        guard !isEnd, !Task.isCancelled else { break }
        let begun = chunk
        do throws(IntakeError) {
          (chunk, isEnd) = try begun.fill(from: file)
        } catch {
          problem = error
          break
        }
        // One more than there are cores, so that none waits while this task reads.
        if inFlight > System.coreCount, let outcome = await group.next() {
          inFlight -= 1
          take(outcome)
        }
        group.addTask { [source, sink] in Self.decode(begun, index, source, sink) }
        inFlight += 1
        progress(spans)
      }
      for await outcome in group { take(outcome) }
    }
    progress(spans)
    if let problem { throw problem }
    return chunk
  }

  /// Goes on where this ends: the stream that is still inside a record, or a new one.
  mutating func takeStream(at offset: Int) -> DecodingStream {
    serial.take()
      ?? DecodingStream(
        source, sink: sink, counters: counters, startLine: lines, startByte: offset)
  }

  private static func decode(
    _ chunk: LineChunk, _ index: Int, _ source: SourceID, _ sink: any SpanSink
  ) -> Outcome {
    var batch = SpanBatch()
    var outcome = Outcome(index: index, report: DecodeReport(), offset: chunk.offset)
    if OTLPJSON.decodeLines(chunk.bytes, into: &batch, report: &outcome.report) {
      sink.take(batch, &outcome.report, from: source)
    } else {
      outcome.undecoded = chunk
    }
    return outcome
  }

  /// Handles outcomes whose turn it is.
  private mutating func take(_ outcome: Outcome) {
    waiting[outcome.index] = outcome
    while let next = waiting.removeValue(forKey: turn) {
      turn += 1
      if let chunk = next.undecoded {
        var stream = takeStream(at: next.offset)
        let before = (stream.lines, stream.spans)
        stream.take(chunk.bytes)
        lines += stream.lines - before.0
        spans += stream.spans - before.1
        serial = stream
      } else {
        finishSerial()
        var report = next.report
        report.move(lines: lines, bytes: next.offset)
        report.firstBad?.source = source.name
        lines += report.lines
        spans += report.spans
        counters.add(report.counts)
        sink.report(report, from: source)
      }
    }
  }

  private mutating func finishSerial() {
    guard var stream = serial.take() else { return }
    let before = (stream.lines, stream.spans)
    stream.finish()
    lines += stream.lines - before.0
    spans += stream.spans - before.1
  }
}
