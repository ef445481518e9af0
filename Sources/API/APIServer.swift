package import Intake
package import Logging
import NIOCore
import NIOHTTP1

/// Serves an ``APIService`` over HTTP/1.1.
package final class APIServer: Sendable {
  /// The option that turns it on.
  package static let flag = "--api"

  private let service: APIService
  private let listener: Listener

  /// Starts its thread and listens nowhere yet; ``stop()`` must end it.
  package init(_ service: APIService, log: Logger) {
    self.service = service
    listener = Listener(threads: 1, log: log)
  }

  /// Starts to listen, and says where; see ``Listener/listen(on:flag:_:)``.
  package func listen(on address: ListenAddress) async throws(IntakeError) -> ListenAddress {
    try await listener.listen(on: address, flag: Self.flag) { [service] channel in
      let pipeline = channel.pipeline.syncOperations
      try pipeline.configureHTTPServerPipeline(withErrorHandling: true)
      try pipeline.addHandler(APIHandler(service))
    }
  }

  /// Stops listening; requests under way have a second.
  package func stop() async {
    await listener.stop { try? await Task.sleep(for: .seconds(1)) }
  }
}
