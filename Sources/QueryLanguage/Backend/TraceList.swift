package import Telemetry

/// Which traces to list, and in what order.
package struct TraceListRequest: Hashable, Sendable {
  /// A trace is listed when one span matches this, the time range and the group.
  package var filter: Filter?
  /// When the matching spans start; nil is everything held.
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
  /// Traces handed out; ``TraceList/total`` counts the rest too.
  package var limit = Int.max

  package init(filter: Filter? = nil, time: TimeClause? = nil) {
    (self.filter, self.time) = (filter, time)
  }

  /// A field of GROUP BY and the value it shows for the group.
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
  /// In the order asked for.
  package var traces: [TraceSummary] = []
  /// Before the limit.
  package var total = 0
  /// Where there are none in the time range: how many there are outside of it.
  package var outside = 0
  /// Spans held when it was asked, whether they had to be looked at or not.
  package var spansExamined = 0
  /// Wall time the backend took.
  package var elapsed = Nanoseconds.zero

  package init() {}
}

/// One line about a trace.
package struct TraceSummary: Hashable, Sendable {
  package var id: TraceID
  /// Of the earliest root span, or the earliest span when there is no root.
  package var rootService: String
  package var rootName: String
  /// The earliest start of its spans.
  package var start: UnixNanos
  /// From the earliest start to the latest end.
  package var duration: Nanoseconds
  /// Those held, without resends.
  package var spanCount: Int
  /// Spans whose status is error.
  package var errorCount: Int
  /// Distinct service names.
  package var serviceCount: Int
  /// No span without a parent id is held.
  package var isRootMissing: Bool
  /// Of the spans that match, and the value of the one with the largest.
  package var matches: Int
  /// Nil without a ``TraceListRequest/valueField``.
  package var value: Double?
  /// The span with that value, or the first that matches in the order of the waterfall.
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
