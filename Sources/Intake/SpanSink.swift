package import Formats
package import Telemetry

/// Where sources deliver what they read.
///
/// Calls come from any thread, several at once, and return when the work is done: a sink that is
/// behind holds its sources back simply by taking its time. When ``receive(_:from:)`` returns, the
/// spans are part of whatever a reader sees next; the receiver acknowledges a request only then.
package protocol SpanSink: Sendable {
  /// Takes spans over. Never called with an empty batch.
  func receive(_ batch: consuming SpanBatch, from source: SourceID)

  /// Takes a delta of what was read besides spans: bytes, bad records, log text, counts of other
  /// signals. Follows the batch it describes.
  func report(_ report: DecodeReport, from source: SourceID)

  /// Why what was received is lost, such as a full disk; nil when all is well. The receiver asks
  /// after each request and tells the sender to keep its spans.
  var trouble: String? { get }

  /// Whether it wants every line of other output, not only the newest of each stretch.
  var takesAllOutput: Bool { get }
}

extension SpanSink {
  /// Memory has no trouble.
  package var trouble: String? { nil }

  package var takesAllOutput: Bool { false }

  /// Delivers one stretch of input: the batch when it holds spans, then the report.
  func deliver(
    _ batch: consuming SpanBatch, _ report: inout DecodeReport, from source: SourceID
  ) {
    take(batch, &report, from: source)
    if !report.isEmpty { self.report(report, from: source) }
  }

  /// Hands a decoded batch over: the one place where batches are validated. A span whose records
  /// lead out of its batch is left out and counted as a bad record, so that nothing behind this
  /// has to check.
  package func take(
    _ batch: consuming SpanBatch, _ report: inout DecodeReport, from source: SourceID
  ) {
    guard !batch.isEmpty else { return }
    var batch = batch
    let removed = batch.removeInvalid()
    if removed > 0 { report.countInvalid(removed, source: source.name) }
    if !batch.isEmpty { receive(batch, from: source) }
  }
}

extension DecodeReport {
  /// Counts spans that a decoder made wrong.
  fileprivate mutating func countInvalid(_ count: Int, source: String) {
    let (lines, bytes) = (counts.lines, counts.bytes)
    counts.spans -= count
    counts.badRecords += count - 1
    counts.addBad(
      BadRecord(
        source: source, line: lines, offset: bytes, reason: "a span that leads out of its batch"))
  }
}
