package import Telemetry

/// OTLP in protobuf: HTTP and gRPC bodies, and files of them.
package enum OTLPProtobuf {
  /// What an OTLP message carries.
  package enum Signal: Hashable, Sendable { case traces, logs, metrics, unknown }

  /// Appends the spans of an `ExportTraceServiceRequest` (or `TracesData`, the same bytes).
  ///
  /// The payload is copied into the batch's arena once; names and texts point into it. An empty
  /// payload is a request without spans.
  ///
  /// - Returns: the spans appended.
  /// - Throws: ``DecodeError`` when the message is cut or no protobuf; whole spans before the
  ///   place are in the batch.
  package static func decodeTraces(
    _ payload: UnsafeRawBufferPointer, into batch: inout SpanBatch
  ) throws(DecodeError) -> Int { 0 }

  /// The log records in an `ExportLogsServiceRequest`.
  package static func countLogs(_ payload: UnsafeRawBufferPointer) throws(DecodeError) -> Int { 0 }

  /// The metrics (not data points) in an `ExportMetricsServiceRequest`.
  package static func countMetrics(
    _ payload: UnsafeRawBufferPointer
  ) throws(DecodeError) -> Int { 0 }

  /// Tells the signals apart, which have the same outer shape, by their inner fields.
  package static func signal(of payload: UnsafeRawBufferPointer) -> Signal { .unknown }
}
