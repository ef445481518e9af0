#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif
import NIOCore
import NIOPosix
import Synchronization

/// Receives OTLP over the network: gRPC and HTTP, each port either of them.
///
/// A request is answered with success only when the sink has its spans. Decoding happens on the
/// event loops, since a usual batch takes less than handing it to another thread would; batches of
/// megabytes go to threads of their own.
package final class Receiver: Sendable {
  private let service: ExportService
  private let group: MultiThreadedEventLoopGroup
  private let threads: Threads
  private let channels = Mutex<[any Channel]>([])

  /// The limit of a request unpacked, when none is given: 64 MiB.
  package static let standardLimit = 64 << 20

  /// - Parameter limit: bytes a request may have unpacked; more is refused.
  package init(
    sink: any SpanSink, counters: IntakeCounters, limit: Int = Receiver.standardLimit
  ) {
    service = ExportService(sink: sink, counters: counters, limit: limit)
    group = MultiThreadedEventLoopGroup(numberOfThreads: 2)
    threads = Threads(pool: NIOThreadPool(numberOfThreads: 2))
    threads.pool.start()
  }

  /// Starts to listen.
  ///
  /// `localhost` means both of this machine's own addresses, as exporters try either.
  ///
  /// - Returns: where it listens, with the port that was picked when 0 was asked for.
  /// - Throws: when the port is taken or the address is not one of this machine. The receiver goes
  ///   on with what it has, and may be asked for another port.
  @concurrent @discardableResult
  package func listen(
    _ port: ReceiverPort, on address: ListenAddress
  ) async throws(IntakeError) -> ListenAddress {
    guard address.host == "localhost" else {
      return try await bind(address, port)
    }
    let first = try await bind(ListenAddress(host: "127.0.0.1", port: address.port), port)
    // A machine without IPv6 has only the first, and that will do.
    _ = try? await bind(ListenAddress(host: "::1", port: first.port), port)
    return ListenAddress(host: "localhost", port: first.port)
  }

  /// Stops listening, lets open requests finish for up to a second, closes all connections.
  @concurrent
  package func stop() async {
    let listening = channels.withLock { channels in
      defer { channels = [] }
      return channels
    }
    for channel in listening { try? await channel.close() }
    for _ in 0..<100 where service.openRequests > 0 {
      try? await Task.sleep(for: .milliseconds(10))
    }
    // The last answers are on their way to the event loops.
    try? await Task.sleep(for: .milliseconds(10))
    try? await group.shutdownGracefully()
    try? await threads.pool.shutdownGracefully()
  }

  private func bind(
    _ address: ListenAddress, _ port: ReceiverPort
  ) async throws(IntakeError) -> ListenAddress {
    let bootstrap = ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 256)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelOption(
        .recvAllocator,
        value: AdaptiveRecvByteBufferAllocator(
          minimum: 4 << 10, initial: 64 << 10, maximum: 1 << 20)
      )
      .childChannelInitializer { [service, threads] channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(ProtocolSwitch(service, threads))
        }
      }
    do {
      let channel = try await bootstrap.bind(host: address.host, port: address.port).get()
      channels.withLock { $0.append(channel) }
      return ListenAddress(
        host: address.host, port: channel.localAddress?.port ?? address.port)
    } catch {
      throw Self.problem(error, address, port)
    }
  }

  private static func problem(
    _ error: any Error, _ address: ListenAddress, _ port: ReceiverPort
  ) -> IntakeError {
    let what = "\(port.flag) \(address)"
    let free = "\(port.flag) \(ListenAddress(host: address.host, port: 0)) picks a free port"
    switch (error as? IOError)?.errnoCode {
    case EADDRINUSE:
      return IntakeError(
        .portInUse, what: what, why: "port \(address.port) is in use by another program",
        hint: free)
    case EACCES, EPERM:
      return IntakeError(
        .denied, what: what, why: "not permitted to listen on port \(address.port)", hint: free)
    case EADDRNOTAVAIL, EAFNOSUPPORT:
      return IntakeError(
        .cannotListen, what: what, why: "\(address.host) is no address of this machine",
        hint: "127.0.0.1 is this machine only, 0.0.0.0 all of its networks")
    case let code?:
      return IntakeError(.cannotListen, what: what, why: String(cString: strerror(code)))
    case nil:
      return IntakeError(
        .cannotListen, what: what, why: "cannot find the host '\(address.host)'",
        hint: "127.0.0.1 is this machine only, 0.0.0.0 all of its networks")
    }
  }
}
