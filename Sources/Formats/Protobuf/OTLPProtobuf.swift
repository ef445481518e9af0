package import Telemetry

/// OTLP in protobuf: HTTP and gRPC bodies, and files of them.
package enum OTLPProtobuf {
  /// What an OTLP message carries.
  package enum Signal: Hashable, Sendable { case traces, logs, metrics, unknown }

  /// Appends the spans of an `ExportTraceServiceRequest` (or `TracesData`, the same bytes).
  ///
  /// The payload is copied into the batch's arena once; names and texts point into it. An empty
  /// payload is a request without spans. Unknown fields are skipped; spans with ids of the wrong
  /// length are kept and marked.
  ///
  /// - Returns: the spans appended.
  /// - Throws: ``DecodeError`` when the message is cut or no protobuf; whole spans before the
  ///   position are in the batch.
  /// - Complexity: O(*n*) in the payload's bytes.
  package static func decodeTraces(
    _ payload: UnsafeRawBufferPointer, into batch: inout SpanBatch
  ) throws(DecodeError) -> Int {
    let bytes = payload.assumingMemoryBound(to: UInt8.self)
    guard let base = bytes.baseAddress, bytes.count > 0 else { return 0 }
    let arenaOffset = batch.arena.count
    let arenaLimit = arenaOffset + 8 * bytes.count + 1 << 16
    guard arenaLimit <= Int(UInt32.max) else {
      throw DecodeError(.tooLarge(limit: Int(UInt32.max) / 8), at: 0)
    }
    let before = batch.spans.count
    batch.arena.append(contentsOf: bytes)
    var traces = ProtobufTraces(
      attributes: ProtobufAttributes(
        arenaOffset: UInt32(truncatingIfNeeded: arenaOffset), arenaLimit: arenaLimit))
    traces.read(WireReader(base, 0..<bytes.count), into: &batch)
    if let problem = traces.problem { throw problem }
    return batch.spans.count - before
  }

  /// The log records in an `ExportLogsServiceRequest`.
  ///
  /// - Throws: ``DecodeError`` when the message is cut or no protobuf.
  /// - Complexity: O(records): what they hold is skipped.
  package static func countLogs(_ payload: UnsafeRawBufferPointer) throws(DecodeError) -> Int {
    try count(payload)
  }

  /// The metrics (not data points) in an `ExportMetricsServiceRequest`.
  ///
  /// - Throws: ``DecodeError`` when the message is cut or no protobuf.
  /// - Complexity: O(records): what they hold is skipped.
  package static func countMetrics(
    _ payload: UnsafeRawBufferPointer
  ) throws(DecodeError) -> Int {
    try count(payload)
  }

  private static func count(_ payload: UnsafeRawBufferPointer) throws(DecodeError) -> Int {
    let bytes = payload.assumingMemoryBound(to: UInt8.self)
    guard let base = bytes.baseAddress else { return 0 }
    return try ProtobufSignals(WireReader(base, 0..<bytes.count)).count()
  }

  /// Tells the signals apart, which have the same outer shape, by their inner fields. A message
  /// without a single span, log record or metric counts as traces.
  ///
  /// - Complexity: O(1) for most messages: the first record that tells ends it.
  package static func signal(of payload: UnsafeRawBufferPointer) -> Signal {
    let bytes = payload.assumingMemoryBound(to: UInt8.self)
    guard let base = bytes.baseAddress else { return .traces }
    return ProtobufSignals(WireReader(base, 0..<bytes.count)).signal()
  }
}
