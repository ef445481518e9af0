package import NIOCore

/// What a receiver allows its senders.
package struct ReceiverConfiguration: Sendable {
  /// The most bytes a request may have, unpacked; more is refused.
  package var requestLimit = 64 << 20
  /// The bytes that all requests together may hold while they are received and decoded. Past it
  /// connections are not read until there is room; those that hold little have a quarter more.
  package var totalLimit = 64 << 20
  /// Origins of web pages that may send besides those of this machine; `*` is every one.
  package var allowedOrigins: [String] = []
  /// How long a connection waits for room before its requests are refused, to be sent again later.
  /// Shorter than the ten seconds after which exporters give up.
  package var roomWait = TimeAmount.seconds(6)
  /// How long a request may rest, of which a part is here, while others wait for room.
  package var stall = TimeAmount.seconds(3)
  /// How long an HTTP/1.1 connection may be quiet. Exporters send every few seconds or minutes, and
  /// connect anew when they find theirs closed.
  package var idle = TimeAmount.minutes(10)
  /// How long an HTTP/2 connection may have no stream before it is told to go, which costs nothing
  /// under way.
  package var idleHTTP2 = TimeAmount.minutes(30)

  package init() {}
}
