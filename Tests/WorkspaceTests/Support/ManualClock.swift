import Synchronization
import Telemetry
import Workspace

/// A clock that stands still until a test moves it.
final class ManualClock: WorkspaceClock {
  private struct Sleeper {
    var id: Int
    var deadline: UInt64
    var continuation: CheckedContinuation<Void, any Error>
  }

  private struct State {
    var now: UInt64
    var count = 0
    var sleepers: [Sleeper] = []
    var cancelled: Set<Int> = []
    /// Whoever waits until so many sleep.
    var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
  }

  private let state: Mutex<State>

  init(_ now: UInt64 = 1_700_000_000_000_000_000) { state = Mutex(State(now: now)) }

  var now: UnixNanos { UnixNanos(state.withLock { $0.now }) }

  func sleep(for length: Nanoseconds) async throws {
    let id = state.withLock { state in
      state.count += 1
      return state.count
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let (isCancelled, watchers) = state.withLock { state in
          guard state.cancelled.remove(id) == nil else { return (true, Self.none) }
          let deadline = state.now + UInt64(length.count)
          state.sleepers.append(Sleeper(id: id, deadline: deadline, continuation: continuation))
          let ready = state.watchers.filter { $0.count <= state.sleepers.count }
          state.watchers.removeAll { $0.count <= state.sleepers.count }
          return (false, ready.map(\.continuation))
        }
        if isCancelled { continuation.resume(throwing: CancellationError()) }
        for watcher in watchers { watcher.resume() }
      }
    } onCancel: {
      let sleeper = state.withLock { state -> Sleeper? in
        guard let index = state.sleepers.firstIndex(where: { $0.id == id }) else {
          state.cancelled.insert(id)
          return nil
        }
        return state.sleepers.remove(at: index)
      }
      sleeper?.continuation.resume(throwing: CancellationError())
    }
  }

  private static let none: [CheckedContinuation<Void, Never>] = []

  /// Returns once so many tasks sleep.
  func waitForSleepers(_ count: Int) async {
    await withCheckedContinuation { continuation in
      let isThere = state.withLock { state in
        if state.sleepers.count >= count { return true }
        state.watchers.append((count, continuation))
        return false
      }
      if isThere { continuation.resume() }
    }
  }

  /// Moves on, and wakes everyone whose time has come.
  func advance(by length: Nanoseconds) {
    let woken = state.withLock { state in
      state.now += UInt64(length.count)
      let now = state.now
      let due = state.sleepers.filter { $0.deadline <= now }
      state.sleepers.removeAll { $0.deadline <= now }
      return due
    }
    for sleeper in woken { sleeper.continuation.resume() }
  }
}
