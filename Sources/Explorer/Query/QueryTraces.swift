package import QueryLanguage
import Telemetry

/// The traces with a span that matches the query, or a part of its result.
package struct QueryTraces: Sendable {
  package internal(set) var list = TraceList()
  package internal(set) var cursor = ListCursor()
  package internal(set) var order = TraceOrder.largestValue
  package internal(set) var isLoaded = false
  /// Only traces with a span in here.
  package internal(set) var part: QueryPart?
  /// Traces of the cell that was opened last, for `n` and `N`.
  package internal(set) var drill: [TraceSummary] = []
  package internal(set) var drillPlace = 0
  /// Where they are from: elsewhere `n` starts anew.
  var drillPart: QueryPart?
  var selected: TraceID?

  /// What the list can be sorted by, in the order of `s`.
  static let keys: [TraceOrder.Key] = [.value] + TracesModel.keys

  package init() {}

  package var current: TraceSummary? {
    list.traces.indices.contains(cursor.selected) ? list.traces[cursor.selected] : nil
  }

  /// Another query: nothing of the old one is kept but the order.
  mutating func reset() {
    let order = order
    self = QueryTraces()
    self.order = order
  }

  mutating func sort(_ step: Int) {
    order = order.next(step, among: Self.keys)
    cursor = ListCursor()
    selected = nil
  }

  mutating func reverse() { order = order.reversed }

  /// The trace under the cursor stays under it.
  mutating func receive(_ list: TraceList, page: Int) {
    self.list = list
    isLoaded = true
    if let selected, cursor.selected > 0,
      let place = list.traces.firstIndex(where: { $0.id == selected })
    {
      cursor.follow(to: place, count: list.traces.count, page: page)
    } else {
      cursor.fit(count: list.traces.count, page: page)
    }
  }
}

extension QueryModel {
  /// The field whose values the list of traces shows: what the query measures, else the duration.
  package var valueField: FieldRef {
    traces.part?.field ?? query.calculations.first { $0.needsNumbers }?.field ?? .duration
  }

  /// The least time between two refreshes: hundreds of thousands of lines are not read as they
  /// pass, and making them takes a while.
  var refreshInterval: Nanoseconds {
    tab == .traces && traces.list.total > 20_000 ? .seconds(2) : Freshness.interval
  }

  mutating func askTraces(_ around: Surroundings, isByPerson: Bool) -> [Wish] {
    begin(around, isByPerson)
    var request: TraceListRequest
    if let part = traces.part {
      request = part.request(of: query)
    } else {
      request = TraceListRequest(filter: query.filter, time: query.time ?? around.defaultTime)
      request.now = around.feed.isLive ? around.now : nil
      request.valueField = valueField
    }
    request.order = traces.order
    return [.ask(Self.tracesSlot, .traces(request))]
  }

  mutating func receive(_ list: TraceList, _ around: Surroundings) {
    run = nil
    failure = nil
    traces.receive(list, page: QueryPanes(around.body, self).listRows)
  }

  /// Shows the traces of a part on their tab.
  mutating func list(_ part: QueryPart, _ around: Surroundings) -> [Wish] {
    traces.part = part
    traces.order = .largestValue
    traces.cursor = ListCursor()
    traces.isLoaded = false
    isInGraph = false
    tab = .traces
    return askTraces(around, isByPerson: true)
  }

  // MARK: From a cell to its traces

  /// Enter on a graph: the slowest trace of the cell, and below it.
  mutating func drill(_ around: Surroundings) -> [Wish] {
    guard var part = graphPart else { return [] }
    // An empty cell leads to what lies below it.
    if graph.anchor == nil, GraphReading(self)?.count == 0, let values = part.values {
      part.values = -.greatestFiniteMagnitude...values.upperBound
    }
    traces.drill = []
    traces.drillPart = graphPart
    return [.ask(Self.drillSlot, .traces(part.request(of: query, limit: 1_000)))]
  }

  mutating func openDrill(_ list: TraceList) -> [Wish] {
    guard let first = list.traces.first else {
      return [.notice(Notice("no span here"))]
    }
    traces.drill = list.traces
    traces.drillPlace = 0
    return [.open(.trace(first.id, first.matchingSpan))]
  }

  /// The neighbour of the trace that was opened from here, whatever list it is in.
  mutating func walkTraces(_ step: Int, _ around: Surroundings) -> [Wish] {
    let motion: Motion = step > 0 ? .down : .up
    switch tab {
    case .results: return traces.drill.isEmpty ? [] : walkFound(step)
    case .traces:
      let old = traces.current?.id
      _ = perform(.move(motion), around)
      return traces.current?.id == old ? [] : perform(.openTrace, around)
    case .raw:
      let old = raw.key
      _ = perform(.move(motion), around)
      return raw.key == old ? [] : perform(.openTrace, around)
    }
  }

  /// `n`, `N`: the other traces of the cell that was opened.
  mutating func walkDrill(_ step: Int, _ around: Surroundings) -> [Wish] {
    guard !traces.drill.isEmpty, traces.drillPart == graphPart else { return drill(around) }
    return walkFound(step)
  }

  private mutating func walkFound(_ step: Int) -> [Wish] {
    let next = traces.drillPlace + step
    guard traces.drill.indices.contains(next) else {
      return [.notice(Notice(step > 0 ? "that was the last one here" : "this is the slowest here"))]
    }
    traces.drillPlace = next
    let trace = traces.drill[next]
    return [
      .open(.trace(trace.id, trace.matchingSpan)),
      .notice(Notice("trace \(next + 1) of \(traces.drill.count) here; ) and ( walk them")),
    ]
  }
}
