import Explorer
import QueryLanguage
import Screen
import Telemetry

/// The left of a row: guides, fold mark, service mark, kind, name, and what is odd about it.
struct WaterfallTree {
  private let tab: WaterfallTab
  private let view: TraceView
  private let width: Int
  /// Cells a level is indented by.
  private let step: Int
  /// The row under the cursor, on a ground of its own.
  private let current: Int32?
  /// It, when it is on the ground of the selection, where the colours of services are hard to
  /// read.
  private let selected: Int32?
  /// Levels scrolled out to the left, so that deep spans keep their names on screen.
  private let shift: Int

  init(
    tab: WaterfallTab, view: TraceView, rows: Range<Int>, width: Int, cursor: Int?,
    isFocused: Bool
  ) {
    (self.tab, self.view, self.width) = (tab, view, width)
    let room = max(4, width - 18)
    step = tab.index.deepest * 2 <= room ? 2 : 1
    let levels = room / step
    let depths = rows.map { Int(tab.tree.entries[Int(tab.rows[$0].entry)].depth) }
    let least = depths.min() ?? 0
    let most = depths.max() ?? 0
    current = cursor.flatMap { rows.contains($0) ? tab.rows[$0].entry : nil }
    selected = isFocused ? current : nil
    let row = cursor ?? rows.lowerBound
    let depth = rows.contains(row) ? depths[row - rows.lowerBound] : least
    // No further than the cursor needs, and not at all when the page fits.
    shift = most <= levels ? 0 : max(0, min(max(depth - levels, least), depth))
  }

  /// - Parameter index: of the row.
  func draw(
    _ row: TraceRow, index: Int, x left: Int, y: Int, mark: Int?, _ context: Context,
    on grid: inout Grid
  ) {
    let entry = tab.tree.entries[Int(row.entry)]
    let right = left + width - 1
    var x = left + drawGuides(Int(row.entry), x: left, y: y, on: &grid)
    if entry.size > 1 || row.isFolded {
      let mark = row.isFolded ? grid.glyphs.folded : grid.glyphs.unfolded
      grid.put(String(mark), x: x, y: y, row.isDimmed ? .dim : Ink(.key))
      grid.mark(Rect(x: x, y: y, width: 1, height: 1), as: TraceModel.Spot.fold(index))
    }
    x += 1
    guard entry.node >= 0 else {
      let id = tab.tree.missing[row.entry]?.description ?? ""
      grid.put(
        "missing span \(id)", x: x + 1, y: y, oddInk(row), limit: right - x - 1)
      return
    }
    let node = view.nodes[Int(entry.node)]
    if let mark {
      let markInk = ink(Role.series(mark), row)
      grid.put(String(grid.glyphs.seriesMark(mark)), x: x, y: y, markInk)
    }
    x += 1
    x += grid.put(Self.kindMark(node.kind), x: x, y: y, .dim) + 1
    x += drawService(row, node, x, right, y, context, on: &grid)
    drawName(row, node, from: x, to: right, y: y, on: &grid)
  }

  /// The service where it is another than the parent's, and there is room for it.
  private func drawService(
    _ row: TraceRow, _ node: TraceNode, _ x: Int, _ right: Int, _ y: Int, _ context: Context,
    on grid: inout Grid
  ) -> Int {
    let isNew = node.parent < 0 || view.nodes[Int(node.parent)].service != node.service
    let service = view.texts[Int(node.service)]
    let room = (right - x) / 2
    guard isNew, GlyphWidth.of(service) <= room, right - x >= 20 else { return 0 }
    let color = Role.series(context.services[service])
    return grid.put(service, x: x, y: y, ink(color, row), limit: room) + 1
  }

  /// A match has a ground of its own, but where the cursor has one already.
  private func matchInk(_ row: TraceRow) -> Ink {
    row.entry == current ? Ink(.text, [.bold, .underline]) : Ink(.match, .bold)
  }

  private func oddInk(_ row: TraceRow) -> Ink {
    row.entry == selected ? Ink(.text, .italic) : Ink(.warning, .italic)
  }

