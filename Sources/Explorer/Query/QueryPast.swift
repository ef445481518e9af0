import QueryLanguage

/// The queries before and after the one shown, for undo and redo.
struct QueryPast: Equatable, Sendable {
  private var before: [Query] = []
  private var after: [Query] = []

  private static let limit = 200

  /// A new query takes the place of `old`.
  mutating func leave(_ old: Query) {
    before.append(old)
    if before.count > Self.limit { before.removeFirst() }
    after = []
  }

  mutating func undo(_ current: Query) -> Query? {
    guard let last = before.popLast() else { return nil }
    after.append(current)
    return last
  }

  mutating func redo(_ current: Query) -> Query? {
    guard let next = after.popLast() else { return nil }
    before.append(current)
    return next
  }
}
