import QueryLanguage
import Telemetry

extension HomeModel {
  /// What of Home can be pointed at.
  package enum Spot: Hashable, Sendable {
    case graph(Pane)
    /// Where a graph is drawn: without its labels.
    case plot(Pane)
    /// The rows of the services, from the one of this index on.
    case services(first: Int)
    /// The title of a column of theirs.
    case title(HomeServices.Column)
    /// The name of a list of the lowest pane.
    case tab(Int)
    /// The rows of the list shown there.
    case recent(first: Int)
    /// What could be typed next, by index.
    case completion(Int)
  }

  package mutating func point(_ pointer: Pointer, at spot: Spot, _ context: Context) -> [Intent] {
    if case .completion(let index) = spot {
      if pointer.isClick { find?.take(index, context.catalog) }
      return []
    }
    if pointer.isClick, find != nil { find = nil }
    let panes = panes(context)
    switch spot {
    case .graph(let graph):
      guard pointer.isClick else { return [] }
      focus = graph
      return pointer.gesture == .doubleClick ? [.enter] : []
    case .plot(let graph): return point(pointer, plotOf: graph)
    case .services(let first):
      if pointer.isClick { focus = .services }
      return services.point(pointer, first: first, page: panes.serviceRows)
    case .title(let column):
      if pointer.isClick {
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
    case .completion: break
    }
    return []
  }

  /// A click goes to a graph, a drag marks the time from where it began.
  private mutating func point(_ pointer: Pointer, plotOf graph: Pane) -> [Intent] {
    switch pointer.gesture {
    case .click, .doubleClick:
      (focus, mark) = (graph, nil)
      return pointer.gesture == .doubleClick ? [.enter] : []
    case .drag:
      guard let anchor = time(pointer.from, pointer), let point = time(pointer.cell, pointer) else {
        return []
      }
      focus = graph
      mark = HomeMark(anchor: anchor, point: point)
      return []
    case .drop, .wheel: return []
    }
  }

  /// The middle of the bucket that is drawn at a cell.
  private func time(_ cell: Pointer.Cell, _ pointer: Pointer) -> UnixNanos? {
    guard let result = figures.byService, !result.times.isEmpty, result.spansMatched > 0 else {
      return nil
    }
    let (start, end) = result.span(ofBucket: cell.x * result.times.count / pointer.width)
    return start.advanced(by: max(0, end.since(start)) / 2)
  }
}
