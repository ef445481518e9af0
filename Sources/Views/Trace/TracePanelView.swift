import Explorer
import QueryLanguage
import Screen
import Telemetry

/// The side panel: everything about the span under the cursor.
enum TracePanelView {
  static func draw(
    _ waterfall: WaterfallTab, _ view: TraceView, _ rect: Rect, _ context: Context,
    on grid: inout Grid
  ) {
    guard rect.width >= TracePanel.leastWidth, rect.height >= TracePanel.leastHeight else { return }
    let isFocused = waterfall.panel.isFocused
    let area = grid.box(rect, isFocused: isFocused)
    grid.mark(rect, as: TraceModel.Spot.panel)
    drawTabs(waterfall, view, rect, on: &grid)
    let (head, rest) = area.splitTop(hasFilter(waterfall) ? 1 : 0)
    if hasFilter(waterfall) { drawFilter(waterfall, head, on: &grid) }
    guard waterfall.selectedNode != nil else {
      return grid.putCentered(emptyText(waterfall), in: rest)
    }
    guard !waterfall.panel.list.isEmpty else {
      return grid.putCentered(["no field has \(waterfall.panel.filter)"], in: rest)
    }
    drawLines(waterfall, rest, isFocused, on: &grid)
  }

  private static func hasFilter(_ waterfall: WaterfallTab) -> Bool {
    waterfall.panel.filterInput != nil || !waterfall.panel.filter.isEmpty
  }

  private static func emptyText(_ waterfall: WaterfallTab) -> [String] {
    guard let row = waterfall.selectedRow, row.kind == .missing else { return ["no span selected"] }
    return ["This span was never received,", "but the spans below name it as", "their parent."]
  }

  private static func drawFilter(_ waterfall: WaterfallTab, _ row: Rect, on grid: inout Grid) {
    if let input = waterfall.panel.filterInput {
      InputView.draw(input, prompt: "filter ", in: row, isFocused: true, on: &grid)
    } else {
      let used = grid.put("filter ", x: row.x, y: row.y, Ink(.key, .bold))
      grid.put(
        waterfall.panel.filter, x: row.x + used, y: row.y, Ink(.input), limit: row.width - used)
    }
  }

  private static func drawTabs(
    _ waterfall: WaterfallTab, _ view: TraceView, _ rect: Rect, on grid: inout Grid
  ) {
    let span = waterfall.selectedNode.map { view.batch.spans[$0] }
    let counts: [TracePanel.Tab: UInt32] = [
      .events: span?.events.count ?? 0, .links: span?.links.count ?? 0,
    ]
    let tabs = TracePanel.Tab.allCases
    let whole = tabs.map { tab in
      counts[tab].map { $0 > 0 ? "\(name(tab)) \($0)" : name(tab) } ?? name(tab)
    }
    // Not all five names fit a narrow panel.
    let short = zip(tabs, whole).map { $0 == .resource ? "Res" : $1 }
    let names = [whole, short].first { $0.reduce(3) { $0 + $1.utf8.count + 1 } <= rect.width }
    let cut = names == nil ? 3 : 12
    var x = rect.x + 1
    for (tab, name) in zip(tabs, names ?? short) {
      let isShown = waterfall.panel.tab == tab
      let ink: Ink =
        isShown
        ? Ink(waterfall.panel.isFocused ? .borderFocus : .title, [.bold, .underline])
        : counts[tab] == 0 ? Ink(.dim, .italic) : .dim
      x += grid.put(" ", x: x, y: rect.y, .dim)
      let text = isShown ? name : String(name.prefix(cut))
      let width = grid.put(text, x: x, y: rect.y, ink, limit: max(0, rect.right - 2 - x))
      grid.mark(Rect(x: x, y: rect.y, width: width, height: 1), as: TraceModel.Spot.panelTab(tab))
      x += width
    }
    grid.put(" ", x: x, y: rect.y, .dim, limit: max(0, rect.right - 1 - x))
  }

  private static func name(_ tab: TracePanel.Tab) -> String {
    switch tab {
    case .fields: "Fields"
    case .events: "Events"
    case .links: "Links"
    case .resource: "Resource"
    case .json: "JSON"
    }
  }

