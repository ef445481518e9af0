package import QueryLanguage
import Screen
import Telemetry

/// Home: rate, errors and duration of everything held, the services, what came last.
package struct HomeModel: ScreenComponent {
  package static let id = ScreenID("home")
  package static let title = "Home"
  package static let summary: String? = "rate, errors, duration, services"

  /// From the top: three graphs side by side, the services, the lists.
  package enum Pane: Int, KeyMode {
    case rate, errors, duration, services, recent

    package var title: String { "\(self)" }

    package var isGraph: Bool { rawValue <= Pane.duration.rawValue }
  }

  package enum Command: Equatable, Sendable {
    case move(Motion)
    case nextPane, previousPane
    case open
    case nextTab, previousTab
    case sortServices
    case menu
    case copy
    case copySetup
    case compare
  }

  /// Which has the keys.
  package internal(set) var pane = Pane.services {
    didSet { if pane != oldValue { services.isChosen = false } }
  }
  /// The service everything is narrowed to.
  package internal(set) var service: String?
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
      pane = .recent
      tabs.show(OutputTab.self)
      isOutputAlone = true
    } else if feed.spans > 0, isOutputAlone {
      pane = .services
      tabs.show(HomeTabs.types[0])
      isOutputAlone = false
    }
  }

  package mutating func receive(_ news: News, _ context: Context) {
    tabs.receive(news)
    follow(context.feed)
  }

  package mutating func walk(_ step: Int, _ context: Context) -> [Intent] {
    pane == .recent ? tabs.shown.walk(step, page: panes(context).recentRows) : []
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
    case .menu: return menu()
    case .copy: return copy()
    case .copySetup: return copySetup(context)
    case .compare: return compare()
    }
    return []
  }

  /// The service whose lines alone are lit in the graphs; nil: all are.
  package var litService: String? { services.isChosen ? services.selected : nil }

  private mutating func nextPane(_ step: Int, _ context: Context) {
    let panes = panes(context).visible
    let index = panes.firstIndex(of: pane) ?? 0
    pane = panes[(index + step + panes.count) % panes.count]
  }

  private mutating func move(_ motion: Motion, _ context: Context) {
    if pane.isGraph { return moveFromGraph(motion, context) }
    let panes = panes(context)
    if pane == .services {
      if motion == .up, services.list.isAtFirst { return pane = .rate }
      if motion == .down, services.list.isAtLast { return pane = .recent }
      return services.move(motion, page: panes.serviceRows)
    }
    if motion == .left || motion == .right { return tabs.step(motion == .left ? -1 : 1) }
    if motion == .up, tabs.shown.isAtFirst { return pane = .services }
    tabs.shown.move(motion, page: panes.recentRows)
  }

  /// From a graph, the arrows lead to the graph beside it or to the services below.
  private mutating func moveFromGraph(_ motion: Motion, _ context: Context) {
    switch motion {
    case .left: pane = Pane(rawValue: max(0, pane.rawValue - 1)) ?? .rate
    case .right: pane = Pane(rawValue: min(2, pane.rawValue + 1)) ?? .duration
    case .down, .pageDown, .last, .halfPageDown: pane = .services
    default: break
    }
  }
}
