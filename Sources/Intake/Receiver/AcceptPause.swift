import NIOCore

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Lets a listener rest for a moment when descriptors or memory run out; those who connect wait.
///
/// NIO's `AcceptBackoffHandler` only puts off the next read: the listener stays registered, and its
/// event loop would ask it again at once, for as long as somebody waits.
final class AcceptPause: ChannelInboundHandler {
  typealias InboundIn = any Channel

  static let length = TimeAmount.milliseconds(100)

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard let failure = error as? IOError, Self.isShortage(failure.errnoCode) else {
      return context.fireErrorCaught(error)
    }
    let channel = context.channel
    Self.set(channel, reads: false)
    context.eventLoop.scheduleTask(in: Self.length) { Self.set(channel, reads: true) }
  }

  private static func set(_ channel: any Channel, reads: Bool) {
    try? channel.syncOptions?.setOption(.autoRead, value: reads)
  }

  private static func isShortage(_ code: CInt) -> Bool {
    [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(code)
  }
}
