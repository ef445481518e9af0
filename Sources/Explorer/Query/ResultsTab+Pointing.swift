import QueryLanguage

extension ResultsTab {
  package mutating func point(
    _ pointer: Pointer, at spot: QueryModel.Spot, _ page: QueryPage
  ) -> [Intent] {
    guard let result else { return [] }
    switch spot {
    case .rows(let first):
      return pointRows(pointer, first, nil, page)
    case .cells(let first, let column):
      return pointRows(pointer, first, column, page)
    case .column(let column):
      guard pointer.isClick else { return [] }
      isInGraph = false
      table.goTo(column: column, result)
      return sort()
    case .plot(let calculation): return pointPlot(pointer, calculation, result)
    default: return []
    }
  }

  private mutating func pointRows(
    _ pointer: Pointer, _ first: Int, _ column: Int?, _ page: QueryPage
  ) -> [Intent] {
    if pointer.isClick {
      isInGraph = false
      if let column, let result { table.goTo(column: column, result) }
    }
    return table.point(pointer, first: first, page: panes(page).tableRows)
  }

  /// A click puts the cursor there, a drag marks a box from where it began.
  private mutating func pointPlot(
    _ pointer: Pointer, _ calculation: Int, _ result: QueryResult
  ) -> [Intent] {
    guard !result.times.isEmpty, result.spansMatched > 0,
      result.query.calculations.indices.contains(calculation)
    else { return [] }
    switch pointer.gesture {
    case .wheel, .drop: return []
    case .click, .doubleClick:
      (isInGraph, graph.graph, graph.anchor) = (true, calculation, nil)
      graph.point = point(pointer.cell, pointer, result)
      return pointer.gesture == .doubleClick ? [.enter] : []
    case .drag:
      graph.anchor = point(pointer.from, pointer, result)
      graph.point = point(pointer.cell, pointer, result)
      return []
    }
  }

  /// What is drawn in a cell of the plot of the graph that the cursor is in.
  private func point(
    _ cell: Pointer.Cell, _ pointer: Pointer, _ result: QueryResult
  ) -> GraphPoint {
    let calculation = graph.graph
    var target = GraphCell(bucket: cell.x * result.times.count / pointer.width, row: 0)
    if result.isHeatmap(calculation),
      let map = result.heatmap(calculation, row: litRow), map.height > 0
    {
      // Two values to a cell: the upper one where only that has something.
      let halves = 2 * pointer.height
      let foot = halves - 2 * cell.y - 2
      let rows = [foot, foot + 1].map { min(map.height - 1, $0 * map.height / halves) }
      let isUpper =
        map.count(bucket: target.bucket, row: rows[0]) == 0
        && map.count(bucket: target.bucket, row: rows[1]) > 0
      target.row = rows[isUpper ? 1 : 0]
    }
    return result.point(target, in: calculation)
  }
}
