package import QueryLanguage
package import Screen

/// Where everything on Query is; a function of the size and of what is shown, so that update and
/// drawing agree.
package struct QueryPanes: Equatable, Sendable {
  /// The query: its clauses, or a text of a line or two.
  package let builder: Rect
  /// Each clause has a row of its own; otherwise the query is a text of a line or two.
  package let isBuilderOpen: Bool
  /// The row of their titles.
  package let tabs: Rect
  /// Everything below the tabs.
  package let content: Rect
  /// Rectangles for the graphs shown, the first of them graph number `firstGraph`.
  package let graphs: [Rect]
  /// Index into the query's calculations.
  package let firstGraph: Int
  /// What the cursor of a graph is on; empty without graphs.
  package let reading: Rect
  /// The table with its titles.
  package let table: Rect

  /// Cells left of a plot: the value labels and the axis.
  package static let labelWidth = 10
  private static let leastGraphWidth = 38
  private static let leastGraphHeight = 6
  private static let goodGraphHeight = 9

  package init(_ body: Rect, _ model: QueryModel) {
    self.init(body, model.query, isEditing: model.draft != nil, tab: model.tabs[ResultsTab.self])
  }

  /// - Parameters:
  ///   - query: the one that the builder shows.
  ///   - tab: whose graphs and table there is to be room for.
  ///   - next: a query about to be asked for, whose graphs there is to be room for instead.
  init(
    _ body: Rect, _ query: Query, isEditing: Bool, tab: ResultsTab? = nil, for next: Query? = nil
  ) {
    isBuilderOpen = isEditing || body.height >= 34
    let clauses = QueryClause.allCases.count
    let closed = QueryPanes.summaryRows(query, body.width)
    let height = min(body.height, (isBuilderOpen ? clauses : closed) + (isEditing ? 1 : 0))
    let (builder, rest) = body.splitTop(height)
    self.builder = builder
    (tabs, content) = rest.splitTop(1)
    let calculations = (next ?? tab?.result?.query ?? query).calculations.count
    let rows = tab?.result?.tableRowCount ?? 1
    let graphs = QueryPanes.graphHeight(content.height, rows: rows, graphs: calculations)
    let (upper, lower) = content.splitTop(graphs)
    (reading, table) = graphs > 0 ? lower.splitTop(1) : (lower.splitTop(0).top, lower)
    (self.graphs, firstGraph) = QueryPanes.slots(upper, calculations, tab?.graph.graph ?? 0)
  }

  /// Rows of the table without its titles.
  package var tableRows: Int { max(1, table.height - 1) }

  /// Rows of a list that fills the content under a line of titles.
  package var listRows: Int { max(1, content.height - 2) }

  /// Cells across the plot of a graph.
  package var plotColumns: Int {
    max(8, (graphs.first?.width ?? content.width) - QueryPanes.labelWidth)
  }

  /// Two to a cell; the title, the time labels and the legend take rows of their own.
  package var heatmapRows: Int {
    max(8, 2 * ((graphs.first?.height ?? 12) - 2))
  }

  /// Rows of a closed builder: the query in a line, or two.
  package static func summaryRows(_ query: Query, _ width: Int) -> Int {
    QueryText.print(query).count > width - 4 ? 2 : 1
  }

  /// The table gets the rows it needs and no more than half.
  private static func graphHeight(_ height: Int, rows: Int, graphs: Int) -> Int {
    guard graphs > 0, height >= 8 else { return 0 }
    let wanted = min(rows + 2, height * (rows > 6 ? 45 : 40) / 100)
    return max(4, height - max(3, wanted) - 1)
  }

  /// As few columns as give every graph a good height, and as many graphs as fit.
  private static func slots(_ area: Rect, _ count: Int, _ current: Int) -> ([Rect], Int) {
    guard count > 0, area.height >= 3 else { return ([], 0) }
    let most = max(1, min(3, count, area.width / leastGraphWidth))
    let columns =
      (1...most).first { area.height / ((count + $0 - 1) / $0) >= goodGraphHeight } ?? most
    let rows = max(1, min((count + columns - 1) / columns, area.height / leastGraphHeight))
    let page = columns * rows
    let first = min(max(0, current), count - 1) / page * page
    let shown = min(page, count - first)
    let rects = (0..<shown).map { index -> Rect in
      let (row, column) = (index / columns, index % columns)
      let (top, bottom) = (row * area.height / rows, (row + 1) * area.height / rows)
      // The last one takes what is left of its row.
      let end = index == shown - 1 ? columns : column + 1
      let (left, right) = (column * area.width / columns, end * area.width / columns)
      return Rect(x: area.x + left, y: area.y + top, width: right - left, height: bottom - top)
    }
    return (rects, first)
  }
}
