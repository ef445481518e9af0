/// The tabs of the Query screen. A new one is a file of its own and a row here.
package struct QueryTabs: Sendable {
  /// In the order of `]`; the first is shown at the start.
  package static let types: [any QueryTab.Type] = [
    ResultsTab.self, TracesTab.self, RawTab.self, CompareTab.self,
  ]

  private var tabs: [any QueryTab] = QueryTabs.types.map { $0.init() }
  /// Index of the one that is shown.
  package private(set) var shownIndex = 0

  init() {}

  package var shown: any QueryTab {
    get { tabs[shownIndex] }
    _modify { yield &tabs[shownIndex] }
  }

  package var shownType: any QueryTab.Type { Self.types[shownIndex] }

  /// A tab by its type.
  package subscript<Tab: QueryTab>(type: Tab.Type) -> Tab {
    get { tabs.lazy.compactMap { $0 as? Tab }.first ?? Tab() }
    _modify {
      let index = tabs.firstIndex { $0 is Tab } ?? 0
      // Taken out and put back, so that nothing of it is copied.
      var tab = tabs.remove(at: index) as? Tab ?? Tab()
      defer { tabs.insert(tab, at: index) }
      yield &tab
    }
  }

  func isShown(_ type: any QueryTab.Type) -> Bool {
    ObjectIdentifier(type) == ObjectIdentifier(shownType)
  }

  mutating func show(_ type: any QueryTab.Type) {
    shownIndex = Self.types.firstIndex { ObjectIdentifier($0) == ObjectIdentifier(type) } ?? 0
  }

  mutating func show(_ index: Int) {
    shownIndex = min(max(0, index), tabs.count - 1)
    tabs[shownIndex].leave()
  }

  mutating func step(_ step: Int) {
    shownIndex = (shownIndex + step + tabs.count) % tabs.count
    tabs[shownIndex].leave()
  }

  /// The tab that asked in a slot.
  func index(of slot: Slot) -> Int? {
    Self.types.firstIndex { $0.slot == slot || $0.sideSlots.contains(slot) }
  }

  subscript(index: Int) -> any QueryTab {
    get { tabs[index] }
    _modify { yield &tabs[index] }
  }

  mutating func reset() {
    for index in tabs.indices { tabs[index].reset() }
  }
}
