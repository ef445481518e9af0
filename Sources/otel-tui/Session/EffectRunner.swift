import Explorer
import Foundation
import QueryEngine
import QueryLanguage
import Synchronization

/// Runs questions off the main thread, one task a slot; a newer one in a slot ends the older.
final class EffectRunner: Sendable {
  private let backend: LocalBackend
  private let queue: ActionQueue
  private let tasks = Mutex<[Slot: Task<Void, Never>]>([:])

  init(_ backend: LocalBackend, _ queue: ActionQueue) {
    (self.backend, self.queue) = (backend, queue)
  }

  func ask(_ ticket: Ticket, _ question: Question) {
    let backend = backend
    let queue = queue
    let task = Task.detached(priority: .userInitiated) {
      let progress = QueryProgress()
      let teller = Task.detached { await Self.tell(progress, ticket, queue) }
      defer { teller.cancel() }
      do {
        let answer = try await QueryProgress.$current.withValue(progress) {
          try await Self.answer(question, backend)
        }
        if !Task.isCancelled { queue.send(.answer(ticket, answer)) }
      } catch let error as QueryError {
        queue.send(.answer(ticket, .failure(error)))
      } catch is CancellationError {
        return
      } catch {
        queue.send(.answer(ticket, .failure(QueryError("\(error)"))))
      }
    }
    let old = tasks.withLock { $0.updateValue(task, forKey: ticket.slot) }
    old?.cancel()
  }

  /// Says now and then how far a question has come, until cancelled.
  private static func tell(
    _ progress: QueryProgress, _ ticket: Ticket, _ queue: ActionQueue
  ) async {
    while true {
      try? await Task.sleep(for: .milliseconds(250))
      guard !Task.isCancelled else { return }
      queue.send(.progress(ticket, progress.share, now: Machine.now))
    }
  }

  func cancel(_ slot: Slot) {
    tasks.withLock { $0.removeValue(forKey: slot) }?.cancel()
  }

  func cancelAll() {
    let all = tasks.withLock { tasks in
      defer { tasks = [:] }
      return tasks.values
    }
    for task in all { task.cancel() }
  }

  private static func answer(
    _ question: Question, _ backend: LocalBackend
  ) async throws -> Answer {
    switch question {
    case .query(let query, let options): .result(try await backend.run(query, options))
    case .traces(let request): .traces(try await backend.traces(request))
    case .trace(let id): .trace(try await backend.trace(id))
    case .catalog: .catalog(try await backend.catalog())
    case .events(let limit): .events(try await backend.events(limit: limit))
    case .ranks(let service, let name, let durations):
      .ranks(try await backend.ranks(service: service, name: name, durations: durations))
    case .notes(let view): .notes(TraceNote.all(view))
    }
  }
}
