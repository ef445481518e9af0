package import Telemetry

extension Segment {
  /// Span attributes with a column of their own, at most: a column costs some hundred bytes, and
  /// some keys hold what should be a value. The keys that come first have one.
  package static let columnLimit = 1_024

  /// The span attributes that have no column, in the order of their rows, as records of
  /// ``sideBatch``; second and later ones of a row's key left out.
  package var overflow: (rows: [UInt32], records: [AttributeRecord]) {
    (side.overflowRows, side.overflow)
  }

  /// Whether some row has a span attribute of this name without a column.
  ///
  /// - Complexity: O(name length).
  package func hasOverflow(_ name: String) -> Bool {
    guard !side.overflow.isEmpty, let key = side.key(name) else { return false }
    return !side.overflow(ofKey: key).isEmpty
  }

  /// The names without a column that most rows have, commonest first.
  ///
  /// - Complexity: O(*n* log *n*) in the keys.
  package func overflowNames(limit: Int) -> [String] {
    guard side.overflowStarts.count > 1 else { return [] }
    var keys = (0..<side.overflowStarts.count - 1).map {
      (key: $0, count: side.overflow(ofKey: $0).count)
    }
    keys.removeAll { $0.count == 0 }
    keys.sort { $0.count != $1.count ? $0.count > $1.count : $0.key < $1.key }
    return keys.prefix(limit).map { side.batch.keyText($0.key) }
  }

  /// A column made of the attributes without one.
  ///
  /// - Complexity: O(rows that have the name).
  func overflowColumn(_ name: String) -> StoredColumn? {
    guard !side.overflow.isEmpty, let key = side.key(name) else { return nil }
    let indices = side.overflow(ofKey: key)
    guard let first = indices.first else { return nil }
    var builder = ColumnBuilder(side.overflow[Int(first)].type)
    side.batch.arena.withUnsafeBufferPointer { arena in
      for index in indices {
        builder.append(side.overflowRows[Int(index)], side.overflow[Int(index)], arena)
      }
    }
    return builder.finish(count: rowCount)
  }
}
