import Telemetry

/// A result as lines of text in columns: numbers to the right with their units, texts to the left.
package struct ResultTable {
  private let result: QueryResult
  private let style: Style
  private let calculations: [Calculation]

  /// What the terminal can show.
  package struct Style {
    /// Cells across; nil is no limit.
    package var width: Int?
    /// Only characters of ASCII for what the table itself draws.
    package var isASCII: Bool
    /// Cells a character takes.
    package var cells: (Character) -> Int

    package init(
      width: Int? = nil, isASCII: Bool = false, cells: @escaping (Character) -> Int = { _ in 1 }
    ) {
      (self.width, self.isASCII, self.cells) = (width, isASCII, cells)
    }
  }

  package init(_ result: QueryResult, _ style: Style = Style()) {
    (self.result, self.style) = (result, style)
    calculations = result.query.calculations
  }

  /// A header, the rows, then OTHER and TOTAL when there are groups; no newlines, no blanks at
  /// the ends of lines, no line wider than the style's width.
  ///
  /// Without a width nothing is cut, and a text wider than most pushes the rest of its own line
  /// alone: no other line is padded to it.
  ///
  /// - Complexity: O(cells), and with a width not more for long texts than for those that fit.
  package func lines() -> [String] {
    guard !result.columns.isEmpty else { return [] }
    var columns = result.columns.indices.map(column)
    if let width = style.width { fit(&columns, into: width) }
    let count = columns.first?.cells.count ?? 0
    return (0..<count).map { line in
      let text = columns.map { aligned($0.cells[line], $0) }.joined(separator: "  ")
      let end = text.lastIndex { $0 != " " }
      let trimmed = end.map { String(text[...$0]) } ?? ""
      return style.width.map { cut(trimmed, to: $0) } ?? trimmed
    }
  }

  /// The lines, each ended by a newline.
  package var text: String { lines().map { $0 + "\n" }.joined() }

  // MARK: Columns

  private struct Column {
    var cells: [String]
    var width: Int
    var isNumber: Bool
  }

  /// Rows below the table: their label and their values.
  private var footers: [(label: String, values: [ResultValue])] {
    guard !result.query.groupBy.isEmpty else { return [] }
    var rows: [(label: String, values: [ResultValue])] = []
    if let other = result.other { rows.append(("OTHER", other)) }
    if !result.total.isEmpty { rows.append(("TOTAL", result.total)) }
    return rows
  }

  private func column(_ index: Int) -> Column {
    let column = result.columns[index]
    let footers = footers
    let values = result.rows.map { $0[index] } + footers.map { $0.values[index] }
    let isNumber = column.type == .integer || column.type == .double
    let figures = ColumnFigures(
      values.compactMap(\.number), isDuration: isNumber && isDuration(column))
    var cells = [clean(beginning(of: column.name))]
    for (row, value) in values.enumerated() {
      let footer = row < result.rows.count ? nil : footers[row - result.rows.count].label
      if let footer, isGroup(column) {
        cells.append(index == 0 ? footer : "")
      } else if let histogram = histogram(of: column, row: footer == nil ? row : nil, footer) {
        cells.append(histogram)
      } else {
        cells.append(text(value, in: column, figures))
      }
    }
    let widest = cells.map(width).max() ?? 0
    return Column(
      cells: cells, width: style.width == nil ? min(widest, Self.widestPadding) : widest,
      isNumber: isNumber)
  }

  private func isGroup(_ column: ResultColumn) -> Bool {
    isField(column) && !result.query.isRaw
  }

  private func isField(_ column: ResultColumn) -> Bool {
    if case .field = column.source { true } else { false }
  }

  /// Counts have commas; a field's value stays as it is, since it may be an id or a code.
  private func whole(_ value: Int64, _ column: ResultColumn) -> String {
    isField(column) ? "\(value)" : Int(value).grouped
  }

  private func isDuration(_ column: ResultColumn) -> Bool {
    switch column.source {
    case .field(let field): field.isDuration
    case .calculation(let calculation): calculation.isDuration
    }
  }

  private func text(
    _ value: ResultValue, in column: ResultColumn, _ figures: ColumnFigures
  ) -> String {
    switch value {
    case .missing: isGroup(column) ? "(none)" : "-"
    case .text(let text), .json(let text): clean(beginning(of: text))
    case .bool(let value): value ? "true" : "false"
    case .integer(let value):
      isDuration(column) ? figures.text(Double(value)) : whole(value, column)
    case .double(let value):
      isDuration(column) || !isField(column) ? figures.text(value) : "\(value)"
    case .time(let value): InstantText.text(UnixNanos(value))
    }
  }

  // MARK: Fitting

  private static let leastWidth = 8

  /// Cells to which a column is padded where no width is given.
  private static let widestPadding = 120

  /// As much of a text as may be shown, with `…` for the rest: a value may have megabytes.
  private func beginning(of text: String) -> String {
    // Some characters take no cell; so many do not come together in what people read.
    guard let width = style.width, text.utf8.count > 8 * width + 64 else { return text }
    let beginning = text.unicodeScalars.prefix(4 * max(0, width) + 64)
    guard beginning.endIndex < text.endIndex else { return text }
    return String(beginning) + (style.isASCII ? "~" : "…")
  }

  /// Narrows the widest text columns first, then the widest of all.
  private func fit(_ columns: inout [Column], into width: Int) {
    var excess = columns.reduce(2 * (columns.count - 1)) { $0 + $1.width } - width
    for isNumber in [false, true] {
      while excess > 0 {
        let candidates = columns.indices.filter {
          columns[$0].isNumber == isNumber && columns[$0].width > Self.leastWidth
        }
        guard let widest = candidates.max(by: { columns[$0].width < columns[$1].width }) else {
          break
        }
        columns[widest].width -= 1
        excess -= 1
      }
    }
  }

  private func aligned(_ cell: String, _ column: Column) -> String {
    let text = style.width == nil ? cell : cut(cell, to: column.width)
    let space = String(repeating: " ", count: max(0, column.width - width(text)))
    return column.isNumber ? space + text : text + space
  }

  /// The beginning of a text with `…` when it is wider than it may be.
  private func cut(_ text: String, to limit: Int) -> String {
    guard width(text) > limit else { return text }
    let mark = style.isASCII ? "~" : "…"
    var kept = ""
    var used = 1
    for character in text {
      let cells = style.cells(character)
      guard used + cells <= limit else { break }
      kept.append(character)
      used += cells
    }
    return limit > 0 ? kept + mark : ""
  }

  private func width(_ text: String) -> Int { text.reduce(0) { $0 + style.cells($1) } }

  /// Without line breaks, tabs and anything else that would move the cursor.
  private func clean(_ text: String) -> String {
    PlainText.line(text, mark: style.isASCII ? "?" : PlainText.mark)
  }
}

