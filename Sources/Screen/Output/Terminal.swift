/// Where grids are shown and keys come from.
package protocol Terminal: AnyObject {
  /// Cells across, as of the last ``next(timeout:)``.
  var width: Int { get }
  /// Cells down.
  var height: Int { get }
  /// What drawings for it are made of.
  var glyphs: Glyphs { get }

  /// Paints what differs from what is shown.
  func show(_ grid: Grid)

  /// The next event, waiting at most `timeout` milliseconds; nil when that has passed, negative
  /// waits for ever.
  func next(timeout: Int) -> InputEvent?

  /// Makes a waiting `next` return `.wake`; may be called from any thread.
  func wake()

  /// Puts text on the clipboard (OSC 52).
  func copy(_ text: String)

  /// Paints everything anew.
  func redraw()

  /// Gives the terminal back, stops the process, and takes it again when it goes on.
  func suspend()

  /// Gives the terminal back for good.
  func restore()
}
