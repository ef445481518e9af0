/// The tabs of the Trace screen. A new one is a file of its own and a row here.
package struct TraceTabs: Sendable {
  /// In the order of `}`; the first is shown at the start, and is where `Esc` leads.
  package static let types: [any TraceTab.Type] = [
    WaterfallTab.self, StatisticsTab.self, FlameTab.self,
  ]

  private var tabs: [any TraceTab] = TraceTabs.types.map { $0.init() }
  /// Index of the one that is shown.
  package private(set) var shownIndex = 0

  init() {}

  package var shown: any TraceTab {
    get { tabs[shownIndex] }
    _modify { yield &tabs[shownIndex] }
  }

  package var shownType: any TraceTab.Type { Self.types[shownIndex] }

  /// A tab by its type.
  package subscript<Tab: TraceTab>(type: Tab.Type) -> Tab {
    get { tabs.lazy.compactMap { $0 as? Tab }.first ?? Tab() }
    _modify {
      let index = tabs.firstIndex { $0 is Tab } ?? 0
      // Taken out and put back, so that nothing of it is copied.
      var tab = tabs.remove(at: index) as? Tab ?? Tab()
      defer { tabs.insert(tab, at: index) }
      yield &tab
    }
  }

  package var isFirstShown: Bool { shownIndex == 0 }

  mutating func showFirst() { shownIndex = 0 }

  mutating func show(_ index: Int) { shownIndex = min(max(0, index), tabs.count - 1) }

  mutating func step(_ step: Int) { shownIndex = (shownIndex + step + tabs.count) % tabs.count }
}
