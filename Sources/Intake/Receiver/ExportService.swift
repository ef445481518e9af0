import Formats
import NIOCore
import Synchronization
import Telemetry

/// How a body is written.
enum BodyFormat: Sendable { case protobuf, json }

/// What a request that was answered with success lost all the same.
struct PartialSuccess: Equatable, Sendable {
  /// Spans, metrics or log records that are not kept.
  var rejected: Int
  var message: String
}

/// Decodes requests into the sink, whichever protocol brought them.
final class ExportService: Sendable {
  let sink: any SpanSink
  let counters: IntakeCounters
  let origins: AllowedOrigins
  let budget: RequestBudget
  let configuration: ReceiverConfiguration
  private let room = BatchRoom()
  /// Held while a body of many megabytes is decoded: one costs several times its size.
  private let large = Mutex(())

  init(sink: any SpanSink, counters: IntakeCounters, _ configuration: ReceiverConfiguration) {
    (self.sink, self.counters, self.configuration) = (sink, counters, configuration)
    origins = AllowedOrigins(others: configuration.allowedOrigins)
    budget = RequestBudget(limit: configuration.totalLimit)
  }

  /// The most bytes a body may have, unpacked.
  var limit: Int { configuration.requestLimit }

  /// Whether decoding so many bytes takes longer than another connection should wait: some
  /// milliseconds.
  static func isLong(_ bytes: Int, _ compression: Compression?) -> Bool {
    bytes > (compression == nil ? 1 << 20 : 64 << 10)
  }

  /// Unpacks and decodes one OTLP body and waits until the sink has it.
  ///
  /// A body that surely holds another signal than its path says is taken for what it holds.
  ///
  /// - Parameter peer: where it came from, for the report of a body that cannot be read.
  /// - Returns: what was lost, if anything was.
  func export(
    _ body: RequestBody, _ compression: Compression?, _ format: BodyFormat, _ signal: Signal,
    from source: SourceID, peer: SocketAddress?
  ) throws(ExportFailure) -> PartialSuccess? {
    let plain = try unpack(body, compression)
    return try decoding(plain.readableBytes) { () throws(ExportFailure) in
      let found = format == .json ? nil : Self.signal(of: plain)
      let isCompact = format == .protobuf && (found ?? signal) == .traces
      var batch = isCompact ? room.batch(for: plain.readableBytes) : SpanBatch()
      var report = DecodeReport()
      report.bytes = plain.readableBytes
      let slack = plain.writableBytes
      let problem = plain.withUnsafeReadableBytes { bytes -> DecodeError? in
        do throws(DecodeError) {
          try Self.decode(bytes, slack: slack, format, found ?? signal, &batch, &report)
          return nil
        } catch {
          return error
        }
      }
      if isCompact { room.learn(batch, bytes: plain.readableBytes) }
      if plain.readableBytes > 0, Self.isUncertain(batch, report, format, signal, found) {
        // Bytes that may be anything become no spans.
        batch = SpanBatch()
        if problem == nil { throw ExportFailure.notOTLP(signal) }
      }
      report.spans = batch.spans.count
      if let problem { addBad(problem, to: &report, source, peer) }
      return try deliver(batch, report, problem, from: source)
    }
  }

  /// Unpacks and decodes a body of another tracer's and waits until the sink has it.
  ///
  /// - Parameter isThrift: whether it is a batch of Jaeger's in Thrift, not JSON.
  func exportForeign(
    _ body: RequestBody, _ compression: Compression?, isThrift: Bool, from source: SourceID,
    peer: SocketAddress?
  ) throws(ExportFailure) {
    let plain = try unpack(body, compression)
    try decoding(plain.readableBytes) { () throws(ExportFailure) in
      var batch = SpanBatch()
      var report = DecodeReport()
      let name = Self.name(source, peer)
      plain.withUnsafeReadableBytes { bytes in
        if isThrift {
          Self.decodeThrift(bytes, name, &batch, &report)
        } else {
          var decoder = StreamDecoder(source: name)
          decoder.decode(bytes, into: &batch, report: &report)
          decoder.finish(into: &batch, report: &report)
        }
      }
      report.spans = batch.spans.count
      let isNone = batch.isEmpty
      if isNone, report.badRecords == 0, !Self.isEmptyList(plain) {
        throw ExportFailure(.unreadable, "no \(source.name) spans in the body")
      }
      let reason = report.firstBad?.reason
      _ = try deliver(batch, report, nil, from: source)
      if isNone, let reason { throw ExportFailure(.unreadable, reason) }
    }
  }

  private static func decodeThrift(
    _ bytes: UnsafeRawBufferPointer, _ name: String, _ batch: inout SpanBatch,
    _ report: inout DecodeReport
  ) {
    report.bytes = bytes.count
    do throws(DecodeError) {
      _ = try JaegerThrift.decode(bytes, into: &batch)
    } catch {
      report.badRecords = 1
      report.firstBad = BadRecord(
        source: name, line: 0, offset: error.offset, reason: error.message)
    }
  }

