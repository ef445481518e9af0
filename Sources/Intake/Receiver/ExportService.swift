import Formats
import NIOCore
import Telemetry

/// How a body is written.
enum BodyFormat: Sendable { case protobuf, json }

/// What a request that was answered with success lost all the same.
struct PartialSuccess: Equatable, Sendable {
  /// Spans, metrics or log records that are not kept.
  var rejected: Int
  var message: String
}

/// Decodes OTLP requests into the sink, whichever protocol brought them.
final class ExportService: Sendable {
  let sink: any SpanSink
  let counters: IntakeCounters
  /// The most bytes a body may have, unpacked.
  let limit: Int
  private let room = BatchRoom()

  init(sink: any SpanSink, counters: IntakeCounters, limit: Int) {
    (self.sink, self.counters, self.limit) = (sink, counters, limit)
  }

  /// Whether decoding so many bytes takes longer than another connection should wait: some
  /// milliseconds.
  static func isLong(_ bytes: Int, _ compression: Compression?) -> Bool {
    bytes > (compression == nil ? 1 << 20 : 64 << 10)
  }

  /// Unpacks and decodes one body and waits until the sink has it.
  ///
  /// - Parameter peer: where it came from, for the report of a body that cannot be read.
  /// - Returns: what was lost, if anything was.
  func export(
    _ body: ByteBuffer, _ compression: Compression?, _ format: BodyFormat, _ signal: Signal,
    from source: SourceID, peer: SocketAddress?
  ) throws(ExportFailure) -> PartialSuccess? {
    let plain = try unpack(body, compression)
    let isCompact = signal == .traces && format == .protobuf
    var batch = isCompact ? room.batch(for: plain.readableBytes) : SpanBatch()
    var report = DecodeReport()
    report.bytes = plain.readableBytes
    let problem = plain.withUnsafeReadableBytes { bytes -> DecodeError? in
      do throws(DecodeError) {
        try Self.decode(bytes, format, signal, &batch, &report)
        return nil
      } catch {
        return error
      }
    }
    if isCompact { room.learn(batch, bytes: plain.readableBytes) }
    report.spans = batch.spans.count
    if let problem {
      report.badRecords = 1
      report.firstBad = BadRecord(
        source: Self.name(source, peer), line: 0, offset: problem.offset, reason: problem.message)
    }
    let isLost = problem != nil && batch.isEmpty
    sink.deliver(batch, report, from: source)
    if let trouble = sink.trouble { throw ExportFailure(.unavailable, trouble) }
    if isLost { counters.add(report.counts) } else { counters.addRequest(report.counts) }
    guard let problem else { return nil }
    let message = "\(problem.message), at byte \(problem.offset)"
    if isLost { throw ExportFailure(.unreadable, message) }
    // How many were lost cannot be known; one is what makes an exporter log it.
    return PartialSuccess(rejected: 1, message: "what comes first is kept: " + message)
  }

  private func unpack(
    _ body: ByteBuffer, _ compression: Compression?
  ) throws(ExportFailure) -> ByteBuffer {
    guard let compression else {
      if body.readableBytes > limit { throw .tooLarge(limit: limit) }
      return body
    }
    let unpacked = body.withUnsafeReadableBytes { bytes in
      Result { () throws(UnpackError) in
        try UnpackedBytes.unpack(bytes, compression, limit: limit)
      }
    }
    do throws(UnpackError) {
      return try unpacked.get()
    } catch {
      if case .tooLarge = error { throw .tooLarge(limit: limit) }
      throw ExportFailure(.unreadable, "the body \(error.message) (\(compression.rawValue))")
    }
  }

  private static func decode(
    _ bytes: UnsafeRawBufferPointer, _ format: BodyFormat, _ signal: Signal,
    _ batch: inout SpanBatch, _ report: inout DecodeReport
  ) throws(DecodeError) {
    switch (signal, format) {
    case (.traces, .protobuf): _ = try OTLPProtobuf.decodeTraces(bytes, into: &batch)
    case (.traces, .json): _ = try OTLPJSON.decodeTraces(bytes, into: &batch)
    case (.metrics, .protobuf): report.metrics = try OTLPProtobuf.countMetrics(bytes)
    case (.metrics, .json): report.metrics = try OTLPJSON.countMetrics(bytes)
    case (.logs, .protobuf): report.logRecords = try OTLPProtobuf.countLogs(bytes)
    case (.logs, .json): report.logRecords = try OTLPJSON.countLogs(bytes)
    }
  }

  private static func name(_ source: SourceID, _ peer: SocketAddress?) -> String {
    guard let peer = ListenAddress(peer) else { return source.name }
    return "\(source.name) from \(peer)"
  }

  /// Counts and logs a refusal.
  func refuse(_ failure: ExportFailure, from source: SourceID, peer: SocketAddress?) {
    counters.addRefusal(
      failure.reason, "\(source.name): \(failure.message)",
      peer: ListenAddress(peer)?.description ?? "an unknown address")
  }
}

extension ListenAddress {
  fileprivate init?(_ peer: SocketAddress?) {
    guard let address = peer?.ipAddress, let port = peer?.port else { return nil }
    self.init(host: address, port: port)
  }
}
