package import Telemetry

/// OTLP as JSON: HTTP bodies and files of lines.
package enum OTLPJSON {
  /// Appends the spans of one JSON body, an object or an array of objects.
  ///
  /// - Returns: the spans appended. An empty body or object is a request without spans.
  /// - Throws: ``DecodeError`` when it is no JSON, or JSON without telemetry; also when spans were left
  ///   out, and then the others are in the batch.
  /// - Complexity: O(*n*) in the body's bytes.
  package static func decodeTraces(
    _ body: UnsafeRawBufferPointer, into batch: inout SpanBatch
  ) throws(DecodeError) -> Int {
    let outcome = try read(body, into: &batch)
    if outcome.isTooLarge { throw DecodeError(.tooLarge(limit: 8 * body.count), at: 0) }
    if outcome.badSpans > 0 { throw DecodeError(.unreadableTime(spans: outcome.badSpans), at: 0) }
    return outcome.spans
  }

  /// The log records of one JSON body.
  ///
  /// - Throws: ``DecodeError`` when it is no JSON, or JSON without telemetry.
  package static func countLogs(_ body: UnsafeRawBufferPointer) throws(DecodeError) -> Int {
    var batch = SpanBatch()
    return try read(body, into: &batch).logRecords
  }

  /// The metrics (not data points) of one JSON body.
  ///
  /// - Throws: ``DecodeError`` when it is no JSON, or JSON without telemetry.
  package static func countMetrics(
    _ body: UnsafeRawBufferPointer
  ) throws(DecodeError) -> Int {
    var batch = SpanBatch()
    return try read(body, into: &batch).metrics
  }

  /// Reads a body of whatever signal.
  ///
  /// - Parameter slack: bytes readable behind the body, which save a copy of it.
  static func read(
    _ body: UnsafeRawBufferPointer, slack: Int = 0, into batch: inout SpanBatch
  ) throws(DecodeError) -> OTLPJSONReader.Outcome {
    guard !body.isEmpty else { return OTLPJSONReader.Outcome() }
    guard batch.arena.count + 2 * body.count <= Int(UInt32.max) else {
      throw DecodeError(.tooLarge(limit: Int(UInt32.max) / 2), at: 0)
    }
    let text = body.assumingMemoryBound(to: UInt8.self)
    return try TapeParser.borrow { parser throws(DecodeError) in
      let root = try parser.parse(text, slack: slack)
      if let outcome = OTLPJSONReader.read(root, bytes: text.count, into: &batch) {
        return outcome
      }
      guard root.isObject || root.isArray, root.count == 0 else {
        throw DecodeError(.notTelemetry, at: 0)
      }
      return OTLPJSONReader.Outcome()
    }
  }
}
