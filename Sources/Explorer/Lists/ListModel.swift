/// Rows, the one of them that a person is on, and which are shown.
///
/// Rows may come, go and change positions at any time: the person stays on the row, not on its number.
package struct ListModel<Row: Sendable>: Sendable {
  /// Where a person stays whose row is at an end of the list.
  package enum Anchor: Sendable {
    /// On the row, wherever it is now.
    case row
    /// On the first row, whichever that is: what comes above it is to be seen.
    case first
    /// On the last row, whichever that is.
    case last
  }

  package private(set) var rows: [Row]
  package private(set) var cursor = ListCursor()

  package init(_ rows: [Row] = []) { self.rows = rows }

  package var count: Int { rows.count }
  package var isEmpty: Bool { rows.isEmpty }
  /// Index of the row that the person is on; 0 in a list without rows.
  package var selected: Int { cursor.selected }
  /// True in a list without rows, and so is ``isAtLast``.
  package var isAtFirst: Bool { cursor.selected == 0 }
  package var isAtLast: Bool { cursor.selected >= rows.count - 1 }

  /// The row that the person is on; nil in a list without rows.
  package var current: Row? { rows.indices.contains(selected) ? rows[selected] : nil }

  /// The rows shown where there is room for `page` of them.
  package func visible(page: Int) -> Range<Int> { cursor.visible(count: count, page: page) }

  /// - Parameter page: rows shown, here and in every other method.
  package mutating func move(_ motion: Motion, page: Int) {
    cursor.move(motion, count: count, page: page)
  }

  /// Goes to a row and scrolls no further than needed to show it.
  package mutating func select(_ index: Int, page: Int) {
    cursor.select(index, count: count, page: page)
  }

  /// Shows rows further down, or up with a negative number.
  package mutating func scroll(_ rows: Int, page: Int) {
    cursor.scroll(rows, count: count, page: page)
  }

  /// What the mouse does to the list: a click selects, two are Enter, the wheel scrolls.
  ///
  /// - Parameter first: index of the row in the first line pointed at.
  mutating func point(_ pointer: Pointer, first: Int, page: Int) -> [Intent] {
    switch pointer.gesture {
    case .wheel(let rows): scroll(rows, page: page)
    case .click, .doubleClick:
      guard rows.indices.contains(first + pointer.cell.y) else { return [] }
      select(first + pointer.cell.y, page: page)
      if pointer.gesture == .doubleClick { return [.enter] }
    case .drag, .drop: break
    }
    return []
  }

  /// To the first row, the rows left as they are.
  package mutating func toFirst() { cursor.select(0, count: count, page: cursor.page) }

  /// Other rows, of which those with the same identity are the same.
  ///
  /// A row that stays in sight stays on its line of the screen.
  ///
  /// - Complexity: O(rows) comparisons.
  package mutating func receive<ID: Hashable>(
    _ new: [Row], by id: (Row) -> ID, anchor: Anchor = .first, page: Int
  ) {
    let old = current.map(id)
    let wasFirst = isAtFirst
    let wasLast = isAtLast
    rows = new
    switch anchor {
    case .first where wasFirst: return cursor.fit(count: count, page: page)
    case .last where wasLast: return cursor.select(count - 1, count: count, page: page)
    default: break
    }
    follow(old.flatMap { old in new.firstIndex { id($0) == old } }, page: page)
  }

  /// Other rows, where the caller knows the index of the row that the person is on; nil: it is gone.
  package mutating func receive(_ new: [Row], at index: Int?, page: Int) {
    rows = new
    follow(index, page: page)
  }

  /// Other rows, of which the person goes to one; nil: to the one with the same number.
  ///
  /// Scrolls no further than needed to show it.
  package mutating func replace(_ new: [Row], selecting index: Int?, page: Int) {
    rows = new
    cursor.select(index ?? selected, count: count, page: page)
  }

  /// More rows at the end, of which the oldest go when there are more than `limit`.
  package mutating func append(_ new: [Row], limit: Int) {
    let wasLast = isAtLast
    rows += new
    let surplus = max(0, rows.count - limit)
    rows.removeFirst(surplus)
    let index = wasLast ? rows.count - 1 : max(0, selected - surplus)
    cursor.select(index, count: count, page: cursor.page)
  }

  /// Orders the rows; the person stays on the same line of the screen.
  package mutating func sort(by areInOrder: (Row, Row) -> Bool) { rows.sort(by: areInOrder) }

  /// Changes the rows in place; what they are and their order stay.
  package mutating func update(_ change: (inout Row) -> Void) {
    for index in rows.indices { change(&rows[index]) }
  }

  private mutating func follow(_ index: Int?, page: Int) {
    if let index {
      cursor.follow(to: index, count: count, page: page)
    } else {
      cursor.fit(count: count, page: page)
    }
  }
}