  /// Decodes bytes under the budget, large ones one after the other.
  private func decoding<Answer>(
    _ bytes: Int, _ decode: () throws(ExportFailure) -> Answer
  ) throws(ExportFailure) -> Answer {
    let lease = RequestLease(budget)
    lease.take(bytes)
    guard bytes > 16 << 20 else { return try decode() }
    return try large.withLock { _ throws(ExportFailure) in try decode() }
  }

  private func deliver(
    _ batch: consuming SpanBatch, _ report: DecodeReport, _ problem: DecodeError?,
    from source: SourceID
  ) throws(ExportFailure) -> PartialSuccess? {
    let isLost = problem != nil && batch.isEmpty
    var report = report
    sink.deliver(batch, &report, from: source)
    if let trouble = sink.trouble { throw ExportFailure(.unavailable, trouble) }
    if isLost { counters.add(report.counts) } else { counters.addRequest(report.counts) }
    guard let problem else { return nil }
    let message = "\(problem.message), at byte \(problem.offset)"
    if isLost { throw ExportFailure(.unreadable, message) }
    // How many were lost cannot be known; one is what makes an exporter log it.
    return PartialSuccess(rejected: 1, message: "what comes first is kept: " + message)
  }

  private func unpack(
    _ body: RequestBody, _ compression: Compression?
  ) throws(ExportFailure) -> ByteBuffer {
    guard let compression else {
      if body.bytes.readableBytes > limit { throw .tooLarge(limit: limit) }
      return body.bytes
    }
    let unpacked = body.bytes.withUnsafeReadableBytes { bytes in
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
    _ bytes: UnsafeRawBufferPointer, slack: Int, _ format: BodyFormat, _ signal: Signal,
    _ batch: inout SpanBatch, _ report: inout DecodeReport
  ) throws(DecodeError) {
    switch (signal, format) {
    // JSON says by its names what it holds.
    case (_, .json):
      try OTLPJSON.decodeAny(withoutMark(bytes), slack: slack, into: &batch, report: &report)
    case (.traces, .protobuf): _ = try OTLPProtobuf.decodeTraces(bytes, into: &batch)
    case (.metrics, .protobuf): report.metrics = try OTLPProtobuf.countMetrics(bytes)
    case (.logs, .protobuf): report.logRecords = try OTLPProtobuf.countLogs(bytes)
    }
  }

  /// What a protobuf body surely holds; nil when it may be anything.
  private static func signal(of body: ByteBuffer) -> Signal? {
    switch body.withUnsafeReadableBytes({ OTLPProtobuf.signal(of: $0) }) {
    case .traces: .traces
    case .metrics: .metrics
    case .logs: .logs
    case .unknown: nil
    }
  }

  /// Whether what was decoded may be something else, or is nothing that is kept or counted.
  private static func isUncertain(
    _ batch: borrowing SpanBatch, _ report: DecodeReport, _ format: BodyFormat, _ signal: Signal,
    _ found: Signal?
  ) -> Bool {
    guard report.metrics == 0, report.logRecords == 0 else { return false }
    if format == .json { return batch.isEmpty && report.unknownSignals > 0 }
    return found == nil
  }

  /// Text without the mark that some writers put before UTF-8.
  private static func withoutMark(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? .init(rebasing: bytes.dropFirst(3)) : bytes
  }

  private static func isEmptyList(_ body: ByteBuffer) -> Bool {
    let text = withoutBlanks(body.readableBytesView)
    return text.isEmpty || text == [UInt8(ascii: "["), UInt8(ascii: "]")]
  }

  private static func withoutBlanks(_ bytes: ByteBufferView) -> [UInt8] {
    // Longer than this it is no empty list.
    bytes.prefix(256).filter { $0 > UInt8(ascii: " ") }
  }

  private func addBad(
    _ problem: DecodeError, to report: inout DecodeReport, _ source: SourceID,
    _ peer: SocketAddress?
  ) {
    report.badRecords = 1
    report.firstBad = BadRecord(
      source: Self.name(source, peer), line: 0, offset: problem.offset, reason: problem.message)
  }

  private static func name(_ source: SourceID, _ peer: SocketAddress?) -> String {
    guard let peer = ListenAddress(peer) else { return source.name }
    return "\(source.name) from \(peer)"
  }

  /// Counts and logs a refusal.
  func refuse(_ failure: ExportFailure, from source: SourceID, peer: SocketAddress?) {
    addRefusal(failure.reason, "\(source.name): \(failure.message)", peer)
  }

  /// Counts and logs a connection that speaks neither version of HTTP.
  func refuseConnection(_ reason: RefusalCounts.Reason, peer: SocketAddress?) {
    addRefusal(reason, reason.rawValue, peer)
  }

  private func addRefusal(
    _ reason: RefusalCounts.Reason, _ text: String, _ peer: SocketAddress?
  ) {
    counters.addRefusal(
      reason, text, peer: ListenAddress(peer)?.description ?? "an unknown address")
  }
}

extension ListenAddress {
  fileprivate init?(_ peer: SocketAddress?) {
    guard let address = peer?.ipAddress, let port = peer?.port else { return nil }
    self.init(host: address, port: port)
  }
}
