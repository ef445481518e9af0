/// Which row of a list is selected and which row is the first one shown.
///
/// Holds no rows, so it serves five of them or five hundred thousand alike.
package struct ListCursor: Equatable, Sendable {
  /// Index of the row that the person is on.
  package private(set) var selected: Int
  /// Index of the first row shown.
  package private(set) var top: Int
  /// Rows shown when it last moved.
  package private(set) var page = 1

  /// Numbers below zero become zero; how long the list is comes with each movement.
  package init(selected: Int = 0, top: Int = 0) {
    (self.selected, self.top) = (max(0, selected), max(0, top))
  }

  /// Moves within `count` rows of which `page` are shown.
  ///
  /// - Complexity: O(1).
  package mutating func move(_ motion: Motion, count: Int, page: Int) {
    select(selected + motion.rows(page: page, count: count), count: count, page: page)
  }

  /// Selects `row` and scrolls no further than needed to show it.
  package mutating func select(_ row: Int, count: Int, page: Int) {
    selected = min(max(row, 0), max(count - 1, 0))
    keepVisible(count: count, page: page)
  }

  /// Shows rows further down, or up with a negative number; the selected row is one of those shown.
  package mutating func scroll(_ rows: Int, count: Int, page: Int) {
    let page = max(1, page)
    top = min(max(0, top + rows), max(0, count - page))
    select(min(max(selected, top), top + page - 1), count: count, page: page)
  }

  /// Follows its row to another place, keeping it on the same line of the screen when it can.
  ///
  /// For lists that grow above the selection while someone reads it.
  package mutating func follow(to row: Int, count: Int, page: Int) {
    top += row - selected
    select(row, count: count, page: page)
  }

  /// Fits the cursor into a list or a page that changed its size.
  package mutating func fit(count: Int, page: Int) {
    select(selected, count: count, page: page)
  }

  /// The rows shown: as many as there are and fit.
  package func visible(count: Int, page: Int) -> Range<Int> {
    let first = min(top, max(0, count - max(0, page)))
    return first..<min(count, first + max(0, page))
  }

  private mutating func keepVisible(count: Int, page: Int) {
    let page = max(1, page)
    self.page = page
    top = min(max(top, selected - page + 1), selected)
    top = max(0, min(top, max(0, count - page)))
  }
}
