import QueryLanguage
import Synchronization
import Telemetry

/// Answers nothing before it is opened, and tells who came and who was cancelled.
final class GatedBackend: QueryBackend {
  private struct State {
    var isOpen = false
    var arrived = 0
    var cancelled = 0
    var waiting: [Int: CheckedContinuation<Void, any Error>] = [:]
    var watchers:
      [(isMet: @Sendable (Int, Int) -> Bool, resume: CheckedContinuation<Void, Never>)] =
        []
  }

  private let state = Mutex(State())
  private let error: QueryError?

  /// - Parameter error: what every request ends with once the gate is open.
  init(error: QueryError? = nil) { self.error = error }

  func open() {
    let waiting = state.withLock { state in
      state.isOpen = true
      defer { state.waiting = [:] }
      return state.waiting.values
    }
    for continuation in waiting { continuation.resume() }
  }

  /// Returns once so many requests have come.
  func arrive(_ count: Int) async { await watch { arrived, _ in arrived >= count } }

  /// Returns once so many were cancelled.
  func cancelled(_ count: Int) async { await watch { _, cancelled in cancelled >= count } }

  private func watch(_ isMet: @escaping @Sendable (Int, Int) -> Bool) async {
    await withCheckedContinuation { continuation in
      let isThere = state.withLock { state in
        if isMet(state.arrived, state.cancelled) { return true }
        state.watchers.append((isMet, continuation))
        return false
      }
      if isThere { continuation.resume() }
    }
  }

  private func change<T: Sendable>(_ body: (inout sending State) -> sending T) -> T {
    let (result, ready) = state.withLock { state in
      let result = body(&state)
      let (arrived, cancelled) = (state.arrived, state.cancelled)
      let ready = state.watchers.filter { $0.isMet(arrived, cancelled) }.map(\.resume)
      state.watchers.removeAll { $0.isMet(arrived, cancelled) }
      return (result, ready)
    }
    for continuation in ready { continuation.resume() }
    return result
  }

  private func pass() async throws {
    let id = change { state in
      state.arrived += 1
      return state.arrived
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let isOpen = state.withLock { state in
          if !state.isOpen { state.waiting[id] = continuation }
          return state.isOpen
        }
        if isOpen { continuation.resume() }
        if Task.isCancelled { release(id) }
      }
    } onCancel: {
      release(id)
    }
    if let error { throw error }
  }

  private func release(_ id: Int) {
    let continuation = change { state in
      let continuation = state.waiting.removeValue(forKey: id)
      if continuation != nil { state.cancelled += 1 }
      return continuation
    }
    continuation?.resume(throwing: CancellationError())
  }

  func generation() async throws -> UInt64 { 1 }

  func run(_ query: Query, _ options: RunOptions) async throws -> QueryResult {
    try await pass()
    return QueryResult(query: query)
  }

  func catalog() async throws -> FieldCatalog {
    try await pass()
    return FieldCatalog()
  }

  func traces(_ request: TraceListRequest) async throws -> TraceList {
    try await pass()
    return TraceList()
  }

  func compare(_ request: CompareRequest) async throws -> CompareResult {
    try await pass()
    return CompareResult(request: request)
  }

  func trace(_ id: TraceID) async throws -> TraceView? {
    try await pass()
    return nil
  }

  func traceIDs(prefix: String, limit: Int) async throws -> [TraceID] { [] }

  func spans(_ keys: [SpanKey]) async throws -> SpanBatch { SpanBatch() }

  func events(_ request: EventListRequest) async throws -> EventList {
    try await pass()
    return EventList()
  }

  func ranks(
    service: String, name: String, durations: [Nanoseconds]
  ) async throws -> [Double] {
    try await pass()
    return durations.map { _ in 0.5 }
  }
}
