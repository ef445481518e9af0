import Explorer
import QueryLanguage
import Screen
import Telemetry

/// Draws the clauses of a query, or its text, with what is wrong under the words it is about.
enum BuilderView {
  /// Cells of the keywords at the left.
  static let keywordWidth = 12

  static func draw(
    _ model: QueryModel, _ panes: QueryPanes, _ context: Context, on grid: inout Grid
  ) {
    guard let draft = model.draft else {
      if panes.isBuilderOpen {
        let draft = QueryDraft(
          model.query, at: .clause(.visualize), zone: context.clock.textZone)
        drawRows(draft, nil, panes, context, on: &grid)
      } else {
        drawSummary(model.query, panes.builder, context, on: &grid)
        grid.mark(panes.builder, as: QueryModel.Spot.summary)
      }
      return
    }
    if draft.position == .whole {
      drawWhole(draft, panes.builder, on: &grid)
    } else {
      drawRows(draft, draft.position, panes, context, on: &grid)
    }
  }

  // MARK: Closed

  /// The canonical text, keywords marked, over a line or two.
  private static func drawSummary(
    _ query: Query, _ rect: Rect, _ context: Context, on grid: inout Grid
  ) {
    var (x, y) = (rect.x + 1, rect.y)
    for line in QueryText.lines(query, zone: context.clock.textZone) {
      for (position, word) in line.split(separator: " ", omittingEmptySubsequences: false)
        .enumerated()
      {
        let width = GlyphWidth.of(word)
        if x + width > rect.right - 1, x > rect.x + 1 {
          guard y + 1 < rect.bottom else {
            grid.put(String(grid.glyphs.ellipsis), x: rect.right - 1, y: y, .dim)
            return
          }
          (x, y) = (rect.x + 3, y + 1)
        }
        let isKeyword = position < 2 && keywords.contains(String(word))
        let ink = isKeyword ? Ink(.keyword, .bold) : .text
        x += grid.put(word, x: x, y: y, ink, limit: rect.right - x) + 1
      }
      x += 1
    }
    if query == Query() { grid.put("every span", x: x, y: y, .dim) }
  }

  private static let keywords: Set<String> = [
    "VISUALIZE", "WHERE", "GROUP", "BY", "HAVING", "ORDER", "LIMIT", "LAST", "FROM", "ALL", "EVERY",
  ]

  // MARK: Rows

  private static func drawRows(
    _ draft: QueryDraft, _ position: QueryDraft.Position?, _ panes: QueryPanes, _ context: Context,
    on grid: inout Grid
  ) {
    var y = panes.builder.y
    for clause in QueryClause.allCases where y < panes.builder.bottom {
      let isEdited = position == .clause(clause)
      let row = Rect(x: panes.builder.x, y: y, width: panes.builder.width, height: 1)
      if isEdited { grid.shade(row, .selectionDim) }
      let mark = isEdited ? String(grid.glyphs.cursor) : " "
      grid.put(mark, x: row.x, y: y, Ink(.accent))
      grid.put(clause.rawValue, x: row.x + 1, y: y, Ink(.keyword, .bold))
      let text = row.splitLeft(keywordWidth).rest
      let field = draft.field(clause)
      let first = isEdited ? InputView.firstShown(field, text.width - 1) : 0
      grid.mark(row, as: QueryModel.Spot.clause(clause, first: .max))
      grid.mark(text, as: QueryModel.Spot.clause(clause, first: first))
      if field.isEmpty {
        let isGrouped = !draft.field(.groupBy).isEmpty
        let hint = hint(clause, context, isEdited: isEdited, isGrouped: isGrouped)
        grid.put(hint, x: text.x, y: y, .dim, limit: text.width - 1)
      }
      if !isEdited {
        grid.put(field.text, x: text.x, y: y, Ink(.input), limit: text.width - 1)
      } else {
        InputView.draw(
          field, prompt: "", in: Rect(x: text.x, y: y, width: text.width - 1, height: 1),
          isFocused: true, on: &grid)
      }
      y += 1
      if let fault = draft.fault, fault.position == .clause(clause) {
        let line = Rect(x: text.x, y: y, width: text.width - 1, height: 1)
        draw(fault.error, of: field, under: line, on: &grid)
        y += 1
      }
    }
  }

  /// What stands in an empty clause: its default, or an example while it is edited.
  private static func hint(
    _ clause: QueryClause, _ context: Context, isEdited: Bool, isGrouped: Bool
  ) -> String {
    if isEdited { return "  \(clause.example)" }
    switch clause {
    case .visualize: return isGrouped ? "COUNT" : "the spans themselves"
    case .filter: return "every span"
    case .groupBy: return "all together"
    case .orderBy: return "the first calculation, largest first"
    case .limit: return "\(Query.defaultLimit)"
    case .having: return "every group"
    case .time: return "\(HeaderView.rangeText(context))  t changes it"
    }
  }

