package import QueryLanguage
package import Telemetry

/// The newest events of spans, exceptions among them.
package struct RecentEventsTab: HomeTab {
  package private(set) var list = ListModel<EventLine>()
  /// Every event known, whether it is shown or not.
  private var lines: [EventLine] = []
  private var found = FindText.nothing

  /// There are none in the time range, and some outside of it.
  package private(set) var hasOthers = false

  package static let title = "Recent events"
  private static let slot = Slot(HomeModel.id, "events")
  private static let limit = 500

  package init() {}

  package var total: Int { list.count }
  package var count: Int { list.count }
  package var isAtFirst: Bool { list.isAtFirst }

  package func ask(_ filter: Filter?, _ context: Context) -> [Intent] {
    var request = EventListRequest(filter: filter, time: context.timeRange, limit: Self.limit)
    request.now = context.feed.isLive ? context.now : nil
    return [.ask(Self.slot, .events(request))]
  }

  package mutating func receive(_ response: Response, in slot: Slot, page: Int) {
    guard slot == Self.slot, case .events(let answer) = response else { return }
    hasOthers = answer.hasOthers
    lines = answer.events
    list.receive(lines.filter { isFound($0) }, by: \.self, page: page)
  }

  package mutating func find(_ text: FindText) {
    found = text
    list.replace(lines.filter { isFound($0) }, selecting: nil, page: list.cursor.page)
  }

  private func isFound(_ event: EventLine) -> Bool {
    found.isFound(in: event.name, event.detail, event.service, event.spanName)
  }

  package mutating func move(_ motion: Motion, page: Int) { list.move(motion, page: page) }

  package func visible(page: Int) -> Range<Int> { list.visible(page: page) }

  package mutating func point(_ pointer: Pointer, first: Int, page: Int) -> [Intent] {
    list.point(pointer, first: first, page: page)
  }

  package var cursorTime: UnixNanos? { list.current?.time }

  package func open() -> [Intent] {
    list.current.map { [.open(.trace($0.span.trace, $0.span.span))] } ?? []
  }

  package func copy() -> [Intent] {
    guard let event = list.current else { return [] }
    return [.copy(event.detail.isEmpty ? event.name : event.detail, what: "event")]
  }
}
