import Logging
import NIOCore
import NIOPosix

/// Receives OTLP over the network: gRPC and HTTP, each port either of them.
///
/// A request is answered with success only when the sink has its spans. Decoding happens on the
/// event loops, since a usual batch takes less than handing it to another thread would; batches of
/// megabytes go to threads of their own.
package final class Receiver: Sendable {
  private let service: ExportService
  private let listener: Listener
  private let threads: Threads

  /// Starts its threads and listens nowhere yet; ``stop(deadline:)`` must end it.
  package init(
    sink: any SpanSink, counters: IntakeCounters,
    _ configuration: ReceiverConfiguration = ReceiverConfiguration()
  ) {
    service = ExportService(sink: sink, counters: counters, configuration)
    listener = Listener(threads: 2, log: counters.log)
    threads = Threads(pool: NIOThreadPool(numberOfThreads: 2))
    threads.pool.start()
  }

  /// Bytes that requests under way hold.
  package var heldBytes: Int { service.budget.held }

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
    try await listener.listen(on: address, flag: port.flag) { [service, threads] channel in
      let gate = ReadGate(service.budget, service.configuration)
      let pipeline = channel.pipeline.syncOperations
      try pipeline.addHandler(gate)
      try pipeline.addHandler(ProtocolSwitch(service, threads, gate))
    }
  }

  /// Stops listening and closes all connections: idle ones at once, others when the requests under
  /// way are answered or the deadline comes. HTTP/2 peers are told by GOAWAY which of their requests
  /// were seen, so that they send the others elsewhere.
  ///
  /// - Parameter deadline: returns when requests under way have had their time, or when its task is
  ///   cancelled because none is left; a second, since somebody waits who has quit.
  @concurrent
  package func stop(
    deadline: @escaping @Sendable () async -> Void = { try? await Task.sleep(for: .seconds(1)) }
  ) async {
    await listener.stop(deadline: deadline)
    try? await threads.pool.shutdownGracefully()
    service.counters.log.info("stopped listening")
  }
}
