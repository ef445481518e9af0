package import QueryLanguage
package import SpanStore
import Telemetry

/// Lists span events, newest first.
package enum EventListing {
  /// - Complexity: O(segments + events of the segments that have new ones), O(rows) with a filter;
  ///   texts are read only for those handed out.
  package static func run(_ request: EventListRequest, _ snapshot: Snapshot) throws -> EventList {
    var list = EventList(try newest(request, request.time ?? .all, request.limit, snapshot))
    if list.events.isEmpty, request.time ?? .all != .all {
      list.hasOthers = !(try newest(request, .all, 1, snapshot).isEmpty)
    }
    return list
  }

  private static func newest(
    _ request: EventListRequest, _ time: TimeClause, _ limit: Int, _ snapshot: Snapshot
  ) throws -> [EventLine] {
    guard limit > 0 else { return [] }
    let scope = TimeScope(time, now: request.now, snapshot)
    guard scope.takesAll || !scope.range.isEmpty else { return [] }
    // A span that starts before the range ends may have events later: up to now means all of them.
    let end = time.isOpen ? UInt64.max : scope.range.upperBound - 1
    let times =
      scope.takesAll ? 0...UInt64.max : scope.range.lowerBound...max(end, scope.range.lowerBound)
    var newest: [Location] = []
    // Segments with new events first: most of the others need not be looked at.
    let views = snapshot.views.indices.sorted {
      (snapshot.views[$1].segment.newestEvent, $0) < (snapshot.views[$0].segment.newestEvent, $1)
    }
    // What is older cannot be among the newest.
    var oldest = times.lowerBound
    for number in views {
      let view = snapshot.views[number]
      if view.segment.newestEvent < oldest { break }
      try Task.checkCancellation()
      let batch = view.segment.sideBatch
      let rows = try chosenRows(of: view, request.filter)
      for row in view.segment.rowsWithEvents where rows?[row] ?? true {
        for index in view.segment.events(row) {
          let time = batch.events[index].time
          guard time >= oldest, time <= times.upperBound else { continue }
          newest.append(Location(time: time, view: number, row: row, event: index))
        }
        if newest.count / 4 > limit {
          keep(limit, &newest)
          oldest = newest.last?.time ?? 0
        }
      }
      keep(limit, &newest)
      if newest.count == limit { oldest = newest.last?.time ?? 0 }
    }
    keep(limit, &newest)
    return newest.map { line($0, snapshot.views[$0.view].segment) }
  }

  /// The rows that are live and match; nil: all.
  private static func chosenRows(of view: SegmentView, _ filter: Filter?) throws -> Bitmap? {
    guard let filter, !view.segment.rowsWithEvents.isEmpty else { return view.live }
    var reader = SegmentReader(view)
    return try RowSelection.bitmap(&reader, filter, starts: nil)
  }

  private struct Location {
    var time: UInt64
    var view: Int
    var row: Int
    var event: Int
  }

  private static func keep(_ limit: Int, _ locations: inout [Location]) {
    locations.sort { ($0.time, $1.view, $1.event) > ($1.time, $0.view, $0.event) }
    if locations.count > limit { locations.removeLast(locations.count - limit) }
  }

  private static func line(_ location: Location, _ segment: Segment) -> EventLine {
    let batch = segment.sideBatch
    let event = batch.events[location.event]
    let name = batch.text(event.name)
    let entries = batch.entries(event.attributes)
    let trace = segment.traces.id(segment.traces.trace(ofRow: location.row))
    return EventLine(
      time: UnixNanos(event.time), service: segment.service(location.row),
      spanName: segment.nameText(location.row), name: name, detail: detail(entries),
      isException: name == "exception" || entries.contains { $0.key.hasPrefix("exception.") },
      span: SpanKey(trace: trace, span: SpanID(segment.spanIDs[location.row])))
  }

  /// An exception's type and message, else `key=value` of every attribute.
  private static func detail(_ entries: [AttributeValue.Entry]) -> String {
    let text = { (key: String) -> String? in
      entries.first { $0.key == key }.map { plain($0.value) }
    }
    let type = text("exception.type")
    let message = text("exception.message")
    if type != nil || message != nil {
      return [type, message].compactMap(\.self).joined(separator: ": ")
    }
    return entries.map { "\($0.key)=\(plain($0.value))" }.joined(separator: " ")
  }

  private static func plain(_ value: AttributeValue) -> String {
    if case .text(let text) = value { text } else { ValueJSON.text(value) }
  }
}

extension TimeClause {
  /// Nothing is too late for it.
  fileprivate var isOpen: Bool {
    switch self {
    case .all, .last, .range(_, .ago(.zero)): true
    case .range: false
    }
  }
}
