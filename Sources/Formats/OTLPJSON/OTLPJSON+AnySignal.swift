package import Telemetry

extension OTLPJSON {
  /// Reads a body of whatever signal, an object or an array of objects: spans are appended, records
  /// of other signals counted.
  ///
  /// - Parameter slack: bytes readable behind the body; a few dozen save a copy of it.
  /// - Throws: ``DecodeError`` when it is no JSON, or JSON without telemetry; what was whole before
  ///   the position is in batch and report.
  /// - Complexity: O(*n*) in the body's bytes.
  package static func decodeAny(
    _ body: UnsafeRawBufferPointer, slack: Int = 0, into batch: inout SpanBatch,
    report: inout DecodeReport
  ) throws(DecodeError) {
    let outcome = try read(body, slack: slack, into: &batch)
    report.spans += outcome.spans
    report.logRecords += outcome.logRecords
    report.metrics += outcome.metrics
    report.unknownSignals += outcome.unknownSignals
    if outcome.isTooLarge { throw DecodeError(.tooLarge(limit: 8 * body.count), at: 0) }
  }
}
