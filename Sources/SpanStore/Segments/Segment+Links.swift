extension Segment {
  /// A row's links, as records of ``sideBatch``.
  package func links(_ row: Int) -> Range<Int> { side.links(row, count: Int(linkCount[row])) }

  /// Rows that have links, ascending.
  package var rowsWithLinks: [Int] { side.linkRows.map(Int.init) }
}
