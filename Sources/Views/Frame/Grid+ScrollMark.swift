import Screen

extension Grid {
  /// Where in a list the rows shown are, on the column beside them; nothing where all are shown.
  ///
  /// It is at an end only where the list is, and never shorter than a row.
  /// - Parameter rows: the lines of the list.
  mutating func scrollMark(_ shown: Range<Int>, of count: Int, x: Int, beside rows: Rect) {
    guard count > shown.count, !shown.isEmpty, rows.height > 1 else { return }
    let share = Double(rows.height) / Double(count)
    let length = min(rows.height - 1, max(1, Int((Double(shown.count) * share).rounded())))
    let room = rows.height - length
    let last = max(1, count - shown.count)
    var top = Int((Double(shown.lowerBound) / Double(last) * Double(room)).rounded())
    if shown.lowerBound > 0 { top = max(1, top) }
    if shown.upperBound < count { top = min(max(0, room - 1), top) }
    for y in min(room, top)..<min(room, top) + length {
      put(String(glyphs.scrollMark), x: x, y: rows.y + y, Ink(.axis))
    }
  }
}
