package import QueryLanguage

/// How values lie on the axes of the graphs.
package enum GraphScale: Int, CaseIterable, Hashable, Sendable {
  /// Lengths of time and heatmaps by their ratios, counts by their differences.
  case fitting
  case linear
  case log

  /// What an axis of a calculation has.
  package func scale(of calculation: Calculation) -> ValueAxis.Scale {
    switch self {
    case .linear: return .linear
    case .log: return .log
    case .fitting:
      switch calculation.kind.family {
      case .cells: return .log
      case .count, .flight, .change, .share, .listing, .formula: return .linear
      case .value, .total: return calculation.isDuration ? .log : .linear
      }
    }
  }

  var next: GraphScale {
    let all = GraphScale.allCases
    return all[(rawValue + 1) % all.count]
  }

  var label: String {
    switch self {
    case .fitting: "values: durations logarithmic, counts linear"
    case .linear: "values: linear"
    case .log: "values: logarithmic"
    }
  }
}

extension Calculation {
  /// Whether it is the larger the longer spans are collected, as a count is and a mean is not.
  package var growsWithTime: Bool {
    switch kind.family {
    case .count, .total: true
    case .value, .change, .flight, .cells, .share, .listing, .formula: false
    }
  }
}
