package import Telemetry

/// A question about spans.
///
/// The one language of the program: what the builder shows, what the command line takes, what is
/// saved and what the history keeps. Equal queries print the same text.
package struct Query: Hashable, Sendable {
  /// Empty together with `groupBy`: raw rows.
  package var visualize: [Calculation] = []
  /// Nil takes every span of the time.
  package var filter: Filter?
  /// Empty with calculations: all spans are one group.
  package var groupBy: [FieldRef] = []
  /// Nil shows every group.
  package var having: Having?
  /// Empty: groups by their first calculation that is no heatmap, raw rows by start, the largest
  /// first.
  package var orderBy: [Ordering] = []
  /// Groups, or raw rows; nil is ``defaultLimit``.
  package var limit: Int?
  /// nil: whatever the caller's default is (everything for files, the last 10 minutes live).
  package var time: TimeClause?
  /// Granularity; nil is chosen from the width of the graph.
  package var every: Nanoseconds?

  package init(visualize: [Calculation] = [], filter: Filter? = nil, groupBy: [FieldRef] = []) {
    (self.visualize, self.filter, self.groupBy) = (visualize, filter, groupBy)
  }

  /// Groups or raw rows of a query without LIMIT.
  package static let defaultLimit = 100

  /// Neither calculations nor groups: the spans themselves are the rows.
  package var isRaw: Bool { visualize.isEmpty && groupBy.isEmpty }

  /// The calculations that run: COUNT when there are groups and nothing else.
  package var calculations: [Calculation] {
    visualize.isEmpty && !groupBy.isEmpty ? [.count] : visualize
  }
}

/// A condition on the calculations of a group over the whole range.
package indirect enum Having: Hashable, Sendable {
  /// The calculation need not be one that is shown; without a value no comparison holds.
  case compare(Calculation, Comparison, Literal)
  case and([Having])
  case or([Having])
  case not(Having)
}

/// A term of ORDER BY.
package struct Ordering: Hashable, Sendable {
  package var key: Key
  package var direction: Direction

  package init(_ key: Key, _ direction: Direction = .descending) {
    (self.key, self.direction) = (key, direction)
  }

  /// Groups are ordered by a calculation or a field of GROUP BY, raw rows by any field.
  package enum Key: Hashable, Sendable {
    case calculation(Calculation)
    case field(FieldRef)
  }

  package enum Direction: String, Hashable, Sendable {
    case ascending = "ASC"
    case descending = "DESC"
  }
}

/// The time clause as written.
package enum TimeClause: Hashable, Sendable {
  /// Everything held.
  case all
  /// Up to now (live), or up to the newest span (files).
  case last(Nanoseconds)
  /// The end is excluded.
  case range(from: TimePoint, to: TimePoint)
}

/// An instant, or a distance back from now.
package enum TimePoint: Hashable, Sendable {
  case instant(UnixNanos)
  /// `-15m`; zero is now.
  case ago(Nanoseconds)
}
