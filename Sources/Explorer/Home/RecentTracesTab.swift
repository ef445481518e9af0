package import QueryLanguage
package import Telemetry

/// The newest traces.
package struct RecentTracesTab: HomeTab {
  package private(set) var list = ListModel<TraceSummary>()
  /// Traces there are; the list may hold fewer.
  package private(set) var total = 0

  /// Where there are none in the time range: how many there are outside of it.
  package private(set) var outside = 0

  package static let title = "Recent traces"
  private static let slot = Slot(HomeModel.id, "traces")
  private static let limit = 500

  package init() {}

  package var count: Int { list.count }
  package var isAtFirst: Bool { list.isAtFirst }

  package func ask(_ filter: Filter?, _ context: Context) -> [Intent] {
    var request = TraceListRequest(filter: filter, time: context.timeRange)
    request.limit = Self.limit
    request.now = context.feed.isLive ? context.now : nil
    return [.ask(Self.slot, .traces(request))]
  }

  package mutating func receive(_ response: Response, in slot: Slot, page: Int) {
    guard slot == Self.slot, case .traces(let found) = response else { return }
    list.receive(found.traces, by: \.id, page: page)
    (total, outside) = (found.total, found.outside)
  }

  package mutating func move(_ motion: Motion, page: Int) { list.move(motion, page: page) }

  package func visible(page: Int) -> Range<Int> { list.visible(page: page) }

  package mutating func point(_ pointer: Pointer, first: Int, page: Int) -> [Intent] {
    list.point(pointer, first: first, page: page)
  }

  package var cursorTime: UnixNanos? { list.current?.start }

  package func open() -> [Intent] { list.current.map { [.open(.trace($0.id, nil))] } ?? [] }

  package func copy() -> [Intent] {
    list.current.map { [.copy($0.id.description, what: "trace id")] } ?? []
  }

  package func menu() -> [Intent] {
    guard let trace = list.current else { return [] }
    return [
      .show(
        Menu(
          title: trace.rootName,
          items: [
            Menu.Item("open the trace", "o", [.open(.trace(trace.id, nil))]),
            Menu.Item(
              "query spans of this name", "n",
              [.edit(.showOnly(.spanName, .text(trace.rootName)))]),
            Menu.Item(
              "copy the trace id", "y", [.copy(trace.id.description, what: "trace id")]),
          ]))
    ]
  }

  package mutating func walk(_ step: Int, page: Int) -> [Intent] {
    let old = list.selected
    list.move(step > 0 ? .down : .up, page: page)
    return list.selected == old ? [] : open()
  }
}
