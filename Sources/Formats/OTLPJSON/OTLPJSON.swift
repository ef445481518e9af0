package import Telemetry

/// OTLP as JSON: HTTP bodies and files of lines.
package enum OTLPJSON {
  /// Appends the spans of one JSON body, an object or an array of objects.
  ///
  /// - Returns: the spans appended.
  /// - Throws: ``DecodeError`` when it is no JSON, or JSON without telemetry.
  package static func decodeTraces(
    _ body: UnsafeRawBufferPointer, into batch: inout SpanBatch
  ) throws(DecodeError) -> Int { 0 }

  package static func countLogs(_ body: UnsafeRawBufferPointer) throws(DecodeError) -> Int { 0 }

  package static func countMetrics(
    _ body: UnsafeRawBufferPointer
  ) throws(DecodeError) -> Int { 0 }

  /// Appends the spans of a buffer of whole lines, each a JSON object; several buffers of one
  /// file may be decoded at once, each into a batch of its own.
  ///
  /// - Returns: false, with batch and report untouched, when a record reaches over several lines
  ///   or the last one is not closed: the caller then feeds a ``StreamDecoder`` from here on.
  package static func decodeLines(
    _ lines: UnsafeRawBufferPointer, into batch: inout SpanBatch, report: inout DecodeReport
  ) -> Bool { false }
}
