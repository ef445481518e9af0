import Explorer
import Screen
import Synchronization

/// Actions on their way to the main loop, from any thread.
final class ActionQueue: Sendable {
  private let actions = Mutex<[Action]>([])
  private let waker: @Sendable () -> Void

  init(waker: @escaping @Sendable () -> Void) { self.waker = waker }

  func send(_ action: Action) {
    actions.withLock { $0.append(action) }
    waker()
  }

  func take() -> [Action] {
    actions.withLock { actions in
      defer { actions = [] }
      return actions
    }
  }
}
