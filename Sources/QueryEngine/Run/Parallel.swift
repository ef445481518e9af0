import QueryLanguage

/// Work on many independent pieces, one task for each.
enum Parallel {
  /// The results of `count` pieces in order, whichever ends first.
  ///
  /// The cooperative pool runs as many at a time as there are cores. Cancellation is checked
  /// before each piece.
  static func map<Value: Sendable>(
    _ count: Int, _ body: @escaping @Sendable (Int) throws -> Value
  ) async throws -> [Value] {
    guard count > 1 else {
      try Task.checkCancellation()
      return try (0..<count).map(body)
    }
    let progress = QueryProgress.current
    progress?.announce(count)
    return try await withThrowingTaskGroup(of: (Int, Value).self) { group in
      for index in 0..<count {
        group.addTask {
          try Task.checkCancellation()
          defer { progress?.finish() }
          return (index, try body(index))
        }
      }
      var values = [Value?](repeating: nil, count: count)
      for try await (index, value) in group { values[index] = value }
      return values.compactMap(\.self)
    }
  }

  /// The same for pieces too small for a task each: `body` gets `size` of them at a time.
  static func map<Value: Sendable>(
    _ count: Int, by size: Int, _ body: @escaping @Sendable (Range<Int>) throws -> [Value]
  ) async throws -> [Value] {
    try await map((count + size - 1) / size) { part in
      try body(part * size..<min(count, (part + 1) * size))
    }.flatMap(\.self)
  }
}
