import Synchronization
import Telemetry

/// How much room a request's spans will need, by the request before: one exporter sends much the
/// same spans all day. Room made at once costs neither copies nor the page faults of growing.
final class BatchRoom: Sendable {
  private struct Shares {
    var spans = 0.0
    var attributes = 0.0
  }

  /// Records for each byte of the body.
  private let shares = Mutex(Shares())

  /// An empty batch with room for what so many bytes of protobuf hold.
  func batch(for bytes: Int) -> SpanBatch {
    let shares = shares.withLock { $0 }
    var batch = SpanBatch()
    batch.arena.reserveCapacity(bytes + bytes / 32 + 1_024)
    // A twentieth more, so that a little more than last time still fits.
    batch.spans.reserveCapacity(Int(1.05 * shares.spans * Double(bytes)))
    batch.attributes.reserveCapacity(Int(1.05 * shares.attributes * Double(bytes)))
    return batch
  }

  /// Learns from a decoded body.
  func learn(_ batch: borrowing SpanBatch, bytes: Int) {
    // Small bodies are mostly resource, and cheap to grow for.
    guard bytes >= 16 << 10 else { return }
    let seen = Shares(
      spans: Double(batch.spans.count) / Double(bytes),
      attributes: Double(batch.attributes.count) / Double(bytes))
    shares.withLock { $0 = seen }
  }
}
