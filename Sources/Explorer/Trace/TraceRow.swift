package import Telemetry

/// A line of the waterfall.
package struct TraceRow: Hashable, Sendable {
  /// What the line stands for.
  package enum Kind: Hashable, Sendable {
    case span
    /// A parent that spans name and that is not held.
    case missing
    /// A run of equal siblings in one line: this many, each with its subtree.
    case run(Int)
  }

  /// Index of the entry, or of the run's first.
  package var entry: Int32
  package var kind: Kind
  /// Its children are hidden.
  package var isFolded: Bool
  /// Shown for the sake of a match below it.
  package var isDimmed = false
}

/// What names a row for as long as the trace grows: fold state and cursor hold on to it.
package enum RowKey: Hashable, Sendable {
  /// Spans may share an id: `occurrence` of them come before this one.
  case span(SpanID, occurrence: Int32)
  /// The id that its children name.
  case missing(SpanID)
}

/// What a person has folded, independent of the spans held now.
package struct FoldState: Sendable {
  /// Rows whose children are hidden.
  package var folded: Set<RowKey> = []
  /// Rows below the level whose children are shown all the same.
  package var open: Set<RowKey> = []
  /// Runs that are shown span by span.
  package var openRuns: Set<RowKey> = []
  /// Runs fold unless opened.
  package var foldsRuns = true
  /// Rows deeper than this are hidden unless opened, those that are yet to come too; nil: no
  /// limit.
  package var level: Int?

  /// Everything is open but runs.
  package init() {}

  /// Whether the children of a row at `depth` are hidden.
  func hides(depth: Int, _ key: () -> RowKey) -> Bool {
    if let level, depth >= level { return open.isEmpty || !open.contains(key()) }
    return !folded.isEmpty && folded.contains(key())
  }

  mutating func fold(_ key: RowKey, depth: Int) {
    open.remove(key)
    if level.map({ depth < $0 }) ?? true { folded.insert(key) }
  }

  mutating func unfold(_ key: RowKey, depth: Int) {
    folded.remove(key)
    if let level, depth >= level { open.insert(key) }
  }
}

extension TraceTree {
  /// The lines to draw.
  ///
  /// - Parameters:
  ///   - keep: entries to show at all, when a search or the critical path narrows the trace; the
  ///     others are left out, and folding does not count.
  ///   - isMatch: of the entries kept, those that are meant; the rest are ancestors, dimmed.
  /// - Complexity: O(*n*) in the entries.
  package func rows(
    _ folds: FoldState, key: (Int) -> RowKey, keep: [Bool]? = nil, isMatch: [Bool]? = nil
  ) -> [TraceRow] {
    var rows: [TraceRow] = []
    var index = 0
    while index < entries.count {
      let entry = entries[index]
      let kind: TraceRow.Kind = entry.node < 0 ? .missing : .span
      if let keep {
        if keep[index] {
          let isDimmed = isMatch.map { !$0[index] } ?? false
          rows.append(
            TraceRow(entry: Int32(index), kind: kind, isFolded: false, isDimmed: isDimmed))
          index += 1
        } else {
          index += Int(entry.size)
        }
        continue
      }
      if entry.runLength > 0, folds.foldsRuns, !folds.openRuns.contains(key(index)) {
        rows.append(
          TraceRow(entry: Int32(index), kind: .run(Int(entry.runLength)), isFolded: true))
        index = Int(entry.runEnd)
        continue
      }
      let isFolded = entry.size > 1 && folds.hides(depth: Int(entry.depth)) { key(index) }
      rows.append(TraceRow(entry: Int32(index), kind: kind, isFolded: isFolded))
      index += isFolded ? Int(entry.size) : 1
    }
    return rows
  }

  /// Marks every entry that is chosen or has a chosen one below it.
  package func withAncestors(_ chosen: [Bool]) -> [Bool] {
    var kept = chosen
    for index in entries.indices.reversed() where kept[index] && entries[index].parent >= 0 {
      kept[Int(entries[index].parent)] = true
    }
    return kept
  }
}
