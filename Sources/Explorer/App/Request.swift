package import QueryLanguage
package import Telemetry

/// What a screen asks of the spans; the response comes off the main actor, later or never.
package enum Request: Sendable {
  case query(Query, RunOptions)
  case traces(TraceListRequest)
  case compare(CompareRequest)
  case trace(TraceID)
  case catalog
  case events(EventListRequest)
  /// Where spans of these durations stand among all held spans of this service and name.
  case ranks(service: String, name: String, durations: [Nanoseconds])
  /// What is striking about a trace; asks nothing of the store.
  case notes(TraceView)
}

/// What came of a request.
package enum Response: Sendable {
  case result(QueryResult)
  case traces(TraceList)
  case compared(CompareResult)
  /// nil: not held, or not any more.
  case trace(TraceView?)
  case catalog(FieldCatalog)
  case events(EventList)
  /// For each duration the share of spans that are at most as long, 0 … 1.
  case ranks([Double])
  case notes([TraceNote])
  case failure(QueryError)
}

/// Who asked, and for what part of its screen. A new request in a slot supersedes the old one.
package struct Slot: Hashable, Sendable {
  /// The screen that gets the answer.
  package var screen: ScreenID
  /// One of the parts of that screen that are filled by an answer of their own.
  package var name: String

  package init(_ screen: ScreenID, _ name: String) { (self.screen, self.name) = (screen, name) }

  /// The fields and values known, for every screen.
  package static let catalog = Slot(ScreenID("app"), "catalog")
}

/// One request. A response to another than its slot's newest is too late, and dropped.
package struct RequestID: Hashable, Sendable {
  package var slot: Slot
  /// Counts every request since the start, in whatever slot.
  package var number: Int

  package init(_ slot: Slot, _ number: Int) { (self.slot, self.number) = (slot, number) }
}
