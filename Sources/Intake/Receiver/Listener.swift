#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif
package import Logging
package import NIOCore
import NIOExtras
import NIOPosix
import Synchronization

/// Listens on addresses of this machine, and lets their connections go in good order at the end.
///
/// What is spoken on a connection is for whoever opens the door to say.
package final class Listener: Sendable {
  private let group: MultiThreadedEventLoopGroup
  private let log: Logger
  /// One for each address; each knows its connections.
  private let doors = Mutex<[ServerQuiescingHelper]>([])

  /// Starts its threads and listens nowhere yet; ``stop(deadline:)`` must end it.
  package init(threads: Int, log: Logger) {
    group = MultiThreadedEventLoopGroup(numberOfThreads: threads)
    self.log = log
  }

  /// Starts to listen.
  ///
  /// `localhost` means both of this machine's own addresses, as clients try either.
  ///
  /// - Parameters:
  ///   - flag: the option that names the address, for errors and the log.
  ///   - connect: sets up a new connection.
  /// - Returns: where it listens, with the port that was picked when 0 was asked for.
  /// - Throws: when the port is taken or the address is not one of this machine. The listener goes
  ///   on with what it has, and may be asked for another port.
  package func listen(
    on address: ListenAddress, flag: String,
    _ connect: @escaping @Sendable (any Channel) throws -> Void
  ) async throws(IntakeError) -> ListenAddress {
    guard address.host == "localhost" else { return try await bind(address, flag, connect) }
    let first = try await bind(
      ListenAddress(host: "127.0.0.1", port: address.port), flag, connect)
    // A machine without IPv6 has only the first, and that will do.
    _ = try? await bind(ListenAddress(host: "::1", port: first.port), flag, connect)
    return ListenAddress(host: "localhost", port: first.port)
  }

  /// Stops listening and closes all connections: idle ones at once, others when the requests under
  /// way are answered or the deadline comes. Ends its threads.
  ///
  /// - Parameters:
  ///   - deadline: returns when requests under way have had their time, or when its task is
  ///     cancelled because none is left.
  package func stop(deadline: @escaping @Sendable () async -> Void) async {
    let loop = group.next()
    let closed = closeDoors(loop)
    let done = loop.makePromise(of: Void.self)
    EventLoopFuture.andAllComplete(closed, on: loop).cascade(to: done)
    let end = Task {
      await deadline()
      done.succeed()
    }
    try? await done.futureResult.get()
    end.cancel()
    await end.value
    try? await group.shutdownGracefully()
  }

  /// The helpers must be gone before the event loops are, so they do not leave this function.
  private func closeDoors(_ loop: any EventLoop) -> [EventLoopFuture<Void>] {
    let closing = doors.withLock { doors in
      defer { doors = [] }
      return doors
    }
    return closing.map { door in
      let promise = loop.makePromise(of: Void.self)
      door.initiateShutdown(promise: promise)
      return promise.futureResult
    }
  }

  private func bind(
    _ address: ListenAddress, _ flag: String,
    _ connect: @escaping @Sendable (any Channel) throws -> Void
  ) async throws(IntakeError) -> ListenAddress {
    let door = ServerQuiescingHelper(group: group)
    let bootstrap = ServerBootstrap(group: group)
      .serverChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          try pipeline.addHandler(AcceptPause())
          try pipeline.addHandler(door.makeServerChannelHandler(channel: channel))
        }
      }
      .serverChannelOption(.backlog, value: 256)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelOption(
        .recvAllocator,
        value: AdaptiveRecvByteBufferAllocator(
          minimum: 4 << 10, initial: 64 << 10, maximum: 1 << 20)
      )
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture { try connect(channel) }
      }
    do {
      let channel = try await bootstrap.bind(host: address.host, port: address.port).get()
      doors.withLock { $0.append(door) }
      let bound = ListenAddress(
        host: address.host, port: channel.localAddress?.port ?? address.port)
      log.info("listening on \(bound)", metadata: ["flag": "\(flag)"])
      return bound
    } catch {
      let problem = Self.problem(error, address, flag)
      log.error("cannot listen: \(problem.message)")
      throw problem
    }
  }

  private static func problem(
    _ error: any Error, _ address: ListenAddress, _ flag: String
  ) -> IntakeError {
    let what = "\(flag) \(address)"
    let free = "\(flag) \(ListenAddress(host: address.host, port: 0)) picks a free port"
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