  /// Carets under the words, the message behind them or before them, whichever has room.
  static func draw(
    _ error: QueryError, of field: TextField, under row: Rect, on grid: inout Grid
  ) {
    var message = [error.message, error.hint].compactMap(\.self).joined(separator: "; ")
    let first = InputView.firstShown(field, row.width)
    let range = error.range ?? 0..<0
    let start = max(first, field.index(ofByte: range.lowerBound))
    let end = max(start, field.index(ofByte: range.upperBound))
    let before = GlyphWidth.of(String(field.characters[first..<min(start, field.characters.count)]))
    let marked = GlyphWidth.of(String(field.characters[min(start, end)..<end]))
    let width = max(1, min(marked, row.width - before))
    guard error.range != nil else {
      grid.put(message, x: row.x, y: row.y, .error, limit: row.width)
      return
    }
    let x = row.x + min(before, row.width - 1)
    grid.put(String(repeating: "^", count: width), x: x, y: row.y, Ink(.error, .bold))
    let room = row.right - x - width - 1
    if GlyphWidth.of(message) > max(room, x - row.x - 1) { message = error.message }
    let size = GlyphWidth.of(message)
    if size <= room {
      grid.put(message, x: x + width + 1, y: row.y, .error, limit: room)
    } else if size < x - row.x {
      grid.putRight(message, right: x - 1, y: row.y, .error, limit: x - 1 - row.x)
    } else {
      // No room beside the carets: the whole line, and the word itself is marked.
      grid.fill(row, .error)
      grid.put(message, x: row.x, y: row.y, .error, limit: row.width)
      for position in x..<x + width { mark(position, row.y - 1, on: &grid) }
    }
  }

  /// Marks a cell of a word that is wrong, also where there are no colours.
  private static func mark(_ x: Int, _ y: Int, on grid: inout Grid) {
    var cell = grid[x, y]
    cell.ink = Ink(front: .role(.error), back: cell.ink.back, [.bold, .underline])
    grid[x, y] = cell
  }

  // MARK: Whole

  /// The text broken into lines as wide as the screen, its cursor where it is typed.
  private static func drawWhole(_ draft: QueryDraft, _ rect: Rect, on grid: inout Grid) {
    grid.put("query", x: rect.x + 1, y: rect.y, Ink(.keyword, .bold))
    let text = rect.splitTop(rect.height - 1).top
    let area = Rect(
      x: text.x + keywordWidth, y: text.y, width: text.width - keywordWidth - 1,
      height: text.height)
    let lines = WrappedText(draft.whole.characters, width: area.width)
    let cursor = lines.position(of: draft.whole.cursor)
    let top = max(0, cursor.line - area.height + 1)
    let bad = draft.fault?.error.range.map { range in
      draft.whole.index(ofByte: range.lowerBound)..<draft.whole.index(ofByte: range.upperBound)
    }
    for line in 0..<area.height where top + line < lines.starts.count {
      grid.fill(area.row(line), Ink(.input, back: .selectionDim))
      var x = area.x
      for position in lines.range(of: top + line) {
        let isBad = bad?.contains(position) ?? false
        let ink = isBad ? Ink(.error, .underline) : Ink(.input)
        x += grid.put(String(draft.whole.characters[position]), x: x, y: area.y + line, ink)
      }
    }
    let at = Grid.Position(x: area.x + cursor.column, y: area.y + cursor.line - top)
    grid.shade(Rect(x: at.x, y: at.y, width: 1, height: 1), .inputCursor, .reverse)
    grid.cursor = at
    if let error = draft.fault?.error {
      let last = min(lines.starts.count - 1 - top, area.height - 1)
      let room = Rect(
        x: area.x, y: area.y + last + 1, width: area.width,
        height: rect.bottom - area.y - last - 1)
      let start = bad.map { lines.position(of: $0.lowerBound) }
      // Only the last line of the text has nothing below it; elsewhere the word is underlined.
      let caret = start.flatMap { $0.line - top == last ? $0.column : nil }
      let size = caret.map { min(max(1, bad?.count ?? 1), area.width - $0) } ?? 0
      draw(error, in: draft.whole.text, caret: caret, size: size, below: room, on: &grid)
    }
  }

  /// Carets under a word and the message beside them, or in the line below where it is too long.
  private static func draw(
    _ error: QueryError, in text: String, caret: Int?, size: Int, below room: Rect,
    on grid: inout Grid
  ) {
    let message = [error.headline(in: text), error.hint].compactMap(\.self).joined(separator: "; ")
    let length = GlyphWidth.of(message)
    guard let caret, size > 0 else {
      grid.put(message, x: room.x, y: room.y, .error, limit: room.width)
      return
    }
    if room.height < 2, caret + size + 1 + length > room.width, length >= caret {
      grid.put(message, x: room.x, y: room.y, .error, limit: room.width)
      return
    }
    let x = room.x + caret
    grid.put(String(repeating: "^", count: size), x: x, y: room.y, Ink(.error, .bold))
    if caret + size + 1 + length <= room.width {
      grid.put(message, x: x + size + 1, y: room.y, .error)
    } else if length < caret {
      grid.putRight(message, right: x - 1, y: room.y, .error, limit: caret - 1)
    } else {
      // What is near the word matters most to who mistyped it: it is not cut off.
      let isOneLine = length <= room.width || room.height < 3
      let parts = isOneLine ? [message] : [error.headline(in: text), error.hint ?? ""]
      for (line, part) in parts.enumerated() {
        grid.put(part, x: room.x, y: room.y + 1 + line, .error, limit: room.width)
      }
    }
  }
}