  private static func drawLines(
    _ waterfall: WaterfallTab, _ area: Rect, _ isFocused: Bool, on grid: inout Grid
  ) {
    let panel = waterfall.panel
    let wanted = panel.filter.isEmpty ? waterfall.find.wanted : panel.filter
    let wrap = PanelWrap(panel, width: area.width)
    var index = wrap.first(showing: panel.list.cursor, height: area.height)
    let first = index
    defer { grid.scrollMark(first..<index, of: panel.list.count, x: area.right, beside: area) }
    var y = area.y
    while index < panel.list.rows.count, y < area.bottom {
      let line = panel.list.rows[index]
      let texts = wrap.values(line)
      let height = min(texts.count, area.bottom - y)
      grid.mark(
        Rect(x: area.x, y: y, width: area.width, height: height),
        as: TraceModel.Spot.panelLine(index))
      if index == panel.list.selected {
        grid.shade(
          Rect(x: area.x, y: y, width: area.width, height: height),
          isFocused ? .selection : .selectionDim)
      }
      let isWhole = line.key.isEmpty || line.tone == .heading
      let keyInk: Ink = line.tone == .heading ? Ink(.accent, .bold) : Ink(.keyword)
      let keyRoom = isWhole ? area.width : wrap.keyWidth - 1
      let key = MiddleCut.text(line.key, width: keyRoom, glyphs: grid.glyphs)
      grid.put(key, x: area.x, y: y, keyInk, limit: keyRoom)
      mark(wanted, in: key, x: area.x, y: y, limit: keyRoom, on: &grid)
      for (offset, text) in texts.prefix(height).enumerated() {
        let x = area.x + (line.key.isEmpty ? 0 : wrap.keyWidth)
        let used = grid.put(text, x: x, y: y + offset, ink(line.tone), limit: area.right - x)
        mark(wanted, in: text, x: x, y: y + offset, limit: area.right - x, on: &grid)
        // The type of a value stands at the end of its row where there is room.
        if offset == 0, texts.count == 1, x + used + line.type.utf8.count + 2 <= area.right {
          grid.putRight(line.type, right: area.right, y: y, .dim)
        }
      }
      y += height
      index += 1
    }
  }

  /// Marks every place of what is looked for in a text that is drawn at `x`.
  private static func mark(
    _ wanted: String, in text: String, x: Int, y: Int, limit: Int, on grid: inout Grid
  ) {
    guard !wanted.isEmpty else { return }
    let (needle, hay) = (Array(wanted.lowercased()), Array(text.lowercased()))
    // Letters that change their number with their case would be marked beside their place.
    guard hay.count == text.count, needle.count <= hay.count else { return }
    let characters = Array(text)
    var start = 0
    while start + needle.count <= hay.count {
      guard hay[start..<start + needle.count].elementsEqual(needle) else {
        start += 1
        continue
      }
      let column = GlyphWidth.of(String(characters[..<start]))
      let found = String(characters[start..<start + needle.count])
      guard column + GlyphWidth.of(found) <= limit else { return }
      grid.put(found, x: x + column, y: y, Ink(.match, back: .match, .bold))
      start += needle.count
    }
  }

  private static func ink(_ tone: TracePanel.Tone) -> Ink {
    switch tone {
    case .heading: .dim
    case .text: Ink(.string)
    case .number: Ink(.number)
    case .bool: Ink(.keyword)
    case .id: Ink(.link)
    case .json: .text
    case .error: .error
    case .dim: .dim
    }
  }
}

/// How the lines of the panel are broken: a value takes at most three rows.
struct PanelWrap {
  let keyWidth: Int
  private let width: Int
  private let panel: TracePanel
  private static let most = 3

  init(_ panel: TracePanel, width: Int) {
    (self.panel, self.width) = (panel, width)
    let keys = panel.list.rows.lazy.filter { $0.tone != .heading }.map { GlyphWidth.of($0.key) }
    // Names come before the types, which stand where there is room.
    keyWidth = min(max(8, width * 3 / 5), (keys.max() ?? 0) + 1)
  }

  /// The value in rows, at least one.
  func values(_ line: TracePanel.Line) -> [String] {
    let room = max(4, line.key.isEmpty ? width : width - keyWidth)
    guard !line.key.isEmpty, GlyphWidth.of(line.value) > room else { return [line.value] }
    var rows: [String] = []
    var rest = Substring(line.value)
    while !rest.isEmpty, rows.count < Self.most - 1 {
      var used = 0
      let end =
        rest.indices.first { index in
          used += max(1, GlyphWidth.of(rest[index]))
          return used > room
        } ?? rest.endIndex
      rows.append(String(rest[..<end]))
      rest = rest[end...]
    }
    // The last row is cut where it ends, with a mark.
    if !rest.isEmpty { rows.append(String(rest.prefix(room + 1))) }
    return rows
  }

  /// The first line to draw so that the cursor's is whole.
  func first(showing cursor: ListCursor, height: Int) -> Int {
    let selected = min(cursor.selected, panel.list.rows.count - 1)
    var first = max(0, selected)
    var used = values(panel.list.rows[first]).count
    while first > min(cursor.top, selected) {
      used += values(panel.list.rows[first - 1]).count
      if used > height { break }
      first -= 1
    }
    return first
  }
}
