import API
import Explorer
import Intake
import Logging
import QueryLanguage
import Synchronization
import Telemetry

/// Answers requests over HTTP about what a workspace holds, for as long as it runs.
final class APIServing: Sendable {
  private let backend: any QueryBackend
  private let counts: @Sendable () -> IntakeCounts
  private let log: Logger
  private let state = Mutex(State())

  private struct State {
    var server: APIServer?
    var isOver = false
  }

  init(
    _ backend: any QueryBackend, counts: @escaping @Sendable () -> IntakeCounts, log: Logger
  ) {
    (self.backend, self.counts, self.log) = (backend, counts, log)
  }

  /// Listens, and says in the header where; a notice says why not.
  func start(
    _ address: ListenAddress, _ options: WorkspaceOptions, _ reporter: FeedReporter,
    _ send: @escaping @Sendable (Action) -> Void
  ) -> Task<Void, Never> {
    Task.detached { [self] in
      do throws(Failure) {
        let token = address.isLoopback ? nil : try APIToken(in: options.stateFolder).make()
        guard let bound = try await listen(address, token, options) else { return }
        reporter.change { $0.setSource("api \(bound)", .api, .active) }
      } catch {
        reporter.change { [line = error.line] state in
          state.setSource("api \(address)", .api, .failed, problem: line)
        }
        send(.notice(Notice(error.line, .failure)))
      }
    }
  }

  /// - Returns: nil when it was stopped before.
  private func listen(
    _ address: ListenAddress, _ token: String?, _ options: WorkspaceOptions
  ) async throws(Failure) -> ListenAddress? {
    let service = APIService(
      backend, counts: counts, token: token,
      origins: AllowedOrigins(others: options.receiver.allowedOrigins))
    let server = APIServer(service, log: log)
    let isOver = state.withLock { state in
      if !state.isOver { state.server = server }
      return state.isOver
    }
    if isOver {
      await server.stop()
      return nil
    }
    do throws(IntakeError) { return try await server.listen(on: address) } catch {
      throw Failure(error)
    }
  }

  func stop() async {
    let server = state.withLock { state in
      state.isOver = true
      return state.server.take()
    }
    await server?.stop()
  }
}
