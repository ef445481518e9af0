import Explorer
import QueryLanguage
import Synchronization
import Telemetry

/// Runs requests off the main thread, one a slot; a newer one in a slot ends the older.
final class RequestRunner: Sendable {
  /// How often a request says how far it has come.
  static let progressInterval = Nanoseconds.milliseconds(250)

  private let backend: any QueryBackend
  private let clock: any WorkspaceClock
  private let send: @Sendable (Action) -> Void
  private let tasks = Mutex<[Slot: Running]>([:])

  private struct Running {
    var requestID: RequestID
    var task: Task<Void, Never>
  }

  init(
    _ backend: any QueryBackend, clock: any WorkspaceClock,
    send: @escaping @Sendable (Action) -> Void
  ) {
    (self.backend, self.clock, self.send) = (backend, clock, send)
  }

  /// Answers later, unless the slot is cancelled or asked again before.
  func ask(_ requestID: RequestID, _ request: Request) {
    // Noted before it can have come to its end: an answer that nobody is noted to wait for is
    // dropped.
    let old = tasks.withLock { tasks in
      let task = Task.detached(priority: .userInitiated) { [self] in
        await run(requestID, request)
      }
      return tasks.updateValue(Running(requestID: requestID, task: task), forKey: requestID.slot)
    }
    old?.task.cancel()
  }

  private func run(_ requestID: RequestID, _ request: Request) async {
    let progress = QueryProgress()
    let teller = Task.detached { [self] in await tell(progress, requestID) }
    let response = await response(request, progress)
    teller.cancel()
    let isCurrent = tasks.withLock { tasks in
      guard tasks[requestID.slot]?.requestID == requestID else { return false }
      tasks[requestID.slot] = nil
      return true
    }
    guard isCurrent, let response else { return }
    send(.tick(clock.now))
    send(.response(requestID, response))
  }

  func cancel(_ slot: Slot) {
    tasks.withLock { $0.removeValue(forKey: slot) }?.task.cancel()
  }

  func cancelAll() {
    let all = tasks.withLock { tasks in
      defer { tasks = [:] }
      return tasks.values.map(\.task)
    }
    for task in all { task.cancel() }
  }

  /// Requests that have no answer yet.
  var openCount: Int { tasks.withLock { $0.count } }

  /// Says now and then how far a request has come, until cancelled.
  private func tell(_ progress: QueryProgress, _ requestID: RequestID) async {
    while true {
      do { try await clock.sleep(for: Self.progressInterval) } catch { return }
      guard !Task.isCancelled else { return }
      send(.progress(requestID, progress.share, now: clock.now))
    }
  }

  /// - Returns: nil when it was cancelled.
  private func response(_ request: Request, _ progress: QueryProgress) async -> Response? {
    do {
      return try await QueryProgress.$current.withValue(progress) {
        try await response(request)
      }
    } catch let error as QueryError {
      return .failure(error)
    } catch is CancellationError {
      return nil
    } catch {
      return .failure(QueryError("\(error)"))
    }
  }

  private func response(_ request: Request) async throws -> Response {
    switch request {
    case .query(let query, let options): .result(try await backend.run(query, options))
    case .traces(let request): .traces(try await backend.traces(request))
    case .compare(let request): .compared(try await backend.compare(request))
    case .trace(let id): .trace(try await backend.trace(id))
    case .catalog: .catalog(try await backend.catalog())
    case .events(let request): .events(try await backend.events(request))
    case .ranks(let service, let name, let durations):
      .ranks(try await backend.ranks(service: service, name: name, durations: durations))
    case .notes(let view): .notes(TraceNote.all(view))
    }
  }
}
