import Explorer
import Screen

/// A time range being typed, what it may look like, and what is wrong with it.
enum TimePromptView {
  static func draw(_ prompt: TimePrompt, _ context: Context, on grid: inout Grid) {
    let area = grid.window(
      "Time range, \(prompt.zone)", width: min(76, grid.width - 10), height: 3)
    InputView.draw(prompt.input, prompt: "", in: area.row(0), isFocused: true, on: &grid)
    let hint = "14:00 to 14:10   2026-03-01T12:00 to now   -15m to now   LAST 15m   ALL"
    grid.put(hint, x: area.x, y: area.y + 1, .dim, limit: area.width)
    if let fault = prompt.fault {
      grid.put(fault, x: area.x, y: area.y + 2, .error, limit: area.width)
    }
  }
}
