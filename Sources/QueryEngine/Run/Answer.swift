import QueryLanguage
import Telemetry

/// Makes a result of the partial results of all segments.
struct Answer {
  private let plan: Plan
  private let options: RunOptions
  private let merge: GroupMerge
  private let evaluator: Evaluator
  private let calculations: [Calculation]
  private let composition: Composition

  init(_ plan: Plan, _ options: RunOptions, _ partials: [SegmentPartial]) async throws {
    self.plan = plan
    self.options = options
    merge = try await GroupMerge(partials, fieldCount: plan.query.groupBy.count)
    evaluator = try await Evaluator(plan, partials)
    calculations = plan.calculations
    composition = Composition(plan.calculations)
  }

  func result() async throws -> QueryResult {
    var result = QueryResult(query: plan.query)
    result.start = UnixNanos(plan.scope.range.lowerBound)
    result.end = UnixNanos(plan.scope.range.upperBound)
    result.granularity = Nanoseconds(Int64(clamping: plan.granularity))
    result.spansExamined = merge.partials.reduce(0) { $0 + $1.examined }
    result.spansMatched = merge.partials.reduce(0) { $0 + $1.matched }
    result.strays = plan.scope.strays
    let chosen = try await GroupChoice(plan, merge, evaluator).run()
    result.groups = chosen.groups
    result.total = try await summary(merge.allCells, label: .missing)
    result.rows =
      plan.query.groupBy.isEmpty
      ? chosen.shown.map { _ in result.total } : try await rows(chosen)
    if let others = chosen.others {
      result.other = try await summary(others, label: .missing)
    }
    result.columns = columns()
    if plan.seriesLimit > 0 {
      let shown = plan.graphRows(of: chosen.shown.count)
      if shown < min(chosen.shown.count, plan.seriesLimit) {
        result.warnings.append(
          QueryCheck.fewerGraphs(shown, of: chosen.shown.count, buckets: plan.bucketCount))
      }
      result.times = (0..<UInt64(plan.bucketCount)).map {
        UnixNanos((plan.firstBucket + $0) * plan.granularity)
      }
      result.series = try await series(chosen, result.rows)
      result.heatmaps = try await heatmaps(chosen, result.rows)
    }
    return result
  }

  // MARK: Table

  /// The cells of a group; without GROUP BY the one group has them all.
  private func cells(ofGroup group: Int, _ chosen: GroupChoice.Chosen) -> ArraySlice<CellRange> {
    chosen.cells?[group] ?? merge.allCells[...]
  }

  private func rows(_ chosen: GroupChoice.Chosen) async throws -> [[ResultValue]] {
    let groups = chosen.shown
    return try await Parallel.map(groups.count, by: max(1, min(256, groups.count / 16))) {
      indices in
      var scratch = Evaluator.Scratch()
      return indices.map { index in
        let values = merge.values(ofGroup: groups[index])
        let cells = cells(ofGroup: groups[index], chosen)
        return values + evaluator.whole(composition, cells, &scratch)
      }
    }
  }

  /// All of some cells as one row.
  private func summary(_ cells: [CellRange], label: ResultValue) async throws -> [ResultValue] {
    let labels = plan.query.groupBy.map { _ in label }
    let values = try await evaluator.wholeInParallel(composition, cells)
    return labels + values
  }

  private func columns() -> [ResultColumn] {
    let fields = plan.query.groupBy.enumerated().map { index, field in
      ResultColumn(
        name: QueryText.print(field),
        type: field.builtin?.type ?? merge.type(ofField: index) ?? .text, source: .field(field))
    }
    return fields
      + zip(plan.query.calculations, calculations).map { written, calculation in
        ResultColumn(
          name: written.title, type: type(of: calculation), source: .calculation(written))
      }
  }

  private func type(of calculation: Calculation) -> FieldType {
    guard let rule = CalculationRule.rule(of: calculation.kind) else { return .double }
    let totals = evaluator.totals(of: calculation)
    if calculation.kind != .exemplar, case .pick(let order) = rule.yield {
      return calculation.field?.builtin?.type ?? totals?.pickedType(order) ?? .text
    }
    return rule.type(totals?.kind)
  }

  // MARK: Graphs

  private func series(
    _ chosen: GroupChoice.Chosen, _ rows: [[ResultValue]]
  ) async throws -> [QueryResult.Series] {
    let groups = chosen.shown
    let shown = plan.graphRows(of: groups.count)
    let width = plan.query.groupBy.count
    let indices = calculations.indices.filter { !calculations[$0].isHeatmap }
    let drawn = Composition(indices.map { calculations[$0] })
    return try await Parallel.map(shown, by: max(1, shown / 16)) { part in
      var scratch = Evaluator.Scratch()
      return part.map { row in
        let cells = cells(ofGroup: groups[row], chosen)
        let group = Array(rows[row].prefix(width))
        let lines = evaluator.series(drawn, cells, &scratch)
        return zip(indices, lines).map { index, line in
          QueryResult.Series(
            calculation: index, row: row, group: group, values: line.values,
            instants: line.instants)
        }
      }
    }.flatMap(\.self)
  }

  private func heatmaps(
    _ chosen: GroupChoice.Chosen, _ rows: [[ResultValue]]
  ) async throws -> [Heatmap] {
    let groups = chosen.shown
    var all: [Heatmap] = []
    let width = plan.query.groupBy.count
    for (index, calculation) in calculations.enumerated() where calculation.isHeatmap {
      let everything = merge.allCells
      guard let edges = evaluator.edges(calculation, everything, options),
        let heights = evaluator.rows(calculation, everything, edges)
      else {
        all.append(Heatmap(calculation: index, row: nil, group: [], edges: [], counts: []))
        continue
      }
      let parts = try await Parallel.map(everything.count) {
        evaluator.counts(calculation, CollectionOfOne(everything[$0]), heights)
      }
      all.append(
        Heatmap(
          calculation: index, row: nil, group: [], edges: edges.edges,
          counts: Self.added(parts, plan.bucketCount * edges.height)))
      guard width > 0 else { continue }
      let shown = plan.graphRows(of: groups.count)
      let own = try await Parallel.map(shown, by: max(1, shown / 16)) { indices in
        indices.map { evaluator.counts(calculation, cells(ofGroup: groups[$0], chosen), heights) }
      }
      for (row, counts) in own.enumerated() {
        all.append(
          Heatmap(
            calculation: index, row: row, group: Array(rows[row].prefix(width)),
            edges: edges.edges, counts: counts))
      }
    }
    return all
  }

  private static func added(_ parts: [[UInt32]], _ count: Int) -> [UInt32] {
    var sum = [UInt32](repeating: 0, count: count)
    for part in parts { for index in part.indices { sum[index] &+= part[index] } }
    return sum
  }
}
