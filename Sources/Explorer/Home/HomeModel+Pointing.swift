extension HomeModel {
  /// What of Home can be pointed at.
  package enum Spot: Hashable, Sendable {
    case graph(Pane)
    /// The rows of the services, from the one of this index on.
    case services(first: Int)
    /// The title of a column of theirs.
    case title(HomeServices.Column)
    /// The name of a list of the lowest pane.
    case tab(Int)
    /// The rows of the list shown there.
    case recent(first: Int)
  }

  package mutating func point(_ pointer: Pointer, at spot: Spot, _ context: Context) -> [Intent] {
    let panes = panes(context)
    switch spot {
    case .graph(let graph):
      guard pointer.isClick else { return [] }
      focus = graph
      return pointer.gesture == .doubleClick ? [.enter] : []
    case .services(let first):
      if pointer.isClick { focus = .services }
      return services.point(pointer, first: first, page: panes.serviceRows)
    case .title(let column):
      if pointer.gesture == .click {
        focus = .services
        services.sort(by: column)
      }
    case .tab(let index):
      guard pointer.isClick else { return [] }
      focus = .recent
      tabs.show(index)
    case .recent(let first):
      if pointer.isClick { focus = .recent }
      return tabs.shown.point(pointer, first: first, page: panes.recentRows)
    }
    return []
  }
}
