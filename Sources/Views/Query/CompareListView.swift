import Explorer
import QueryLanguage
import Screen

/// Pairs and fields, a line each: how much they differ, how sure that is, and the difference in words.
struct CompareListView {
  let tab: CompareTab
  let found: CompareResult
  let isFocused: Bool
  let context: Context

  private static let certaintyWidth = 13

  func draw(in rect: Rect, on grid: inout Grid) {
    guard rect.height > 1 else { return }
    let (head, rows) = rect.splitTop(1)
    let names = nameWidth(rect)
    drawTitles(head, names, on: &grid)
    let shown = tab.list.visible(page: rows.height)
    if tab.list.isEmpty {
      return grid.putCentered(["no field has this in its name: Esc shows all"], in: rows)
    }
    grid.mark(rows, as: QueryModel.Spot.rows(first: shown.lowerBound))
    for (line, index) in shown.enumerated() {
      let row = rows.row(line)
      let isCurrent = index == tab.list.selected
      if isCurrent { grid.shade(row, isFocused ? .selection : .selectionDim) }
      if isCurrent { grid.draw(grid.glyphs.cursor, row.x, row.y, Ink(.accent)) }
      switch tab.list.rows[index] {
      case .pair(let pair): draw(found.pairs[pair], row, on: &grid)
      case .field(let field):
        if let difference = tab.difference(field) { draw(difference, row, names, on: &grid) }
      }
    }
    grid.scrollMark(shown, of: tab.list.count, x: rows.right - 1, beside: rows)
  }

  /// Where there is little room, words tell more than bars.
  private var barWidth: Int { context.width < 100 ? 4 : 8 }

  private func nameWidth(_ rect: Rect) -> Int {
    let widest = found.fields.map { $0.name.count + 3 }.max() ?? 0
    return max(12, min(widest, rect.width < 100 ? 24 : rect.width * 2 / 5))
  }

  private func drawTitles(_ row: Rect, _ names: Int, on grid: inout Grid) {
    let titles = [
      ("field", row.x + 2, CompareTab.Order.name),
      (barWidth < 8 ? "differs" : "differs by", row.x + 3 + names, .score),
      ("certain?", row.x + names + barWidth + 9, .certainty),
    ]
    for (title, x, order) in titles {
      let ink: Ink = tab.order == order ? Ink(.accent, .bold) : .dim
      grid.put(title, x: x, y: row.y, ink, limit: row.right - x)
    }
    let x = row.x + names + barWidth + Self.certaintyWidth + 10
    grid.put("selected against others", x: x, y: row.y, .dim, limit: row.right - x)
  }

  private func draw(_ pair: PairDifference, _ row: Rect, on grid: inout Grid) {
    var x = row.x + 2
    x +=
      grid.put(
        DifferenceText.terms(pair), x: x, y: row.y, Ink(.marked, .bold), limit: row.right - x) + 2
    let words =
      "\(DifferenceText.counts(pair.counts, of: found.counts)); "
      + DifferenceText.alone(pair, found.counts)
    if row.right - x > 12 { grid.put(words, x: x, y: row.y, .dim, limit: row.right - x - 1) }
  }

  private func draw(
    _ field: FieldDifference, _ row: Rect, _ names: Int, on grid: inout Grid
  ) {
    let role = found.role(of: field)
    let quiet: Ink = role == .cause && field.sameAs == nil ? .text : .dim
    let repeats = tab.repeats(of: field.field)
    var name = field.name
    if field.sameAs != nil { name = "  " + name }
    let extra = repeats > 0 && !tab.isUnfolded(field.field) ? " +\(repeats)" : ""
    let width = grid.put(name, x: row.x + 2, y: row.y, quiet, limit: names - extra.count - 1)
    grid.put(extra, x: row.x + 2 + width, y: row.y, .dim)
    var x = row.x + 3 + names
    // Not even half a cell for what is as good as nothing.
    if field.score >= 0.005 {
      grid.thinBar(
        x: x, y: row.y, length: field.score * Double(barWidth), width: barWidth,
        role == .cause ? CompareView.selection : CompareView.baseline)
    }
    x += barWidth + 1
    grid.put(Figures.decimals(field.score, 2), x: x, y: row.y, Ink(.number))
    x += 5
    grid.put(
      certainty(field, role), x: x, y: row.y, ink(field, role), limit: Self.certaintyWidth)
    x += Self.certaintyWidth + 1
    let words = DifferenceText.leading(field, found.counts)
    guard row.right - x > 4 else { return }
    grid.put(words, x: x, y: row.y, quiet, limit: row.right - x - 1)
  }

  private func certainty(_ field: FieldDifference, _ role: FieldRole) -> String {
    if field.sameAs != nil { return "same split" }
    return switch role {
    case .cause: field.certainty.text
    case .outcome: "outcome"
    case .unique: "ids"
    }
  }

  private func ink(_ field: FieldDifference, _ role: FieldRole) -> Ink {
    guard role == .cause, field.sameAs == nil else { return .dim }
    return switch field.certainty {
    case .certain: Ink(.ok, .bold)
    case .likely: Ink(.ok)
    case .chance: Ink(.warning)
    }
  }
}
