import Explorer
import QueryLanguage
import Screen
import Telemetry

/// The right of a row: when the span ran, what of it decided the end of the trace, its events and
/// links, how long it took, and how far its children reach beyond it.
struct WaterfallBars {
  private let tab: WaterfallTab
  private let view: TraceView
  private let area: Rect
  private let start: UnixNanos
  private let perCell: Double

  init(tab: WaterfallTab, view: TraceView, area: Rect) {
    (self.tab, self.view, self.area) = (tab, view, area)
    start = tab.window.start
    perCell = Double(tab.window.length) / Double(max(1, area.width))
  }

  /// Cells from the left end of the area; outside of the window also outside of the area.
  private func cell(_ time: UnixNanos) -> Double { Double(time.since(start)) / perCell }

  func draw(_ row: TraceRow, y: Int, _ role: Role, on grid: inout Grid) {
    guard area.width > 4 else { return }
    let index = Int(row.entry)
    let entry = tab.tree.entries[index]
    guard entry.node >= 0 else {
      drawTail(tab.index.earliest[index], tab.index.latest[index], y, on: &grid)
      return
    }
    if case .run = row.kind { return drawRun(index, y, role, on: &grid) }
    let node = view.nodes[Int(entry.node)]
    let tails = drawTails(index, node, y, on: &grid)
    let (from, to) = (cell(node.start), cell(node.end))
    if to >= 0, from <= Double(area.width) {
      grid.bar(
        x: area.x, y: y, from: from, to: max(from, to), width: area.width, Ink(role), isLow: true)
      if !row.isDimmed { drawCritical(Int(entry.node), y, role, on: &grid) }
      drawMarks(Int(entry.node), y, on: &grid)
    }
    label(
      node.duration.short, tails, isError: node.isError,
      from: min(from, cell(tab.index.earliest[index])),
      to: to, y, row.isDimmed, on: &grid)
  }

  /// Thin lines to where the earliest span below starts and the latest ends, and by how much.
  private func drawTails(
    _ index: Int, _ node: TraceNode, _ y: Int, on grid: inout Grid
  ) -> String {
    let (first, last) = (tab.index.earliest[index], tab.index.latest[index])
    var text = ""
    if first < node.start {
      drawTail(first, node.start, y, on: &grid)
      text += "  -\(Nanoseconds(from: first, to: node.start).short)"
    }
    if last > node.end {
      drawTail(node.end, last, y, on: &grid)
      text += "  +\(Nanoseconds(from: node.end, to: last).short)"
    }
    return text
  }

  private func drawTail(_ from: UnixNanos, _ to: UnixNanos, _ y: Int, on grid: inout Grid) {
    let (left, right) = (max(0, cell(from)), min(Double(area.width), cell(to)))
    guard right >= left, left < Double(area.width) else { return }
    for column in Int(left)..<max(Int(left) + 1, Int(right.rounded(.up))) {
      grid.put(String(grid.glyphs.tail), x: area.x + min(column, area.width - 1), y: y, .dim)
    }
  }

  /// A line on the bar where the span's own work decides. The bar's ends keep their eighths. A bar
  /// of nothing but ends is all line when the path is most of it; else the cell with most of the
  /// path is marked.
  private func drawCritical(_ node: Int, _ y: Int, _ role: Role, on grid: inout Grid) {
    var isMarked = false
    var covered = 0.0
    var widest: (size: Double, column: Int)?
    for stretch in tab.index.criticalStretches(of: node) {
      let left = max(0, cell(stretch.start))
      let right = min(Double(area.width), cell(stretch.end))
      guard right > left else { continue }
      covered += right - left
      let column = min(Int(left), area.width - 1)
      if right - left > widest?.size ?? 0 { widest = (right - left, column) }
      // What is thinner than a cell stays in the cell that holds it.
      let cells =
        right - left < 1 ? column..<column + 1 : Int(left.rounded())..<Int(right.rounded())
      for column in cells where isBody(grid[area.x + column, y].character, grid.glyphs) {
        isMarked = true
        engrave(grid.glyphs.critical, column, y, Ink(role), on: &grid)
      }
    }
    guard !isMarked, let widest else { return }
    let from = max(0, cell(view.nodes[node].start))
    let to = min(Double(area.width), cell(view.nodes[node].end))
    let isMost = to - from < 3 && covered * 2 >= to - from
    let last = max(Int(from), Int(to.rounded(.up)) - 1)
    for column in isMost ? Int(from)...last : widest.column...widest.column
    where column < area.width {
      grid.put(String(grid.glyphs.critical), x: area.x + column, y: y, Ink(role, .bold))
    }
  }

  /// Whether a cell is filled by a bar as a whole.
  private func isBody(_ character: Character, _ glyphs: Glyphs) -> Bool {
    character == glyphs.full || character == glyphs.lowBar
  }

