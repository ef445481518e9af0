import CSimdJSON
package import Telemetry

extension OTLPJSON {
  /// Appends the spans of a buffer of whole lines, each a JSON object; several buffers of one
  /// file may be decoded at once, each into a batch of its own.
  ///
  /// - Returns: false, with batch and report untouched, when a line is neither blank nor OTLP
  ///   JSON by itself: the caller then feeds a ``StreamDecoder``, or decodes once more with
  ///   ``decodeLines(_:into:report:other:)``.
  package static func decodeLines(
    _ lines: UnsafeRawBufferPointer, into batch: inout SpanBatch, report: inout DecodeReport
  ) -> Bool {
    // A copy of the batch would cost its bytes; a fresh one need only be emptied.
    let saved = batch.arena.isEmpty && batch.spans.isEmpty ? nil : batch
    var delta = DecodeReport()
    let isPure = walk(lines, into: &batch, report: &delta) { _, _, _ in false }
    if isPure {
      report.merge(delta)
    } else if let saved {
      batch = saved
    } else {
      batch.removeAll()
    }
    return isPure
  }

  /// The same for a file of OTLP lines with others between: each run of other lines, line ends
  /// included, goes to `other` in its place. Nothing is counted for it but what `other` counts.
  package static func decodeLines(
    _ lines: UnsafeRawBufferPointer, into batch: inout SpanBatch, report: inout DecodeReport,
    other: (UnsafeRawBufferPointer, inout SpanBatch, inout DecodeReport) -> Void
  ) {
    _ = walk(lines, into: &batch, report: &report) { run, batch, report in
      other(run, &batch, &report)
      return true
    }
  }

  /// Walks the lines; runs of others go to `other`, which may stop the walk.
  private static func walk(
    _ lines: UnsafeRawBufferPointer, into batch: inout SpanBatch, report: inout DecodeReport,
    other: (UnsafeRawBufferPointer, inout SpanBatch, inout DecodeReport) -> Bool
  ) -> Bool {
    let bytes = lines.assumingMemoryBound(to: UInt8.self)
    guard let base = bytes.baseAddress else { return true }
    let isDone = try? TapeParser.borrow { parser throws(DecodeError) in
      var place = 0
      var foreign = 0
      while place < bytes.count {
        let length = csimdjson_line_length(base + place, bytes.count - place)
        let next = min(place + length + 1, bytes.count)
        let line = UnsafeBufferPointer(rebasing: bytes[place..<place + length])
        let slack = bytes.count - place - length
        // A blank line belongs to the lines around it: in some text formats it ends a record.
        let isRecord =
          isBlank(line)
          ? foreign == place : decode(line, slack, parser, &batch, &report)
        if isRecord {
          if foreign < place, !other(slice(lines, foreign..<place), &batch, &report) {
            return false
          }
          report.lines += 1
          report.bytes += next - place
          foreign = next
        }
        place = next
      }
      return foreign == place || other(slice(lines, foreign..<place), &batch, &report)
    }
    return isDone ?? other(lines, &batch, &report)
  }

  private static func slice(
    _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>
  ) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: bytes[range])
  }

  private static func isBlank(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    line.allSatisfy { $0 <= 0x20 }
  }

  /// Decodes one line; false when it is not by itself OTLP JSON.
  private static func decode(
    _ line: UnsafeBufferPointer<UInt8>, _ slack: Int, _ parser: TapeParser,
    _ batch: inout SpanBatch, _ report: inout DecodeReport
  ) -> Bool {
    guard let first = line.first(where: { $0 > 0x20 }), first == 0x7B || first == 0x5B,
      batch.arena.count + 2 * line.count <= Int(UInt32.max),
      let root = try? parser.parse(line, slack: slack),
      let outcome = OTLPJSONReader.read(root, bytes: line.count, into: &batch)
    else { return false }
    report.add(outcome)
    return true
  }
}

extension DecodeReport {
  /// Counts what a document held.
  mutating func add(_ outcome: OTLPJSONReader.Outcome) {
    spans += outcome.spans
    logRecords += outcome.logRecords
    metrics += outcome.metrics
    unknownSignals += outcome.unknownSignals
  }
}
