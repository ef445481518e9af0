/// What a mouse did over a cell of the screen.
package struct MouseEvent: Hashable, Sendable {
  /// The left button went down, moved while down, went up; or the wheel turned by a notch.
  package enum Kind: Hashable, Sendable { case press, drag, release, wheelUp, wheelDown }

  package var kind: Kind
  /// From the left and the top of the screen, from 0.
  package var x: Int
  package var y: Int

  package init(_ kind: Kind, x: Int, y: Int) { (self.kind, self.x, self.y) = (kind, x, y) }
}

extension MouseEvent {
  /// A report of xterm's mode 1006, without its beginning `ESC [ <`: `0;12;5M`.
  ///
  /// - Returns: nil for what is no report, and for buttons that mean nothing here.
  package init?(report: String) {
    guard let end = report.last, end == "M" || end == "m" else { return nil }
    let numbers = report.dropLast().split(separator: ";", omittingEmptySubsequences: false)
      .map { Int($0) }
    guard numbers.count == 3, let code = numbers[0], let x = numbers[1], let y = numbers[2],
      x > 0, y > 0
    else { return nil }
    self.init(code: code, isUp: end == "m", x: x - 1, y: y - 1)
  }

  /// - Parameters:
  ///   - code: as xterm numbers buttons; 4, 8 and 16 are added for Shift, Alt and Ctrl, 32 for a
  ///     movement, 64 for the wheel.
  ///   - isUp: the button went up.
  package init?(code: Int, isUp: Bool, x: Int, y: Int) {
    switch code & ~0b1_1100 {
    case 0: self.init(isUp ? .release : .press, x: x, y: y)
    case 32: self.init(.drag, x: x, y: y)
    case 64: self.init(.wheelUp, x: x, y: y)
    case 65: self.init(.wheelDown, x: x, y: y)
    default: return nil
    }
  }
}
