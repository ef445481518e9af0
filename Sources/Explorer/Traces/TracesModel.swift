package import QueryLanguage
import Screen
import Telemetry

/// Every trace held, sorted, narrowed by a WHERE expression.
package struct TracesModel: ScreenModel {
  package enum Pane: KeyPane {
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
  }

  /// What the list can be sorted by, in the order of `s`: its columns.
  package static let keys: [TraceOrder.Key] = [
    .start, .service, .name, .spans, .services, .errors, .duration,
  ]

  package internal(set) var list = TraceList()
  package internal(set) var cursor = ListCursor()
  package internal(set) var order = TraceOrder.newest
  /// The filter in force.
  package internal(set) var filter: Filter?
  /// Being typed; nil when the list has the keys.
  package internal(set) var input: TextField?
  package internal(set) var inputError: QueryError?
  package internal(set) var failure: QueryError?
  /// False until the first answer.
  package internal(set) var isLoaded = false
  private var selected: TraceID?
  /// Traces asked for: what is read for those nobody looks at is read in vain.
  private var limit = Self.firstLimit
  private static let firstLimit = 1_000
  /// Pressed before the list was there; they act on it when it comes.
  private var early: [Command] = []

  package init() {}

  package var pane: Pane { input == nil ? .list : .filter }
  package var isTyping: Bool { input != nil }

  package static let slot = Slot(.traces, "list")

  /// Rows of the list: without the line of the filter, the titles and the foot.
  package static func page(_ around: Surroundings) -> Int { max(1, around.body.height - 3) }

  package mutating func perform(_ command: Command, _ around: Surroundings) -> [Wish] {
    if !isLoaded, failure == nil, isOnList(command) {
      early.append(command)
      return []
    }
    switch command {
    case .move(let motion):
      cursor.move(motion, count: list.traces.count, page: Self.page(around))
      selected = current?.id
      // Near the end of what was asked for: more is asked for.
      let isNearEnd = cursor.selected + 2 * Self.page(around) >= list.traces.count
      if isNearEnd, list.traces.count < list.total, limit <= list.traces.count {
        limit *= 8
        return refresh(around, isNew: false)
      }
    case .open:
      guard let current else { return [] }
      return [.open(.trace(current.id, current.matchingSpan))]
    case .filter:
      input = TextField(filter.map { QueryText.print($0) } ?? "")
      inputError = nil
    case .clearFilter:
      guard filter != nil else { return [.back] }
      filter = nil
      return refresh(around, isNew: true)
    case .sortNext: return sort(1, around)
    case .sortPrevious: return sort(-1, around)
    case .reverse:
      order = order.reversed
      return refresh(around, isNew: true)
    case .menu:
      guard let current else { return [] }
      return [.show(.menu(Self.menu(current)))]
    case .copy:
      return current.map { [.copy($0.id.description, what: "trace id")] } ?? []
    }
    return []
  }

  private func isOnList(_ command: Command) -> Bool {
    switch command {
    case .move, .open, .menu, .copy: true
    case .filter, .clearFilter, .sortNext, .sortPrevious, .reverse: false
    }
  }

  package var current: TraceSummary? {
    list.traces.indices.contains(cursor.selected) ? list.traces[cursor.selected] : nil
  }

  private mutating func sort(_ step: Int, _ around: Surroundings) -> [Wish] {
    order = order.next(step, among: Self.keys)
    cursor = ListCursor()
    limit = Self.firstLimit
    selected = nil
    return refresh(around, isNew: true)
  }

  package mutating func refresh(_ around: Surroundings, isNew: Bool) -> [Wish] {
    var request = TraceListRequest(filter: filter, time: around.defaultTime)
    request.now = around.feed.isLive ? around.now : nil
    request.order = order
    request.limit = limit
    return [.ask(Self.slot, .traces(request))]
  }

  package mutating func receive(
    _ answer: Answer, in slot: Slot, _ around: Surroundings
  ) -> [Wish] {
    switch answer {
    case .traces(let traces):
      list = traces
      isLoaded = true
      failure = nil
      let page = Self.page(around)
      if cursor.selected > 0, let selected,
        let place = traces.traces.firstIndex(where: { $0.id == selected })
      {
        cursor.follow(to: place, count: traces.traces.count, page: page)
      } else {
        cursor.fit(count: traces.traces.count, page: page)
      }
      defer { early = [] }
      return early.flatMap { perform($0, around) }
    case .failure(let error): failure = error
    default: break
    }
    return []
  }

  /// Narrows the list, from another screen.
  package mutating func open(_ filter: Filter, _ around: Surroundings) -> [Wish] {
    self.filter = filter
    cursor = ListCursor()
    return refresh(around, isNew: true)
  }

  static func menu(_ trace: TraceSummary) -> Menu {
    Menu(
      title: "\(trace.rootService) \(trace.rootName)",
      items: [
        Menu.Item("open the trace", "o", [.wish(.open(.trace(trace.id, nil)))]),
        Menu.Item(
          "query spans of this service", "s",
          [.edit(.showOnly(.serviceName, .text(trace.rootService)))]),
        Menu.Item(
          "query spans of this name", "n", [.edit(.showOnly(.spanName, .text(trace.rootName)))]),
        Menu.Item("copy the trace id", "y", [.wish(.copy(trace.id.description, what: "trace id"))]),
      ])
  }
}
