package import QueryLanguage
import Screen
package import Telemetry

/// Home: rate, errors and duration of everything held, the services, what came last.
package struct HomeModel: ScreenComponent {
  package static let id = ScreenID("home")
  package static let title = "Home"
  package static let summary: String? = "rate, errors, duration, services"

  /// From the top: three graphs side by side, the services, the lists.
  package enum Pane: Int, KeyMode {
    case rate, errors, duration, services, recent
    /// A stretch of time is being marked on a graph.
    case marking
    /// What is typed behind `/`, which is no pane of its own on the screen.
    case find

    package var title: String { "\(self)" }

    package var isGraph: Bool { rawValue <= Pane.duration.rawValue }
  }

  package enum Command: Equatable, Sendable {
    case move(Motion)
    case nextPane, previousPane
    case open
    case nextTab, previousTab
    case sortServices
    case sortBy(HomeServices.Column)
    case mark, swapMark, zoomToMark, leaveMark
    case find, clearFind
    case input(InputCommand)
    case menu
    case copy
    case copySetup
    case compare
  }

  /// Where the cursor is.
  package internal(set) var focus = Pane.services {
    didSet { if focus != oldValue { services.isChosen = false } }
  }
  /// What is being marked on the graphs.
  package internal(set) var mark: HomeMark?
  /// What has the keys.
  package var pane: Pane { find != nil ? .find : mark == nil ? focus : .marking }
  /// What is looked for in everything here.
  package internal(set) var found = FindText.nothing
  /// Being typed; nil when it is not.
  package internal(set) var find: FindInput?
  /// What the graphs show.
  package internal(set) var figures = HomeFigures()
  /// A single row while everything is narrowed to a service.
  package internal(set) var services = HomeServices()
  /// The lists of the lowest pane.
  package internal(set) var tabs = HomeTabs()
  /// Why the last question failed.
  package internal(set) var failure: QueryError?
  /// Index of the ``SendingSetup`` that an empty Home has its cursor on.
  package private(set) var setupIndex = 0
  /// There is nothing to show but lines that are no spans.
  private var isOutputAlone = false

  package init() {}

  /// Where everything is now.
  package func panes(_ context: Context) -> HomePanes {
    context.feed.spans == 0
      ? HomePanes(empty: context.body, lines: tabs[OutputTab.self].list.count)
      : HomePanes(context.body, services: services.rows.count)
  }

  /// Shows the lines of a program that prints no spans, until there is one.
  private mutating func follow(_ feed: Feed) {
    if feed.spans == 0, !tabs[OutputTab.self].list.isEmpty {
      focus = .recent
      tabs.show(OutputTab.self)
      isOutputAlone = true
    } else if feed.spans > 0, isOutputAlone {
      focus = .services
      tabs.show(HomeTabs.types[0])
      isOutputAlone = false
    }
  }

  package mutating func receive(_ news: News, _ context: Context) {
    tabs.receive(news)
    follow(context.feed)
  }

  package func cursorTime(_ context: Context) -> UnixNanos? {
    mark?.point ?? (focus == .recent ? tabs.shown.cursorTime : nil)
  }

  package mutating func walk(_ step: Int, _ context: Context) -> [Intent] {
    focus == .recent ? tabs.shown.walk(step, page: panes(context).recentRows) : []
  }

  /// What an empty Home offers, while nothing else has the cursor.
  package func setups(_ context: Context) -> [SendingSetup] {
    context.feed.spans == 0 ? SendingSetup.all(context.feed) : []
  }

  private func copySetup(_ context: Context) -> [Intent] {
    let setups = setups(context)
    guard setups.indices.contains(setupIndex) else { return [] }
    let setup = setups[setupIndex]
    return [.copy(setup.text, what: "setup for \(setup.language)")]
  }

  package mutating func perform(_ command: Command, _ context: Context) -> [Intent] {
    defer { follow(context.feed) }
    let setups = isOutputAlone ? [] : setups(context)
    if !setups.isEmpty {
      switch command {
      case .move(let motion):
        let rows = motion.rows(page: setups.count, count: setups.count)
        setupIndex = min(max(0, setupIndex + rows), setups.count - 1)
        return []
      case .copy, .open: return copySetup(context)
      default: break
      }
    }
    switch command {
    case .move(let motion): move(motion, context)
    case .nextPane: nextPane(1, context)
    case .previousPane: nextPane(-1, context)
    case .open: return open(context)
    case .nextTab: tabs.step(1)
    case .previousTab: tabs.step(-1)
    case .sortServices: services.sortNext()
    case .sortBy(let column): services.sort(by: column)
    case .mark: return toggleMark()
    case .swapMark: swapMark()
    case .zoomToMark: return zoomToMark()
    case .leaveMark: mark = nil
    case .find: find = FindInput(found.text)
    case .clearFind: return endFound() ? refresh(context, isNew: true) : [.back]
    case .input(let command): return perform(command, context)
    case .menu: return menu()
    case .copy: return copy()
    case .copySetup: return copySetup(context)
    case .compare: return compare(context)
    }
    return []
  }

  /// The service whose lines alone are lit in the graphs; nil: all are.
  package var litService: String? { services.isChosen ? services.selected : nil }

  private mutating func nextPane(_ step: Int, _ context: Context) {
    let panes = panes(context).visible
    let index = panes.firstIndex(of: focus) ?? 0
    focus = panes[(index + step + panes.count) % panes.count]
  }

  private mutating func move(_ motion: Motion, _ context: Context) {
    if mark != nil { return moveMark(motion) }
    if focus.isGraph { return moveFromGraph(motion, context) }
    let panes = panes(context)
    if focus == .services {
      if motion == .up, services.list.isAtFirst { return focus = .rate }
      if motion == .down, services.list.isAtLast { return focus = .recent }
      return services.move(motion, page: panes.serviceRows)
    }
    if motion == .left || motion == .right { return tabs.step(motion == .left ? -1 : 1) }
    if motion == .up, tabs.shown.isAtFirst { return focus = .services }
    tabs.shown.move(motion, page: panes.recentRows)
  }

  /// From a graph, the arrows lead to the graph beside it or to the services below.
  private mutating func moveFromGraph(_ motion: Motion, _ context: Context) {
    switch motion {
    case .left: focus = Pane(rawValue: max(0, focus.rawValue - 1)) ?? .rate
    case .right: focus = Pane(rawValue: min(2, focus.rawValue + 1)) ?? .duration
    case .down, .pageDown, .last, .halfPageDown: focus = .services
    default: break
    }
  }
}
