import QueryLanguage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Whether values are spread over two sides by chance.
enum GTest {
  /// Fewer are expected of a cell, and the χ² distribution no longer fits.
  static let leastExpected = 5.0

  /// The probability of a table as uneven as this.
  ///
  /// Values of which fewer than five are expected on a side are joined, with the next rare ones too
  /// as long as they are too few together. Where so nothing is left to compare, the most uneven
  /// value is held against all others by Fisher's exact test, times the number of values.
  ///
  /// - Parameter cells: of each value, "missing" among them, how many are on either side.
  static func probability(_ cells: [Sides]) -> Double {
    let whole = cells.reduce(Sides(), +)
    guard whole.selection > 0, whole.baseline > 0 else { return 1 }
    let total = Double(whole.selection) + Double(whole.baseline)
    let rarer = Double(min(whole.selection, whole.baseline)) / total
    // Every cell with at least so many has enough expected on both sides.
    let least = leastExpected / rarer
    var kept: [Sides] = []
    var joined = Sides()
    for cell in cells {
      if Double(cell.selection + cell.baseline) >= least {
        kept.append(cell)
      } else {
        joined = joined + cell
      }
    }
    if joined != Sides() {
      kept.sort {
        ($0.selection + $0.baseline, $0.selection) > ($1.selection + $1.baseline, $1.selection)
      }
      while Double(joined.selection + joined.baseline) < least, let next = kept.popLast() {
        joined = joined + next
      }
      kept.append(joined)
    }
    guard kept.count > 1 else {
      let most = cells.max { abs($0.difference(of: whole)) < abs($1.difference(of: whole)) }
      let values = cells.count { $0 != Sides() }
      guard let most, values > 1 else { return 1 }
      return min(1, Fisher.probability(most, of: whole) * Double(values))
    }
    return ChiSquare.survival(statistic(kept, whole), degrees: kept.count - 1)
  }

  /// 2 Σ observed · ln(observed / expected).
  static func statistic(_ cells: [Sides], _ whole: Sides) -> Double {
    let total = Double(whole.selection) + Double(whole.baseline)
    var sum = 0.0
    for cell in cells {
      let both = Double(cell.selection) + Double(cell.baseline)
      for (count, all) in [(cell.selection, whole.selection), (cell.baseline, whole.baseline)]
      where count > 0 {
        sum += Double(count) * log(Double(count) / (both * Double(all) / total))
      }
    }
    return max(0, 2 * sum)
  }
}

/// Fisher's exact test of a table of two by two.
enum Fisher {
  /// How likely it is that chance gives the sides so many of a value, or a number as unlikely.
  ///
  /// - Complexity: O(the smaller of the value's count and the selection's).
  static func probability(_ cell: Sides, of whole: Sides) -> Double {
    let drawn = cell.selection + cell.baseline
    let (first, last) = (max(0, drawn - whole.baseline), min(drawn, whole.selection))
    guard first <= last else { return 1 }
    let all = choose(whole.selection + whole.baseline, drawn)
    let logs = (first...last).map {
      choose(whole.selection, $0) + choose(whole.baseline, drawn - $0) - all
    }
    let observed = logs[min(max(cell.selection, first), last) - first]
    let sum = logs.reduce(0) { $1 <= observed + 1e-7 ? $0 + exp($1) : $0 }
    return min(1, sum)
  }

  /// The logarithm of a binomial coefficient.
  private static func choose(_ n: Int, _ k: Int) -> Double {
    lgamma(Double(n + 1)) - lgamma(Double(k + 1)) - lgamma(Double(n - k + 1))
  }
}
