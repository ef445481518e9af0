import NIOCore
import NIOPosix

/// Where requests that take long are decoded, so that an event loop goes on with its others.
struct Threads: Sendable {
  let pool: NIOThreadPool

  /// Answers with what `work` returns, on the event loop again; at once when it does not take long.
  func run<Reply: Sendable>(
    isLong: Bool, on loop: any EventLoop, _ work: @escaping @Sendable () -> Reply,
    then answer: @escaping (Reply) -> Void
  ) {
    guard isLong else { return answer(work()) }
    pool.runIfActive(eventLoop: loop, work).assumeIsolated().whenSuccess(answer)
  }
}
