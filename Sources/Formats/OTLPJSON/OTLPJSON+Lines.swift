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
  /// included, goes to `other` where it stands. Nothing is counted for it but what `other` counts.
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
      var offset = 0
      // Where the run of other lines begins that is open; `offset` when there is none.
      var run = 0
      while offset < bytes.count {
        let length = csimdjson_line_length(base + offset, bytes.count - offset)
        let next = min(offset + length + 1, bytes.count)
        let line = UnsafeBufferPointer(rebasing: bytes[offset..<offset + length])
        let slack = bytes.count - offset - length
        if let root = root(of: line, slack, parser) {
          if run < offset, !other(slice(lines, run..<offset), &batch, &report) { return false }
          guard batch.arena.count + 2 * line.count <= Int(UInt32.max) else {
            return other(slice(lines, offset..<bytes.count), &batch, &report)
          }
          if let outcome = OTLPJSONReader.read(root, bytes: line.count, into: &batch) {
            report.add(outcome, isNext: true)
          }
        } else if run < offset || !isBlank(line) {
          // A blank line belongs to those before it: in some text formats it ends a record.
          offset = next
          continue
        }
        report.lines += 1
        report.bytes += next - offset
        offset = next
        run = next
      }
      return run == offset || other(slice(lines, run..<offset), &batch, &report)
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

  /// The document of a line that is by itself OTLP JSON.
  private static func root(
    of line: UnsafeBufferPointer<UInt8>, _ slack: Int, _ parser: TapeParser
  ) -> TapeValue? {
    guard let first = line.first(where: { $0 > 0x20 }), first == 0x7B || first == 0x5B,
      let root = try? parser.parse(line, slack: slack), OTLPJSONReader.isOTLP(root)
    else { return nil }
    return root
  }
}

extension DecodeReport {
  /// Counts what a document held.
  ///
  /// - Parameter isNext: whether the document begins behind what the report holds.
  mutating func add(_ outcome: OTLPJSONReader.Outcome, isNext: Bool = false) {
    counts.spans += outcome.spans
    counts.logRecords += outcome.logRecords
    counts.metrics += outcome.metrics
    counts.unknownSignals += outcome.unknownSignals
    counts.unreadValues += outcome.unreadValues
    let isFirst = counts.firstBad == nil
    addUnreadableTimes(outcome.badSpans)
    guard isNext, isFirst else { return }
    counts.firstBad?.line = counts.lines + 1
    counts.firstBad?.offset = counts.bytes
  }
}
