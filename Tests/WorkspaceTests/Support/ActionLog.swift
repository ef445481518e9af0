import Explorer
import Synchronization

/// Keeps the actions a workspace sends, and lets a test wait for one.
final class ActionLog: Sendable {
  private struct State {
    var actions: [Action] = []
    var watchers:
      [(isMet: @Sendable ([Action]) -> Bool, resume: CheckedContinuation<Void, Never>)] =
        []
  }

  private let state = Mutex(State())

  var send: @Sendable (Action) -> Void {
    { [self] action in
      let ready = state.withLock { state in
        state.actions.append(action)
        let actions = state.actions
        let ready = state.watchers.filter { $0.isMet(actions) }
        state.watchers.removeAll { $0.isMet(actions) }
        return ready
      }
      for watcher in ready { watcher.resume.resume() }
    }
  }

  var actions: [Action] { state.withLock { $0.actions } }

  var feeds: [Feed] { Self.feeds(actions) }
  var notices: [Notice] {
    actions.compactMap { if case .notice(let notice) = $0 { notice } else { nil } }
  }
  var responses: [(requestID: RequestID, response: Response)] {
    actions.compactMap {
      if case .response(let requestID, let response) = $0 { (requestID, response) } else { nil }
    }
  }

  /// Returns as soon as what was sent so far is what the test waits for.
  func wait(until isMet: @escaping @Sendable ([Action]) -> Bool) async {
    await withCheckedContinuation { continuation in
      let isThere = state.withLock { state in
        if isMet(state.actions) { return true }
        state.watchers.append((isMet, continuation))
        return false
      }
      if isThere { continuation.resume() }
    }
  }

  /// Returns as soon as the newest feed is as wanted.
  func waitForFeed(_ isMet: @escaping @Sendable (Feed) -> Bool) async {
    await wait { Self.feeds($0).last.map(isMet) == true }
  }

  private static func feeds(_ actions: [Action]) -> [Feed] {
    actions.compactMap { if case .feed(let feed, _) = $0 { feed } else { nil } }
  }
}
