/// A movement, whatever moves: rows of a list, cells of a graph, lines of a text.
package enum Motion: Equatable, Sendable, CaseIterable {
  case up, down, left, right
  case halfPageUp, halfPageDown, pageUp, pageDown
  case first, last

  /// Rows this motion covers in a list that shows `page` rows at a time; sideways none.
  package func rows(page: Int, count: Int) -> Int {
    switch self {
    case .up: -1
    case .down: 1
    case .left, .right: 0
    case .halfPageUp: -max(1, page / 2)
    case .halfPageDown: max(1, page / 2)
    case .pageUp: -max(1, page - 1)
    case .pageDown: max(1, page - 1)
    case .first: -count
    case .last: count
    }
  }
}
