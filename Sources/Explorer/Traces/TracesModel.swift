package import QueryLanguage
import Screen
package import Telemetry

/// Every trace held, sorted, narrowed by a WHERE expression.
package struct TracesModel: ScreenComponent {
  package static let id = ScreenID("traces")
  package static let title = "Traces"
  package static let summary: String? = "all traces held"

  package enum Pane: KeyMode {
    case list, filter

    package var title: String { "\(self)" }
  }

  package enum Command: Equatable, Sendable {
    case move(Motion)
    case open
    case filter
    case clearFilter
    case sortNext, sortPrevious, reverse
    case menu
    case copy
    case mark
    case compare
    case input(InputCommand)
  }

  /// What the list can be sorted by, in the order of `s`: its columns.
  package static let keys: [TraceOrder.Key] = [
    .start, .service, .name, .spans, .services, .errors, .duration,
  ]

  package internal(set) var list = ListModel<TraceSummary>()
  /// Traces there are; the list may hold fewer.
  package private(set) var total = 0
  /// Where there are none in the time range: how many there are outside of it.
  package private(set) var outside = 0
  package internal(set) var order = TraceOrder.newest
  /// Traces that are to be compared with the others.
  package internal(set) var marked: Set<TraceID> = []
  /// The filter in force.
  package internal(set) var filter: Filter?
  /// Being typed; nil when the list has the keys.
  package internal(set) var input: FindInput?
  /// Why the last request had no answer; nil once one had.
  package internal(set) var failure: QueryError?
  /// False until the first answer.
  package internal(set) var isLoaded = false
  /// Traces asked for: what is read for those nobody looks at is read in vain.
  private var limit = Self.firstLimit
  private static let firstLimit = 1_000
  /// Pressed before the list was there; they act on it when it comes.
  private var early: [Command] = []

  package init() {}

  package var pane: Pane { input == nil ? .list : .filter }
  package var isTyping: Bool { input != nil }

  package static let slot = Slot(TracesModel.id, "list")

  /// Rows of the list: without the line of the filter, the titles and the foot.
  package static func page(_ context: Context) -> Int { max(1, context.body.height - 3) }

  package mutating func perform(_ command: Command, _ context: Context) -> [Intent] {
    if !isLoaded, failure == nil, isOnList(command) {
      early.append(command)
      return []
    }
    switch command {
    case .move(let motion):
      list.move(motion, page: Self.page(context))
      return askMore(context)
    case .open:
      guard let current = list.current else { return [] }
      return [.open(.trace(current.id, current.matchingSpan))]
    case .filter:
      input = FindInput(filter.map { QueryText.print($0) } ?? "")
    case .clearFilter:
      guard filter != nil else { return [.back] }
      filter = nil
      return refresh(context, isNew: true)
    case .sortNext: return sort(1, context)
    case .sortPrevious: return sort(-1, context)
    case .reverse:
      order = order.reversed
      return refresh(context, isNew: true)
    case .menu:
      guard let current = list.current else { return [] }
      return [.show(Self.menu(current))]
    case .copy:
      return list.current.map { [.copy($0.id.description, what: "trace id")] } ?? []
    case .mark: mark(context)
    case .compare: return compare()
    case .input(let command): return perform(command, context)
    }
    return []
  }

  /// Near the end of what was asked for more is asked for.
  mutating func askMore(_ context: Context) -> [Intent] {
    let isNearEnd = list.cursor.selected + 2 * Self.page(context) >= list.count
    guard isNearEnd, list.count < total, limit <= list.count else { return [] }
    limit *= 8
    return refresh(context, isNew: false)
  }

  private func isOnList(_ command: Command) -> Bool {
    switch command {
    case .move, .open, .menu, .copy, .mark, .compare: true
    case .filter, .clearFilter, .sortNext, .sortPrevious, .reverse, .input: false
    }
  }

  private mutating func sort(_ step: Int, _ context: Context) -> [Intent] {
    order = order.next(step, among: Self.keys)
    list.toFirst()
    limit = Self.firstLimit
    return refresh(context, isNew: true)
  }

  package mutating func refresh(_ context: Context, isNew: Bool) -> [Intent] {
    var request = TraceListRequest(
      filter: context.narrowed(filter), time: context.timeRange)
    request.now = context.feed.isLive ? context.now : nil
    request.order = order
    request.limit = limit
    return [.ask(Self.slot, .traces(request))]
  }

  package mutating func receive(
    _ response: Response, in slot: Slot, _ context: Context
  ) -> [Intent] {
    switch response {
    case .traces(let traces):
      list.receive(traces.traces, by: \.id, page: Self.page(context))
      total = traces.total
      outside = traces.outside
      isLoaded = true
      failure = nil
      defer { early = [] }
      return early.flatMap { perform($0, context) }
    case .failure(let error): failure = error
    default: break
    }
    return []
  }

  package func cursorTime(_ context: Context) -> UnixNanos? { list.current?.start }

  /// Narrows the list, from another screen.
  package mutating func open(_ destination: Destination, _ context: Context) -> [Intent] {
    guard case .traces(let filter) = destination else { return [] }
    self.filter = filter
    list.toFirst()
    return refresh(context, isNew: true)
  }

  package mutating func walk(_ step: Int, _ context: Context) -> [Intent] {
    let old = list.current?.id
    _ = perform(.move(step > 0 ? .down : .up), context)
    return list.current?.id == old ? [] : perform(.open, context)
  }

  static func menu(_ trace: TraceSummary) -> Menu {
    Menu(
      title: "\(trace.rootService) \(trace.rootName)",
      items: [
        Menu.Item("open the trace", "o", [.open(.trace(trace.id, nil))]),
        Menu.Item(
          "query spans of this service", "s",
          [.edit(.showOnly(.serviceName, .text(trace.rootService)))]),
        Menu.Item(
          "query spans of this name", "n", [.edit(.showOnly(.spanName, .text(trace.rootName)))]),
        Menu.Item("copy the trace id", "y", [.copy(trace.id.description, what: "trace id")]),
      ])
  }
}
