import NIOCore

/// A body as it comes in, up to a limit; past it, bytes are dropped as they come, so that the peer
/// can finish sending and read why.
struct RequestBody {
  private(set) var bytes = ByteBuffer()
  private(set) var isTooLarge = false
  private(set) var dropped = 0
  private let limit: Int
  /// What it holds of the budget of all requests.
  let lease: RequestLease

  /// Dropped bytes after which the connection is not worth keeping.
  static let dropLimit = 1 << 30

  /// - Parameter expected: the size the peer announced, if it did.
  init(limit: Int, expected: Int?, lease: RequestLease) {
    (self.limit, self.lease) = (limit, lease)
    if let expected { expect(expected) }
  }

  /// Makes room for what the peer says is coming, though not for what it may only claim.
  mutating func expect(_ count: Int) {
    if count > limit { isTooLarge = true }
    // A little more than the body: a parser that may read behind it needs no copy.
    if !isTooLarge { bytes.reserveCapacity(min(count, 4 << 20) + 64) }
  }

  mutating func append(_ piece: inout ByteBuffer) {
    let count = piece.readableBytes
    if !isTooLarge, bytes.readableBytes + count <= limit {
      lease.take(count)
      bytes.writeBuffer(&piece)
    } else {
      isTooLarge = true
      dropped += count
      clear()
    }
  }

  /// Drops the body: the request is refused whatever it holds.
  mutating func refuse() {
    isTooLarge = true
    clear()
  }

  /// The same body without its framing.
  func holding(_ bytes: ByteBuffer) -> RequestBody {
    var body = self
    body.bytes = bytes
    return body
  }

  private mutating func clear() {
    bytes = ByteBuffer()
    lease.clear()
  }
}
