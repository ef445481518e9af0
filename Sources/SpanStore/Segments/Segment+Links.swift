extension Segment {
  /// A row's links, as records of ``sideBatch``.
  ///
  /// - Complexity: O(1) for a row without any, else O(log rows that have some).
  package func links(_ row: Int) -> Range<Int> { side.links(row, count: Int(linkCount[row])) }

  /// Rows that have links, ascending.
  ///
  /// - Complexity: O(rows that have links): a new array each time.
  package var rowsWithLinks: [Int] { side.linkRows.map(Int.init) }
}
