package import QueryLanguage
package import Telemetry

/// The traces with a span that matches the query, or a part of its result.
package struct TracesTab: QueryTab {
  package private(set) var list = ListModel<TraceSummary>()
  /// Traces there are; the list may hold fewer.
  package private(set) var total = 0
  /// Where there are none in the time range: how many there are outside of it.
  package private(set) var outside = 0
  /// Kept from query to query; a part of a result begins with the largest values.
  package private(set) var order = TraceOrder.largestValue
  /// False until the first answer.
  package private(set) var isLoaded = false
  /// Only traces with a span in here.
  package private(set) var part: QueryPart?

  package static let title = "Traces"
  package static let panes: [QueryModel.Pane] = [.traces]
  package static let slot = Slot(QueryModel.id, "traces")

  /// What the list can be sorted by, in the order of `s`.
  private static let keys: [TraceOrder.Key] = [.value] + TracesModel.keys

  package init() {}

  package var pane: QueryModel.Pane { .traces }

  package var cell: (field: FieldRef, value: ResultValue)? {
    list.current.map { (.traceID, .text($0.id.description)) }
  }

  /// Hundreds of thousands of lines are not read as they pass, and making them takes a while.
  package var refreshInterval: Nanoseconds { total > 20_000 ? .seconds(2) : Freshness.interval }

  package var cursorTime: UnixNanos? { list.current?.start }

  /// Nothing of the query before is kept but the order.
  package mutating func reset() {
    let order = order
    self = TracesTab()
    self.order = order
  }

  /// The field whose values are shown: what the query measures, else the duration.
  package func valueField(_ query: Query) -> FieldRef {
    part?.field ?? query.calculations.first { $0.needsNumbers }?.field ?? .duration
  }

  /// Shows the traces of a part alone.
  mutating func narrow(to part: QueryPart) {
    self.part = part
    order = .largestValue
    list.toFirst()
    isLoaded = false
  }

  package func ask(_ page: QueryPage) -> [Intent] {
    var request: TraceListRequest
    if let part {
      request = part.request(of: page.query)
    } else {
      let time = page.query.time ?? page.context.timeRange
      request = TraceListRequest(filter: page.query.filter, time: time)
      request.now = page.context.feed.isLive ? page.context.now : nil
      request.valueField = valueField(page.query)
    }
    request.order = order
    return [.ask(Self.slot, .traces(request))]
  }

  package mutating func receive(
    _ response: Response, in slot: Slot, _ page: QueryPage
  ) -> [Intent] {
    guard case .traces(let found) = response else { return [] }
    list.receive(found.traces, by: \.id, page: page.listRows)
    (total, outside, isLoaded) = (found.total, found.outside, true)
    return []
  }

  package mutating func perform(_ command: QueryModel.Command, _ page: QueryPage) -> [Intent]? {
    switch command {
    case .move(let motion): list.move(motion, page: page.listRows)
    case .menu: return list.current.map { [.show(TracesModel.menu($0))] } ?? []
    case .openTrace: return list.current.map { [.open(.trace($0.id, $0.matchingSpan))] } ?? []
    case .sort:
      order = order.next(1, among: Self.keys)
      list.toFirst()
      return ask(page)
    case .reverse:
      order = order.reversed
      return ask(page)
    case .escape:
      guard part != nil else { return nil }
      part = nil
      list.toFirst()
      return ask(page)
    default: return nil
    }
    return []
  }

  package mutating func point(
    _ pointer: Pointer, at spot: QueryModel.Spot, _ page: QueryPage
  ) -> [Intent] {
    switch spot {
    case .rows(let first): return list.point(pointer, first: first, page: page.listRows)
    case .title(let key) where pointer.isClick:
      order = order.chosen(key)
      list.toFirst()
      return ask(page)
    default: return []
    }
  }

  package mutating func walk(_ step: Int, _ page: QueryPage) -> [Intent] {
    let old = list.current?.id
    list.move(step > 0 ? .down : .up, page: page.listRows)
    return list.current?.id == old ? [] : perform(.openTrace, page) ?? []
  }
}