  private func ink(_ color: Role, _ row: TraceRow) -> Ink {
    row.isDimmed ? .dim : row.entry == selected ? .text : Ink(color)
  }

  private func drawName(
    _ row: TraceRow, _ node: TraceNode, from left: Int, to right: Int, y: Int,
    on grid: inout Grid
  ) {
    var x = left
    let times: String =
      if case .run(let count) = row.kind { " \(grid.glyphs.times)\(Figures.grouped(count))" } else {
        ""
      }
    let odd = Self.oddities(node)
    let room = right - x - GlyphWidth.of(times) - (odd.isEmpty ? 0 : GlyphWidth.of(odd) + 1)
    let entry = tab.tree.entries[Int(row.entry)]
    let isMatch = !row.isDimmed && tab.find.isMatch(Int(entry.node))
    let ink: Ink =
      row.isDimmed
      ? .dim
      : isMatch ? matchInk(row) : node.isError ? self.ink(.error, row) : .text
    x += grid.put(view.texts[Int(node.name)], x: x, y: y, ink, limit: max(4, room))
    x += grid.put(times, x: x, y: y, Ink(.accent, .bold), limit: right - x)
    if isMatch, odd.isEmpty, right - x > 8,
      let reason = tab.matchReason(Int(entry.node), room: right - x - 1)
    {
      grid.put(reason, x: x + 1, y: y, .dim, limit: right - x - 1)
    }
    guard !odd.isEmpty else { return }
    grid.put(odd, x: x + 1, y: y, oddInk(row), limit: max(0, right - x - 1))
  }

  /// Lines from the parents; returns the cells they take.
  private func drawGuides(_ index: Int, x: Int, y: Int, on grid: inout Grid) -> Int {
    let entries = tab.tree.entries
    let depth = Int(entries[index].depth) - shift
    guard depth > 0 else {
      if Int(entries[index].depth) < shift {
        grid.put(String(grid.glyphs.ellipsis), x: x, y: y, .dim)
        return 1
      }
      return 0
    }
    var ancestor = index
    for level in stride(from: depth, to: 0, by: -1) {
      let column = x + (level - 1) * step
      let isOwn = ancestor == index
      let isLast = isLast(ancestor)
      let guide: Character =
        isOwn
        ? (isLast ? grid.glyphs.lastBranch : grid.glyphs.branch)
        : isLast ? " " : grid.glyphs.vertical
      grid.put(String(guide), x: column, y: y, .dim)
      if step == 2, isOwn { grid.put(String(grid.glyphs.horizontal), x: column + 1, y: y, .dim) }
      ancestor = Int(entries[ancestor].parent)
    }
    return depth * step
  }

  /// Whether nothing of the parent's comes after it; a folded run ends where its last member does.
  private func isLast(_ index: Int) -> Bool {
    let entry = tab.tree.entries[index]
    guard entry.runLength > 0, !entry.isLastChild, entry.parent >= 0 else {
      return entry.isLastChild
    }
    let parent = tab.tree.entries[Int(entry.parent)]
    let isFolded = tab.rows[tab.row(of: index)].kind != .span
    return isFolded && entry.runEnd == entry.parent + parent.size
  }

  /// A letter for a span that crosses a boundary.
  static func kindMark(_ kind: SpanKind) -> String {
    switch kind {
    case .server: "S"
    case .client: "C"
    case .producer: "P"
    case .consumer: "Q"
    case .internal, .unspecified: " "
    }
  }

  /// What was wrong with the span as sent, in a word or two.
  static func oddities(_ node: TraceNode) -> String {
    let words: [(SpanMarks, String)] = [
      (.parentCycle, "cycle cut"), (.duplicateID, "duplicate id"),
      (.invalidDuration, "end<start"), (.noTimes, "no times"), (.truncated, "cut off"),
      (.invalidSpanID, "bad id"), (.invalidTraceID, "bad trace id"),
      (.invalidParentID, "bad parent id"),
    ]
    return words.filter { node.marks.contains($0.0) }.map(\.1).joined(separator: ", ")
  }
}
