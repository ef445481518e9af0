import QueryLanguage

/// The candidates of all segments in order, each segment's being in order: a heap of their heads.
struct CandidateMerge {
  private let lists: [[TraceCandidate]]
  private let order: TraceOrder
  private var heads: [Head] = []

  private struct Head {
    var candidate: TraceCandidate
    let list: Int
    var position: Int
  }

  /// - Parameters:
  ///   - lists: one for each view, in their order.
  ///   - placed: candidates that know their view.
  init(_ lists: [[TraceCandidate]], _ placed: [TraceCandidate], _ order: TraceOrder) {
    self.lists = lists + [placed]
    self.order = order
    for list in self.lists.indices {
      if let head = head(list, 0) { heads.append(head) }
    }
    for index in stride(from: heads.count / 2 - 1, through: 0, by: -1) { sink(index) }
  }

  private func head(_ list: Int, _ position: Int) -> Head? {
    guard position < lists[list].count else { return nil }
    let candidate = lists[list][position]
    let isPlaced = list == lists.count - 1
    return Head(
      candidate: isPlaced ? candidate : candidate.seen(in: list), list: list, position: position)
  }

  /// - Complexity: O(log segments).
  mutating func next() -> TraceCandidate? {
    guard let first = heads.first else { return nil }
    if let following = head(first.list, first.position + 1) {
      heads[0] = following
    } else {
      heads.swapAt(0, heads.count - 1)
      heads.removeLast()
    }
    if !heads.isEmpty { sink(0) }
    return first.candidate
  }

  private mutating func sink(_ start: Int) {
    var index = start
    while true {
      var least = index
      for child in [2 * index + 1, 2 * index + 2] where child < heads.count {
        if TraceCandidate.precedes(heads[child].candidate, heads[least].candidate, by: order) {
          least = child
        }
      }
      if least == index { return }
      heads.swapAt(index, least)
      index = least
    }
  }
}

extension TraceCandidate {
  /// The candidate with the view it was found in.
  func seen(in view: Int) -> TraceCandidate {
    var copy = self
    (copy.view, copy.spanView) = (Int32(view), Int32(view))
    return copy
  }
}
