import QueryLanguage

/// Puts the groups in order and chooses those that are shown.
struct GroupChoice {
  private let plan: Plan
  private let merge: GroupMerge
  private let evaluator: Evaluator

  init(_ plan: Plan, _ merge: GroupMerge, _ evaluator: Evaluator) {
    (self.plan, self.merge, self.evaluator) = (plan, merge, evaluator)
  }

  struct Chosen {
    /// In order.
    var shown: [Int]
    /// Where the rows of those shown are; nil without GROUP BY.
    var cells: GroupCells?
    /// The rows of those not shown, when LIMIT cuts some off; with the shown ones they are all.
    var others: [CellRange]?
    /// Before HAVING and LIMIT.
    var groups: Int
  }

  func run() async throws -> Chosen {
    guard !plan.query.groupBy.isEmpty else { return try await single() }
    let cells = plan.query.having == nil ? nil : GroupCells(all: merge)
    let having = try await valuesForHaving(merge.count, cells)
    var passing = Array(0..<merge.count)
    if let test = plan.query.having {
      passing = passing.filter { group in test.holds { having[$0]?[group] ?? .missing } }
    }
    let limit = max(0, plan.query.limit ?? Query.defaultLimit)
    let keys = try await keys(cells)
    let shown = try first(limit, of: passing, keys)
    let shownCells = GroupCells(shown, of: merge)
    let others = passing.count > limit ? merge.cells(except: shownCells) : nil
    return Chosen(shown: shown, cells: shownCells, others: others, groups: merge.count)
  }

  /// Without GROUP BY there is one group, even over no spans.
  private func single() async throws -> Chosen {
    var chosen = Chosen(shown: [0], cells: nil, others: nil, groups: 1)
    if let test = plan.query.having {
      let having = try await valuesForHaving(1, nil)
      if !test.holds({ having[$0]?[0] ?? .missing }) { chosen.shown = [] }
    }
    if plan.query.limit == 0 { chosen.shown = [] }
    return chosen
  }

  // MARK: Values

  /// - Parameter cells: of every group; nil without GROUP BY.
  private func valuesForHaving(
    _ count: Int, _ cells: GroupCells?
  ) async throws -> [Calculation: [ResultValue]] {
    var values: [Calculation: [ResultValue]] = [:]
    for calculation in Set(plan.query.having?.calculations ?? []) {
      values[calculation] = try await self.values(
        plan.query.resolved(calculation) ?? calculation, count, cells)
    }
    return values
  }

  private func values(
    _ calculation: Calculation, _ count: Int, _ cells: GroupCells?
  ) async throws -> [ResultValue] {
    if calculation == .count, cells != nil { return merge.rowCounts().map { .integer($0) } }
    return try await Parallel.map(count, by: max(1, min(1_024, count / 16))) { groups in
      var scratch = Evaluator.Scratch()
      let composition = Composition([calculation])
      let terms =
        calculation.formula != nil || calculation.needsBuckets
        ? nil : evaluator.terms([calculation])
      return groups.map { group in
        let own = cells?[group] ?? merge.allCells[...]
        guard let terms else { return evaluator.whole(composition, own, &scratch)[0] }
        return evaluator.values(terms, own, &scratch)[0]
      }
    }
  }

  /// - Parameter cells: of every group, when they are known.
  private func keys(_ cells: GroupCells?) async throws -> [GroupKey] {
    var orderings = plan.query.orderBy
    if orderings.isEmpty {
      let first = plan.calculations.first { !$0.isHeatmap } ?? .count
      orderings = [Ordering(.calculation(first))]
    }
    var cells = cells
    var keys: [GroupKey] = []
    for ordering in orderings {
      switch plan.query.key(of: ordering) {
      case .calculation(let written):
        let calculation = plan.query.resolved(written) ?? written
        let figures = GroupFigures(merge: merge, evaluator: evaluator)
        if let key = figures.key(calculation, ordering.direction) {
          keys.append(key)
          continue
        }
        let all = cells ?? GroupCells(all: merge)
        cells = all
        let values = try await values(calculation, merge.count, all)
        keys.append(GroupKey(values, ordering.direction))
      case .field(let field):
        guard let index = plan.query.groupBy.firstIndex(of: field) else { continue }
        keys.append(.field(index, ordering.direction))
      }
    }
    return keys
  }

  // MARK: Order

  /// - Complexity: O(groups) for all but those shown, and those that only a tie keeps out.
  private func first(_ limit: Int, of groups: [Int], _ keys: [GroupKey]) throws -> [Int] {
    var candidates = groups
    if case .numbers(let first) = keys.first, limit > 0, limit < groups.count {
      let own = groups.map { first[$0] }
      var selection = RankSelection()
      let last = own.withUnsafeBufferPointer { selection.values(at: [limit - 1], in: [$0]) }[0]
      candidates = groups.filter { first[$0] <= last }
    }
    var compared = 0
    return try candidates.first(limit) {
      compared += 1
      try Cancellation.check(at: compared)
      return comesBefore($0, $1, keys)
    }
  }

  /// Ties are broken by the groups themselves, so that an order is the same every time.
  private func comesBefore(_ a: Int, _ b: Int, _ keys: [GroupKey]) -> Bool {
    for key in keys {
      let order = key.order(a, b, merge)
      if order != 0 { return order < 0 }
    }
    return merge.order(a, b) < 0
  }
}

extension Calculation {
  /// Whether its figure for the whole range is made of those of the buckets or of overlaps.
  fileprivate var needsBuckets: Bool {
    switch CalculationRule.rule(of: kind)?.yield {
    case .change, .flight: true
    case .rows, .distinct, .summary, .percentile, .cells, .pick, .tallies, .values, .portion, nil:
      false
    }
  }
}
