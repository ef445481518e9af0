import QueryLanguage
import Telemetry

extension HomeModel {
  private static let percentiles: [Calculation] = [Percentile.p50, .p95, .p99]
    .map { .percentile($0, .duration) }

  static let byServiceSlot = Slot(.home, "services")
  static let errorsSlot = Slot(.home, "errors")
  static let durationsSlot = Slot(.home, "durations")
  static let operationsSlot = Slot(.home, "operations")
  static let tracesSlot = Slot(.home, "traces")
  static let eventsSlot = Slot(.home, "events")

  package mutating func refresh(_ around: Surroundings, isNew: Bool) -> [Wish] {
    let panes = panes(around)
    // Two dots a cell, and room for the axis.
    let options = around.options(columns: max(8, panes.graphWidth - 9))
    var byService = Query(
      visualize: [.count] + Self.percentiles, filter: narrowed(nil), groupBy: [.serviceName])
    byService.limit = 1_000
    var errors = Query(
      visualize: [.count], filter: narrowed(.holds(.error)), groupBy: [.serviceName])
    errors.limit = 1_000
    var operations = Query(
      visualize: [.count, .percentile(.p99, .duration)], filter: narrowed(nil),
      groupBy: [.serviceName, .spanName])
    operations.limit = 10_000
    var table = options
    table.seriesLimit = 0
    var list = TraceListRequest(filter: narrowed(nil), time: around.defaultTime)
    list.limit = 500
    list.now = options.now
    return [
      .ask(Self.byServiceSlot, .query(byService, options)),
      .ask(Self.errorsSlot, .query(errors, options)),
      .ask(
        Self.durationsSlot,
        .query(Query(visualize: Self.percentiles, filter: narrowed(nil)), options)),
      .ask(Self.operationsSlot, .query(operations, table)),
      .ask(Self.tracesSlot, .traces(list)),
      .ask(Self.eventsSlot, .events(limit: 500)),
    ]
  }

  package mutating func receive(
    _ answer: Answer, in slot: Slot, _ around: Surroundings
  ) -> [Wish] {
    let panes = panes(around)
    switch answer {
    case .result(let result) where slot == Self.byServiceSlot:
      byService = result
      let selected = selectedService
      services.join(byService, errors)
      keepService(selected, self.panes(around))
    case .result(let result) where slot == Self.errorsSlot:
      errors = result
      let selected = selectedService
      services.join(byService, errors)
      keepService(selected, self.panes(around))
    case .result(let result) where slot == Self.durationsSlot: durations = result
    case .result(let result) where slot == Self.operationsSlot:
      services.learn(operations: result)
    case .traces(let list): receive(list, panes)
    case .events(let lines): receive(lines, panes)
    case .failure(let error): failure = error
    default: break
    }
    return []
  }

  /// The row under the cursor stays under it while the list moves.
  private mutating func receive(_ list: TraceList, _ panes: HomePanes) {
    let isAtTop = traceCursor.selected == 0
    traces = list
    let place = list.traces.firstIndex { $0.id == selectedTrace }
    if let place, !isAtTop {
      traceCursor.follow(to: place, count: list.traces.count, page: panes.recentRows)
    } else {
      traceCursor.fit(count: list.traces.count, page: panes.recentRows)
    }
  }

  private mutating func receive(_ lines: [EventLine], _ panes: HomePanes) {
    let old = eventCursor.selected
    let selected = events.indices.contains(old) ? events[old] : nil
    events = lines
    if old > 0, let selected, let place = lines.firstIndex(of: selected) {
      eventCursor.follow(to: place, count: lines.count, page: panes.recentRows)
    } else {
      eventCursor.fit(count: lines.count, page: panes.recentRows)
    }
  }

  private mutating func keepService(_ name: String?, _ panes: HomePanes) {
    let place = services.rows.firstIndex { $0.name == name } ?? serviceCursor.selected
    serviceCursor.select(place, count: services.rows.count, page: panes.serviceRows)
  }

  package var selectedService: String? {
    let row = serviceCursor.selected
    return services.rows.indices.contains(row) ? services.rows[row].name : nil
  }

  /// The filter of the narrowed service and another one.
  func narrowed(_ filter: Filter?) -> Filter? {
    guard let service else { return filter }
    let own = Filter.compare(.serviceName, .equal, .text(service))
    guard let filter else { return own }
    return .and([own, filter])
  }
}
