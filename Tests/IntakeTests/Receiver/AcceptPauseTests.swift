import Foundation
import NIOCore
import NIOEmbedded
import Testing

@testable import Intake

/// What a listener does when no descriptor is left for who connects.
@Suite struct AcceptPauseTests {
  /// Whether the channel reads; nil when nobody said so.
  private func reads(_ channel: EmbeddedChannel) -> Bool? {
    channel.options.compactMap { $0.value as? Bool }.last
  }

  @Test("the listener is not asked for a while, then again", arguments: [EMFILE, ENFILE, ENOMEM])
  func pause(code: CInt) throws {
    let channel = EmbeddedChannel(handler: AcceptPause())
    channel.pipeline.fireErrorCaught(IOError(errnoCode: code, reason: "accept"))
    #expect(reads(channel) == false)
    channel.embeddedEventLoop.advanceTime(by: .milliseconds(99))
    #expect(reads(channel) == false)
    channel.embeddedEventLoop.advanceTime(by: .milliseconds(1))
    #expect(reads(channel) == true)
    try channel.throwIfErrorCaught()
  }

  @Test("other errors are passed on")
  func others() {
    let channel = EmbeddedChannel(handler: AcceptPause())
    channel.pipeline.fireErrorCaught(IOError(errnoCode: EINVAL, reason: "accept"))
    #expect(reads(channel) == nil)
    #expect(throws: IOError.self) { try channel.throwIfErrorCaught() }
  }
}