  /// Writes on a bar in the colour of the ground, which no bar has: the mark shows on every
  /// colour of every theme, and without colours. Off the bar it has an ink of its own.
  private func engrave(
    _ mark: Character, _ column: Int, _ y: Int, _ off: Ink, on grid: inout Grid
  ) {
    let x = area.x + column
    let under = grid[x, y]
    let bars = [grid.glyphs.full, grid.glyphs.lowBar, grid.glyphs.critical]
    let isBar = under.ink.style.contains(.reverse) || bars.contains(under.character)
    var ink = isBar ? Ink(front: under.ink.front, .reverse) : off
    if !isBar { ink.back = under.ink.back }
    // Bars of plain letters have no ground to write on.
    if isBar, !grid.glyphs.isUnicode, bars.contains(mark) { ink = off }
    grid[x, y] = Cell(mark, ink)
  }

  /// Events at their time; a link at the start, for it is given when a span begins.
  private func drawMarks(_ node: Int, _ y: Int, on grid: inout Grid) {
    let span = view.batch.spans[node]
    if span.links.count > 0 { put(grid.glyphs.link, view.nodes[node].start, .link, y, on: &grid) }
    for event in view.batch.events[span.events.indices] {
      let isException = view.batch.arena[event.name.indices].elementsEqual("exception".utf8)
      put(
        grid.glyphs.event, UnixNanos(event.time), isException ? .error : .event, y, on: &grid)
    }
  }

  private func put(
    _ mark: Character, _ time: UnixNanos, _ role: Role, _ y: Int, on grid: inout Grid
  ) {
    let index = cell(time)
    // An event at the very end belongs to the last cell.
    guard index >= 0, index <= Double(area.width) else { return }
    engrave(mark, min(Int(index), area.width - 1), y, Ink(role, .bold), on: &grid)
  }

  /// All members of a run in one line: where any of them ran.
  private func drawRun(_ first: Int, _ y: Int, _ role: Role, on grid: inout Grid) {
    var covered = [Bool](repeating: false, count: area.width)
    var isError = false
    for member in tab.tree.runMembers(first) {
      let node = view.nodes[Int(tab.tree.entries[member].node)]
      isError = isError || node.isError
      let (from, to) = (cell(node.start), cell(node.end))
      guard to >= 0, from < Double(area.width) else { continue }
      for column in Int(max(0, from))...min(area.width - 1, Int(max(from, to, 0))) {
        covered[column] = true
      }
    }
    let ink = Ink(role)
    // Half filled: many spans, not one.
    for column in covered.indices where covered[column] {
      grid.put(String(Self.runGlyph(grid.glyphs)), x: area.x + column, y: y, ink)
    }
    guard let figures = tab.index.runs[Int32(first)],
      let left = covered.firstIndex(of: true), let right = covered.lastIndex(of: true)
    else { return }
    let text =
      "\(figures.least.short) / \(figures.median.short) / \(figures.most.short)"
    label(
      text, "", isError: isError, from: Double(left), to: Double(right + 1), y, false, on: &grid)
  }

  private static func runGlyph(_ glyphs: Glyphs) -> Character { glyphs.isUnicode ? "▒" : "%" }

  /// Writes behind the bar, over a tail that goes on, else before it, else on it. An error has its
  /// mark there: the bar keeps the colour that says whose it is.
  private func label(
    _ text: String, _ tails: String, isError: Bool, from: Double, to: Double, _ y: Int,
    _ isDimmed: Bool, on grid: inout Grid
  ) {
    let mark = isError ? "\(grid.glyphs.errorMark) " : ""
    let size = mark.count + text.utf8.count + tails.utf8.count
    let right = area.x + Int(min(Double(area.width), max(0, to)).rounded(.up))
    let left = area.x + Int(max(0, min(Double(area.width), from)))
    var x: Int
    if right + 1 + size <= area.right {
      x = right + 1
    } else if left - size - 1 >= area.x {
      x = left - size - 1
    } else {
      x = max(area.x, area.right - size - 1)
      return writeOver(mark + text + tails, x, y, on: &grid)
    }
    x += grid.put(mark, x: x, y: y, isDimmed ? .dim : Ink(.error, .bold))
    x += grid.put(text, x: x, y: y, isDimmed ? .dim : Ink(.number))
    grid.put(tails, x: x, y: y, Ink(.warning))
  }

  /// On a bar, in the colour of the background; a run's, which is no solid one, makes way.
  private func writeOver(_ text: String, _ x: Int, _ y: Int, on grid: inout Grid) {
    var column = x
    for character in " \(text)".prefix(max(0, area.right - x)) {
      engrave(character, column - area.x, y, Ink(.number), on: &grid)
      column += 1
    }
  }
}
