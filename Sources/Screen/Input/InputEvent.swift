/// What a terminal tells the program.
package enum InputEvent: Hashable, Sendable {
  case key(Key)
  /// Text from the clipboard, in one piece.
  case paste(String)
  case mouse(MouseEvent)
  /// The terminal's answer to what its background is.
  case background(TerminalBackground)
  /// In cells.
  case resize(width: Int, height: Int)
  /// Someone called `wake()`.
  case wake
  /// The terminal is gone, or the program was told to end.
  case end
}
