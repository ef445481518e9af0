import QueryLanguage

/// One calculation over every group, as keys to sort by, where that takes no more than one pass
/// over the cells in the order in which they lie in memory.
struct GroupFigures {
  let merge: GroupMerge
  let evaluator: Evaluator

  /// Ascending keys; nil where the calculation has to be worked out group by group.
  ///
  /// - Complexity: O(cells).
  func key(_ calculation: Calculation, _ direction: Ordering.Direction) -> GroupKey? {
    switch CalculationRule.rule(of: calculation.kind)?.sorting {
    case .rows where calculation.filter != nil: return nil
    case .rows: return GroupKey(numbers: merge.rowCounts().map { $0 }, direction)
    case .smallest: return extremes(calculation, direction, isLargest: false)
    case .largest: return extremes(calculation, direction, isLargest: true)
    case .sums: return sums(calculation, direction)
    case .byGroup, nil: return nil
    }
  }

  private func extremes(
    _ calculation: Calculation, _ direction: Ordering.Direction, isLargest: Bool
  ) -> GroupKey? {
    guard let totals = evaluator.totals(of: calculation), let kind = totals.kind,
      kind != .integer(.time)
    else { return nil }
    let none = isLargest ? Int64.min : .max
    var extremes = [Int64](repeating: none, count: merge.count)
    var isThere = [Bool](repeating: false, count: merge.count)
    totals.forEachCell(merge) { group, part, cell in
      let value = isLargest ? part.maxima[cell] : part.minima[cell]
      extremes[group] = isLargest ? max(extremes[group], value) : min(extremes[group], value)
      isThere[group] = true
    }
    return GroupKey(
      numbers: extremes.indices.map { group in
        guard isThere[group] else { return nil }
        return kind == .integer(.milliseconds)
          ? OrderedDouble.key(kind.double(extremes[group])) : extremes[group]
      }, direction)
  }

  /// Of integers, whose sums are exact in a word or two.
  private func sums(_ calculation: Calculation, _ direction: Ordering.Direction) -> GroupKey? {
    guard let totals = evaluator.totals(of: calculation), case .integer(let unit) = totals.kind,
      unit != .time,
      case .summary(let figure)? = CalculationRule.rule(of: calculation.kind)?.yield
    else { return nil }
    var sums = [Int128](repeating: 0, count: merge.count)
    var counts = [Int](repeating: 0, count: merge.count)
    totals.forEachCell(merge) { group, part, cell in
      sums[group] &+= part.sums[cell]
      counts[group] &+= Int(part.counts[cell])
    }
    return GroupKey(
      sums.indices.map { group in
        var summary = FieldTotals.Summary()
        (summary.sum, summary.count) = (sums[group], counts[group])
        return summary.count > 0 ? figure(totals, summary) : .missing
      }, direction)
  }
}

extension FieldTotals {
  /// Calls `body` for every cell that has numbers, with its group.
  @inline(__always)
  func forEachCell(_ merge: GroupMerge, _ body: (Int, NumberPart, Int) -> Void) {
    for index in merge.partials.indices {
      guard let part = parts[index] else { continue }
      let (own, cells) = (merge.groups[index], merge.partials[index].groupCells)
      for group in own.indices {
        for cell in Int(cells[group])..<Int(cells[group + 1]) where part.counts[cell] > 0 {
          body(Int(own[group]), part, cell)
        }
      }
    }
  }
}
