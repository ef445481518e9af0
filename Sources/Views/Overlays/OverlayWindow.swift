import Screen

extension Grid {
  /// A window over the middle of the screen.
  ///
  /// - Returns: what is inside its frame.
  mutating func window(
    _ title: String, width: Int, height: Int, note: String = ""
  ) -> Rect {
    let rect = bounds.inset(1, 1).centered(width: width + 4, height: height + 2)
    fill(rect, .text)
    mark(rect, as: WindowGround())
    return box(rect, title: title, note: note, isFocused: true).inset(1, 0)
  }
}

/// What of a window nothing is at: it keeps clicks from what lies under it.
struct WindowGround: Hashable {}
