package import QueryLanguage
package import Telemetry

/// The result of the query: graphs, heatmaps and the table below them.
package struct ResultsTab: QueryTab {
  package private(set) var result: QueryResult?
  package private(set) var receivedAt = UnixNanos.zero
  /// Where a person is in the table.
  package internal(set) var table = TableCursor()
  /// Where a person is in the graphs.
  package internal(set) var graph = GraphCursor()
  /// Of the values, in every graph.
  package internal(set) var scale = GraphScale.fitting
  /// A graph has the keys, and not the table.
  package internal(set) var isInGraph = false
  /// The traces of the position that was opened last.
  var drill = QueryDrill()
  /// Of the groups seen so far, and of the rows of the result.
  private var known = SeriesNumbers()
  private var numbers: [Int] = []

  package static let title = "Results"
  package static let panes: [QueryModel.Pane] = [.table, .graph, .box]
  package static let slot = Slot(QueryModel.id, "result")
  static let drillSlot = Slot(QueryModel.id, "drill")
  package static let sideSlots = [drillSlot]

  /// Rows that are drawn in the graphs: more than anyone tells apart.
  static let seriesLimit = 200

  package init() {}

  package static let hasResult = true

  package static func shows(_ query: Query) -> Bool { !query.isRaw }

  package var pane: QueryModel.Pane {
    isInGraph ? graph.anchor == nil ? .graph : .box : .table
  }

  package var cell: (field: FieldRef, value: ResultValue)? {
    guard !isInGraph, let result, case .group(let row) = result.tableRow(table.list.selected),
      result.rows.indices.contains(row), result.columns.indices.contains(table.column),
      case .field(let field) = result.columns[table.column].source
    else { return nil }
    return (field, result.rows[row][table.column])
  }

  package var cursorTime: UnixNanos? { isInGraph ? graph.point?.time : nil }

  package mutating func reset() {
    graph.anchor = nil
    table.forget()
    drill = QueryDrill()
  }

  /// What stands for a row's group in colours and marks.
  package func number(ofRow row: Int) -> Int { numbers.indices.contains(row) ? numbers[row] : row }

  package mutating func leave() { isInGraph = false }

  func panes(_ page: QueryPage, for query: Query? = nil) -> QueryPanes {
    QueryPanes(
      page.context.body, page.shownQuery, isEditing: page.isEditing, tab: self, for: query)
  }

  package func ask(_ page: QueryPage) -> [Intent] {
    guard !page.query.isRaw else { return [] }
    let panes = panes(page, for: page.query)
    var options = page.context.options(columns: panes.plotColumns)
    options.seriesLimit = Self.seriesLimit
    options.heatmapRows = panes.heatmapRows
    options.heatmapScale = scale == .linear ? .linear : .logarithmic
    return [.ask(Self.slot, .query(page.query, options))]
  }

  package mutating func receive(
    _ response: Response, in slot: Slot, _ page: QueryPage
  ) -> [Intent] {
    switch response {
    case .result(let result):
      receive(result, page)
      return []
    case .traces(let list): return open(list)
    default: return []
    }
  }

  private mutating func receive(_ result: QueryResult, _ page: QueryPage) {
    let old = self.result
    let isFirst = old?.query != result.query
    self.result = result
    receivedAt = page.context.now
    numbers = known.numbers(result, page.context.services)
    graph.fit(result, isFirst: isFirst)
    table.receive(result, page: panes(page).tableRows)
    if !isFirst, let old { graph.follow(from: old, to: result, row: litRow) }
  }

  package mutating func perform(_ command: QueryModel.Command, _ page: QueryPage) -> [Intent]? {
    switch command {
    case .move(let motion) where isInGraph: moveInGraph(motion, page)
    case .move(let motion): moveInTable(motion, page)
    case .next, .previous: return step(command == .next ? 1 : -1)
    case .mark: graph.anchor = graph.anchor == nil ? graph.point : nil
    case .leaveGraph:
      if graph.anchor != nil { graph.anchor = nil } else { isInGraph = false }
    case .escape:
      guard table.isChosen else { return nil }
      table.release()
    case .menu: return isInGraph ? graphMenu(page) : tableMenu(page)
    case .zoomToBox: return zoomToBox()
    case .slowest: return slowest(page)
    case .listTraces: return part.map { [.query(.list($0))] } ?? []
    case .walk(let step): return walkFrom(step, page)
    case .sort: return sort()
    case .reverse: return reverse()
    case .copy: return copy()
    default: return nil
    }
    return []
  }

  /// Tab: from a graph to the next one, from the table back to the last; nil: to the clauses.
  private mutating func step(_ step: Int) -> [Intent]? {
    let graphs = result.map { $0.times.isEmpty ? 0 : $0.query.calculations.count } ?? 0
    switch (isInGraph, step) {
    case (true, 1): nextGraph(1)
    case (true, _):
      guard graph.graph > 0 else { return nil }
      nextGraph(-1)
    case (false, -1) where graphs > 0:
      graph.graph = graphs - 1
      enterGraph()
    default: return nil
    }
    return []
  }

  /// Enter on a box: its time becomes that of every screen.
  private mutating func zoomToBox() -> [Intent] {
    guard let part = graphPart else { return [] }
    graph.anchor = nil
    return [.setTime(part.time)]
  }

  /// What the cursor is on, for a list of its traces.
  private var part: QueryPart? {
    if isInGraph { return graphPart }
    return result.map { part(of: $0.tableRow(table.list.selected), $0) }
  }
}
