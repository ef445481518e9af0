package import QueryLanguage
import Screen
import Telemetry

/// Home: rate, errors and duration of everything held, the services, what came last.
package struct HomeModel: ScreenModel {
  package enum Pane: Int, KeyPane {
    case rate, errors, duration, services, recent

    package var title: String { "\(self)" }

    package var isGraph: Bool { rawValue <= Pane.duration.rawValue }
  }

  /// What the lowest pane lists.
  package enum Recent: Int, CaseIterable, Hashable, Sendable { case traces, events, output }

  package enum Command: Equatable, Sendable {
    case move(Motion)
    case nextPane, previousPane
    case open
    case nextTab, previousTab
    case sortServices
    case menu
    case copy
  }

  package internal(set) var pane = Pane.services {
    didSet { if pane != oldValue { isServiceChosen = false } }
  }
  package internal(set) var recent = Recent.traces
  /// The service everything is narrowed to.
  package internal(set) var service: String?
  package internal(set) var services = HomeServices()
  /// COUNT, P50, P95 and P99 by service.
  package internal(set) var byService: QueryResult?
  /// COUNT of errors by service.
  package internal(set) var errors: QueryResult?
  /// P50, P95 and P99 of everything.
  package internal(set) var durations: QueryResult?
  package internal(set) var traces = TraceList()
  package internal(set) var events: [EventLine] = []
  package internal(set) var output: [OutputLine] = []
  package internal(set) var serviceCursor = ListCursor()
  package internal(set) var traceCursor = ListCursor()
  package internal(set) var eventCursor = ListCursor()
  package internal(set) var outputCursor = ListCursor()
  /// The person went to a service, and did not merely find the cursor on one.
  private var isServiceChosen = false
  /// There is nothing to show but lines that are no spans.
  private var isOutputAlone = false
  /// Why the last question failed.
  package internal(set) var failure: QueryError?
  /// Where the cursor stays when the list changes under it.
  var selectedTrace: TraceID?

  package init() {}

  package static let outputLimit = 2_000

  /// Where everything is now.
  package func panes(_ around: Surroundings) -> HomePanes {
    around.feed.spans == 0
      ? HomePanes(empty: around.body, lines: output.count)
      : HomePanes(around.body, services: services.rows.count)
  }

  /// Shows the lines of a program that prints no spans, until there is one.
  package mutating func follow(_ feed: Feed) {
    if feed.spans == 0, !output.isEmpty {
      (pane, recent) = (.recent, .output)
      isOutputAlone = true
    } else if feed.spans > 0, isOutputAlone {
      (pane, recent) = (.services, .traces)
      isOutputAlone = false
    }
  }

  package mutating func perform(_ command: Command, _ around: Surroundings) -> [Wish] {
    defer { follow(around.feed) }
    switch command {
    case .move(let motion): move(motion, around)
    case .nextPane: walk(1, around)
    case .previousPane: walk(-1, around)
    case .open: return open(around)
    case .nextTab: switchTab(1)
    case .previousTab: switchTab(-1)
    case .sortServices: services.sortNext()
    case .menu: return menu(around)
    case .copy: return copy()
    }
    return []
  }

  /// Lines of input that were no spans, for Recent › Output.
  package mutating func receive(output lines: [OutputLine]) {
    let wasLast = outputCursor.selected >= output.count - 1
    output.append(contentsOf: lines)
    let surplus = output.count - Self.outputLimit
    if surplus > 0 { output.removeFirst(surplus) }
    let place = wasLast ? output.count - 1 : max(0, outputCursor.selected - max(0, surplus))
    outputCursor.select(place, count: output.count, page: outputCursor.page)
  }

  /// The service whose lines alone are lit in the graphs; nil: all are.
  package var litService: String? { isServiceChosen ? selectedService : nil }

  private mutating func walk(_ step: Int, _ around: Surroundings) {
    let panes = panes(around).visible
    let place = panes.firstIndex(of: pane) ?? 0
    pane = panes[(place + step + panes.count) % panes.count]
  }

  private mutating func switchTab(_ step: Int) {
    let tabs = Recent.allCases
    recent = tabs[(recent.rawValue + step + tabs.count) % tabs.count]
  }

  private mutating func move(_ motion: Motion, _ around: Surroundings) {
    if pane.isGraph { return moveFromGraph(motion, around) }
    let panes = panes(around)
    switch (pane, recent) {
    case (.services, _):
      if motion == .up, serviceCursor.selected == 0 { return pane = .rate }
      if motion == .down, serviceCursor.selected >= services.rows.count - 1 {
        return pane = .recent
      }
      serviceCursor.move(motion, count: services.rows.count, page: panes.serviceRows)
      isServiceChosen = true
    case (_, .traces):
      if motion == .left || motion == .right { return switchTab(motion == .left ? -1 : 1) }
      if motion == .up, traceCursor.selected == 0 { return pane = .services }
      traceCursor.move(motion, count: traces.traces.count, page: panes.recentRows)
      let row = traceCursor.selected
      selectedTrace = traces.traces.indices.contains(row) ? traces.traces[row].id : nil
    case (_, .events):
      if motion == .left || motion == .right { return switchTab(motion == .left ? -1 : 1) }
      if motion == .up, eventCursor.selected == 0 { return pane = .services }
      eventCursor.move(motion, count: events.count, page: panes.recentRows)
    case (_, .output):
      if motion == .left || motion == .right { return switchTab(motion == .left ? -1 : 1) }
      if motion == .up, outputCursor.selected == 0 { return pane = .services }
      outputCursor.move(motion, count: output.count, page: panes.recentRows)
    }
  }

  /// From a graph, the arrows lead to the graph beside it or to the services below.
  private mutating func moveFromGraph(_ motion: Motion, _ around: Surroundings) {
    switch motion {
    case .left: pane = Pane(rawValue: max(0, pane.rawValue - 1)) ?? .rate
    case .right: pane = Pane(rawValue: min(2, pane.rawValue + 1)) ?? .duration
    case .down, .pageDown, .last, .halfPageDown: pane = .services
    default: break
    }
  }
}
