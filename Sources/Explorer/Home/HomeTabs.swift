/// The lists in the lowest pane of Home. A new one is a file of its own and a row here.
package struct HomeTabs: Sendable {
  /// In the order of `]`; the first is shown at the start.
  package static let types: [any HomeTab.Type] = [
    RecentTracesTab.self, RecentEventsTab.self, OutputTab.self,
  ]

  /// One of each type; those that are not shown are kept up to date as well.
  package private(set) var all: [any HomeTab] = HomeTabs.types.map { $0.init() }
  /// Index of the one that is shown.
  package private(set) var shownIndex = 0

  init() {}

  package var shown: any HomeTab {
    get { all[shownIndex] }
    _modify { yield &all[shownIndex] }
  }

  package var shownType: any HomeTab.Type { Self.types[shownIndex] }

  /// A list by its type.
  package subscript<Tab: HomeTab>(type: Tab.Type) -> Tab {
    all.lazy.compactMap { $0 as? Tab }.first ?? Tab()
  }

  mutating func show(_ type: any HomeTab.Type) {
    shownIndex = Self.types.firstIndex { ObjectIdentifier($0) == ObjectIdentifier(type) } ?? 0
  }

  mutating func show(_ index: Int) { shownIndex = min(max(0, index), all.count - 1) }

  mutating func step(_ step: Int) { shownIndex = (shownIndex + step + all.count) % all.count }

  mutating func receive(_ response: Response, in slot: Slot, page: Int) {
    for index in all.indices { all[index].receive(response, in: slot, page: page) }
  }

  mutating func find(_ text: FindText) {
    for index in all.indices { all[index].find(text) }
  }

  mutating func receive(_ news: News) {
    for index in all.indices { all[index].receive(news) }
  }
}
