import NIOCore

/// A body as it comes in, up to a limit; past it, bytes are dropped as they come, so that the peer
/// can finish sending and read why.
struct RequestBody {
  private(set) var bytes = ByteBuffer()
  private(set) var isTooLarge = false
  private(set) var dropped = 0
  private let limit: Int

  /// Dropped bytes after which the connection is not worth keeping.
  static let patience = 1 << 30

  /// - Parameter expected: the size the peer announced, if it did.
  init(limit: Int, expected: Int?) {
    self.limit = limit
    if let expected { expect(expected) }
  }

  /// Makes room for what the peer says is coming, though not for what it may only claim.
  mutating func expect(_ count: Int) {
    if count > limit { isTooLarge = true }
    if !isTooLarge { bytes.reserveCapacity(min(count, 4 << 20)) }
  }

  mutating func append(_ piece: inout ByteBuffer) {
    if !isTooLarge, bytes.readableBytes + piece.readableBytes <= limit {
      bytes.writeBuffer(&piece)
    } else {
      drop(piece.readableBytes)
    }
  }

  /// Drops the body: the request is refused whatever it holds.
  mutating func refuse() { isTooLarge = true }

  private mutating func drop(_ count: Int) {
    isTooLarge = true
    dropped += count
    bytes = ByteBuffer()
  }
}
