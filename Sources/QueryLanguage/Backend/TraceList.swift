package import Telemetry

/// Which traces to list, and in what order.
package struct TraceListRequest: Hashable, Sendable {
  /// A trace is listed when one span matches this, the time range and the group.
  package var filter: Filter?
  package var time: TimeClause?
  /// What `LAST` counts back from; nil is the newest start.
  package var now: UnixNanos?
  /// `GROUP BY` fields with the values a span must have; `missing` means without the field.
  package var group: [GroupTerm] = []
  /// The field whose matching values are shown and sorted by, such as the heatmap's.
  package var valueField: FieldRef?
  /// Matching spans must have a value in it (both ends included).
  package var valueRange: ClosedRange<Double>?
  package var order = TraceOrder.newest
  package var limit = Int.max

  package init(filter: Filter? = nil, time: TimeClause? = nil) {
    (self.filter, self.time) = (filter, time)
  }

  package struct GroupTerm: Hashable, Sendable {
    package var field: FieldRef
    package var value: ResultValue

    package init(_ field: FieldRef, _ value: ResultValue) {
      (self.field, self.value) = (field, value)
    }
  }
}

/// The traces asked for, with how many there are in all.
package struct TraceList: Sendable {
  package var traces: [TraceSummary] = []
  /// Before the limit.
  package var total = 0
  package var spansExamined = 0
  package var elapsed = Nanoseconds.zero

  package init() {}
}

/// One line about a trace.
package struct TraceSummary: Hashable, Sendable {
  package var id: TraceID
  /// Of the earliest root span, or the earliest span when there is no root.
  package var rootService: String
  package var rootName: String
  package var start: UnixNanos
  /// From the earliest start to the latest end.
  package var duration: Nanoseconds
  package var spanCount: Int
  package var errorCount: Int
  package var serviceCount: Int
  /// No span without a parent id is held.
  package var isRootMissing: Bool
  /// Of the spans that match, and the value of the one with the largest.
  package var matches: Int
  package var value: Double?
  package var matchingSpan: SpanID?

  package init(
    id: TraceID, rootService: String, rootName: String, start: UnixNanos, duration: Nanoseconds,
    spanCount: Int, errorCount: Int, serviceCount: Int, isRootMissing: Bool = false,
    matches: Int = 0, value: Double? = nil, matchingSpan: SpanID? = nil
  ) {
    self.id = id
    self.rootService = rootService
    self.rootName = rootName
    self.start = start
    self.duration = duration
    self.spanCount = spanCount
    self.errorCount = errorCount
    self.serviceCount = serviceCount
    self.isRootMissing = isRootMissing
    self.matches = matches
    self.value = value
    self.matchingSpan = matchingSpan
  }
}
