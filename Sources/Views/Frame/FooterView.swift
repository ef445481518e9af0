import Telemetry
import Explorer
import Screen

/// The bottom line: how far loading is, the keys that work now, and news beside them.
enum FooterView {
  static func draw(_ state: AppState, on grid: inout Grid) {
    let y = grid.height - 1
    grid.fill(Rect(x: 0, y: y, width: grid.width, height: 1), Ink(.footer, back: .footer))
    var right = grid.width - 1
    if let notice = state.notice { right = draw(notice, right: right, y: y, on: &grid) - 3 }
    var x = 1
    if let progress = state.loading { x += draw(progress, x: x, y: y, on: &grid) + 2 }
    draw(keys: state, from: x, to: right, y: y, on: &grid)
  }

  /// Cells that the keys keep beside a notice, however long it is: help and the way out.
  private static let leastKeys = 20

  /// News stands on the right, beside the keys.
  ///
  /// - Returns: where it begins.
  private static func draw(_ notice: Notice, right: Int, y: Int, on grid: inout Grid) -> Int {
    let role: Role =
      switch notice.weight {
      case .news: .accent
      case .warning: .warning
      case .failure: .error
      }
    let width = min(GlyphWidth.of(notice.text), max(0, right - 1 - leastKeys))
    let ink = Ink(role, back: .footer, .bold)
    grid.put(notice.text, x: right - width, y: y, ink, limit: width)
    return right - width
  }

  private static func draw(
    keys state: AppState, from left: Int, to room: Int, y: Int, on grid: inout Grid
  ) {
    var x = left
    let lines = shown(state).filter { !$0.keys.isEmpty }
    guard left + lines.reduce(-2, { $0 + width($1) + 2 }) > room else {
      for line in lines { x += draw(line, x: x, y: y, on: &grid) + 2 }
      return
    }
    // The way out stays in sight whatever else is cut.
    let way = lines.last.flatMap { $0.label == "quit" ? $0 : nil }
    let reserve = 1 + (way.map { 2 + width($0) } ?? 0)
    for line in way == nil ? lines[...] : lines.dropLast() {
      guard x + width(line) + 2 + reserve <= room else { break }
      x += draw(line, x: x, y: y, on: &grid) + 2
    }
    x += grid.put(String(grid.glyphs.ellipsis), x: x, y: y, Ink(.dim, back: .footer)) + 2
    if let way { _ = draw(way, x: x, y: y, on: &grid) }
  }

  private static func width(_ line: KeyLine) -> Int {
    GlyphWidth.of(line.keys.first?.name ?? "") + 1 + GlyphWidth.of(line.label)
  }

  private static func draw(_ line: KeyLine, x: Int, y: Int, on grid: inout Grid) -> Int {
    let key = line.keys.first?.name ?? ""
    var used = grid.put(key, x: x, y: y, Ink(.key, back: .footer, .bold)) + 1
    used += grid.put(line.label, x: x + used, y: y, Ink(.footer, back: .footer))
    if let key = line.keys.first {
      grid.mark(Rect(x: x, y: y, width: used, height: 1), as: AppSpot.key(key))
    }
    return used
  }

  /// Help first: a footer that is cut must not lose the way to the rest.
  private static func shown(_ state: AppState) -> [KeyLine] {
    if state.overlay != nil { return state.footerLines }
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
