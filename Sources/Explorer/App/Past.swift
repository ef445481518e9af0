/// The values before and after the one in force, for undo and redo.
struct Past<Value: Equatable & Sendable>: Equatable, Sendable {
  private var before: [Value] = []
  private var after: [Value] = []

  private static var limit: Int { 200 }

  /// Another value takes the position of `old`.
  mutating func leave(_ old: Value) {
    before.append(old)
    if before.count > Self.limit { before.removeFirst() }
    after = []
  }

  /// The same where the change was an undo or a redo elsewhere, which is one here too.
  mutating func follow(_ old: Value, to new: Value) {
    if before.last == new {
      _ = undo(old)
    } else if after.last == new {
      _ = redo(old)
    } else {
      leave(old)
    }
  }

  mutating func undo(_ current: Value) -> Value? {
    guard let last = before.popLast() else { return nil }
    after.append(current)
    return last
  }

  mutating func redo(_ current: Value) -> Value? {
    guard let next = after.popLast() else { return nil }
    before.append(current)
    return next
  }
}
