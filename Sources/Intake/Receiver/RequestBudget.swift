import NIOCore
import Synchronization

/// The bytes that all requests together hold, and the connections that wait until they are fewer.
///
/// A part of it is for connections that hold little, so that exporters of small batches get through
/// while large requests wait for each other.
final class RequestBudget: Sendable {
  let limit: Int
  private let used = Atomic(0)
  /// The most that was held since memory was last given back to the system.
  private let peak = Atomic(0)
  private let gates = Mutex<[ObjectIdentifier: Entry]>([:])
  /// The one that may read although there is no room.
  private let turn = Mutex<ObjectIdentifier?>(nil)

  private struct Entry: Sendable {
    let loop: any EventLoop
    let gate: NIOLoopBound<ReadGate>
    var isWaiting = false
  }

  init(limit: Int) { self.limit = limit }

  /// Bytes held at this moment.
  var held: Int { used.load(ordering: .sequentiallyConsistent) }

  /// What connections that hold little may use beyond the limit.
  private var reserve: Int { limit / 4 }

  /// Whether a connection that holds so many bytes may read more.
  func hasRoom(holding part: Int) -> Bool {
    held < (part > limit / 128 ? limit : limit + reserve)
  }

  func take(_ bytes: Int) {
    let now = used.add(bytes, ordering: .relaxed).newValue
    if now > peak.load(ordering: .relaxed) { peak.store(now, ordering: .relaxed) }
  }

  func release(_ bytes: Int) {
    guard bytes > 0 else { return }
    let (before, after) = used.subtract(bytes, ordering: .sequentiallyConsistent)
    for bound in [limit, limit + reserve] where before >= bound && after < bound { wake() }
    // What a flood took would stay with the allocator.
    if after < limit / 16, peak.load(ordering: .relaxed) > limit / 4 {
      peak.store(0, ordering: .relaxed)
      ProcessMemory.giveBackSoon()
    }
  }

  func register(_ gate: ReadGate, on loop: any EventLoop) {
    let entry = Entry(loop: loop, gate: NIOLoopBound(gate, eventLoop: loop))
    gates.withLock { $0[ObjectIdentifier(gate)] = entry }
  }

  func remove(_ gate: ReadGate) {
    _ = gates.withLock { $0.removeValue(forKey: ObjectIdentifier(gate)) }
  }

  /// Has the gate opened as soon as there is room.
  ///
  /// - Parameters:
  ///   - part: what its connection holds.
  ///   - hasPart: whether a part of a request is here, so that a turn would help it.
  func wait(_ gate: ReadGate, holding part: Int, hasPart: Bool) {
    gates.withLock { $0[ObjectIdentifier(gate)]?.isWaiting = true }
    // Room or the turn may have come before the gate was among those that wait.
    if hasRoom(holding: part) || hasPart && turn.withLock({ $0 == nil }) { wake() }
  }

  /// Whether the gate may read although there is no room: one may, so that something gets done.
  func takeTurn(_ gate: ReadGate) -> Bool {
    turn.withLock { turn in
      if turn == nil { turn = ObjectIdentifier(gate) }
      return turn == ObjectIdentifier(gate)
    }
  }

  /// Another one may have the turn.
  func endTurn(_ gate: ReadGate) {
    let wasHeld = turn.withLock { turn in
      guard turn == ObjectIdentifier(gate) else { return false }
      turn = nil
      return true
    }
    if wasHeld { wake() }
  }

  private func wake() {
    let waiting = gates.withLock { gates in
      let waiting = gates.filter { $0.value.isWaiting }
      for key in waiting.keys { gates[key]?.isWaiting = false }
      return waiting.values
    }
    for entry in waiting { entry.loop.execute { entry.gate.value.open() } }
  }

  /// Ends requests that hold bytes and bring none, on every connection.
  func endStalled() {
    let entries = gates.withLock { Array($0.values) }
    for entry in entries { entry.loop.execute { entry.gate.value.endStalled() } }
  }
}

/// What one request holds of the budget; given back when the last of it is gone.
final class RequestLease: Sendable {
  private let budget: RequestBudget
  private let bytes = Atomic(0)

  init(_ budget: RequestBudget) { self.budget = budget }

  deinit { clear() }

  func take(_ count: Int) {
    budget.take(count)
    bytes.add(count, ordering: .relaxed)
  }

  /// Gives everything back.
  func clear() { budget.release(bytes.exchange(0, ordering: .relaxed)) }
}
