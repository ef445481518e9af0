package import Telemetry

/// Which span events to list, the newest first.
package struct EventListRequest: Hashable, Sendable {
  /// Of the spans that match this; nil: of all.
  package var filter: Filter?
  /// By the time of the event.
  package var time: TimeClause?
  /// What `LAST` counts back from; nil is the newest start.
  package var now: UnixNanos?
  package var limit: Int

  package init(filter: Filter? = nil, time: TimeClause? = nil, limit: Int) {
    (self.filter, self.time, self.limit) = (filter, time, limit)
  }
}

/// The events asked for.
package struct EventList: Hashable, Sendable {
  package var events: [EventLine]
  /// Where there are none in the time range: whether there are outside of it.
  package var hasOthers = false

  package init(_ events: [EventLine] = []) { self.events = events }
}

/// A span event in a list.
package struct EventLine: Hashable, Sendable {
  package var time: UnixNanos
  package var service: String
  /// The name of the span that has the event.
  package var spanName: String
  /// The event's own; `exception` by OpenTelemetry's conventions for exceptions.
  package var name: String
  /// Attributes as `key=value`, exceptions' type and message first.
  package var detail: String
  /// Named `exception`, or with an attribute whose key begins with `exception.`.
  package var isException: Bool
  package var span: SpanKey

  package init(
    time: UnixNanos, service: String, spanName: String, name: String, detail: String,
    isException: Bool, span: SpanKey
  ) {
    self.time = time
    self.service = service
    self.spanName = spanName
    self.name = name
    self.detail = detail
    self.isException = isException
    self.span = span
  }
}