// MARK: Heatmap cells

extension ResultTable {
  private static let histogramWidth = 16

  /// How a heatmap's values are spread, smallest to the left, as a line of blocks.
  ///
  /// The heatmap of all groups together is TOTAL's, or the only row's.
  private func histogram(of column: ResultColumn, row: Int?, _ footer: String?) -> String? {
    guard case .calculation(let calculation) = column.source, calculation.isHeatmap else {
      return nil
    }
    guard
      let heatmap = result.heatmaps.first(where: {
        $0.calculation < calculations.count && calculations[$0.calculation] == calculation
          && (footer == "TOTAL" || (footer == nil && result.query.groupBy.isEmpty)
            ? $0.row == nil || $0.row == row : row != nil && $0.row == row)
      }), heatmap.height > 0
    else { return "-" }
    let bars = min(Self.histogramWidth, heatmap.height)
    var sums = [UInt64](repeating: 0, count: bars)
    for (index, count) in heatmap.counts.enumerated() {
      sums[index % heatmap.height * bars / heatmap.height] += UInt64(count)
    }
    let most = sums.max() ?? 0
    let blocks = Array(style.isASCII ? " .:-=+*#@" : " ▁▂▃▄▅▆▇█")
    return String(
      sums.map { sum in
        guard sum > 0, most > 0 else { return blocks[0] }
        return blocks[min(8, 1 + Int(sum * 7 / most))]
      })
  }
}
