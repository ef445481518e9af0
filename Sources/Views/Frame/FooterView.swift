import Telemetry
import Explorer
import Screen

/// The bottom line: news, or how far loading is, or the keys that work now.
enum FooterView {
  static func draw(_ state: AppState, on grid: inout Grid) {
    let y = grid.height - 1
    grid.fill(Rect(x: 0, y: y, width: grid.width, height: 1), Ink(.footer, back: .footer))
    if let notice = state.notice {
      let role: Role =
        switch notice.weight {
        case .news: .accent
        case .warning: .warning
        case .failure: .error
        }
      grid.put(notice.text, x: 1, y: y, Ink(role, back: .footer, .bold), limit: grid.width - 2)
      return
    }
    var x = 1
    if let progress = state.loading { x += draw(progress, x: x, y: y, on: &grid) + 2 }
    draw(keys: state, from: x, y: y, on: &grid)
  }

  private static func draw(keys state: AppState, from left: Int, y: Int, on grid: inout Grid) {
    var x = left
    let lines = shown(state)
    for (place, line) in lines.enumerated() {
      guard let key = line.keys.first?.name else { continue }
      let size = GlyphWidth.of(key) + 1 + GlyphWidth.of(line.label)
      let reserve = place == lines.count - 1 ? 0 : 2
      guard x + size + reserve < grid.width else {
        grid.put(String(grid.glyphs.ellipsis), x: x, y: y, Ink(.dim, back: .footer))
        return
      }
      x += grid.put(key, x: x, y: y, Ink(.key, back: .footer, .bold)) + 1
      x += grid.put(line.label, x: x, y: y, Ink(.footer, back: .footer)) + 2
    }
  }

  /// Help first: a footer that is cut must not lose the way to the rest.
  private static func shown(_ state: AppState) -> [KeyLine] {
    if let overlay = state.overlay {
      switch overlay {
      case .help, .pager:
        return [
          KeyLine(keys: [.escape], label: "close", help: ""),
          KeyLine(keys: [.down], label: "scroll", help: ""),
        ]
      case .menu, .palette:
        return [
          KeyLine(keys: [.enter], label: "choose", help: ""),
          KeyLine(keys: [.escape], label: "close", help: ""),
        ]
      }
    }
    let lines = state.footerLines
    if state.isTyping { return lines.filter { !$0.keys.contains(where: \.isPrintable) } }
    let help = lines.filter { $0.label == "help" }
    return help + lines.filter { $0.label != "help" }
  }

  private static func draw(
    _ progress: LoadProgress, x: Int, y: Int, on grid: inout Grid
  ) -> Int {
    let ink = Ink(.footer, back: .footer)
    var used = grid.put("loading \(progress.name) ", x: x, y: y, ink, limit: 34)
    let barWidth = max(8, min(20, grid.width / 6))
    let share = progress.share ?? 0
    grid.fill(
      Rect(x: x + used, y: y, width: barWidth, height: 1), Ink(.dim, back: .selectionDim))
    grid.bar(
      x: x + used, y: y, from: 0, to: share * Double(barWidth), width: barWidth,
      Ink(.accent, back: .selectionDim))
    used += barWidth
    var text = progress.total == nil ? "" : " \(Figures.percent(share))"
    text += "  \(progress.done.short)"
    if let total = progress.total { text += " of \(total.short)" }
    text += "  \(progress.rate.short)/s"
    if let left = progress.left { text += "  \(left.short) left" }
    return used + grid.put(text, x: x + used, y: y, ink)
  }
}

extension Key {
  /// Whether it types something.
  var isPrintable: Bool {
    if case .character = self { true } else { false }
  }
}
