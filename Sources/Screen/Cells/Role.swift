/// What a colour means. Themes map roles to colours; nothing else knows any.
package enum Role: UInt8, CaseIterable, Hashable, Sendable {
  /// Ordinary text on the ordinary background.
  case text
  /// Text of less weight: units, hints, what is out of focus.
  case dim
  case border
  case borderFocus
  case title
  case accent
  /// The row under the cursor.
  case selection
  /// The row under the cursor of a pane without the keys.
  case selectionDim
  case header
  case headerActive
  case footer
  /// The name of a key.
  case key
  case error
  case warning
  case ok
  case critical
  /// Found by a search.
  case match
  case link
  case event
  /// Lines behind a graph.
  case gridline
  case axis
  /// Text being typed, and its cursor.
  case input
  case inputCursor
  case number
  case string
  case keyword
  case marked
  case series1, series2, series3, series4, series5
  case series6, series7, series8, series9, series10

  /// The role of a group or a service: ten of them, then from the start again.
  package static func series(_ number: Int) -> Role {
    let index = UInt8(((number % 10) + 10) % 10)
    return Role(rawValue: Role.series1.rawValue + index) ?? .series1
  }
}
