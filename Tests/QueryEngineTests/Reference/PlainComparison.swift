import Foundation
import QueryLanguage
import Telemetry

/// Compares units one by one, by the words of the description: a unit is a span, or all spans of a
/// trace.
struct PlainComparison {
  let selected: [[PlainSpan]]
  let baseline: [[PlainSpan]]

  /// - Parameters:
  ///   - isSelected, isBaseline: of a span, by the filters and the time.
  ///   - byTrace: units are traces.
  init(
    _ spans: [PlainSpan], byTrace: Bool, isSelected: (PlainSpan) -> Bool,
    isBaseline: (PlainSpan) -> Bool
  ) {
    let units =
      byTrace
      ? Dictionary(grouping: spans, by: \.trace).sorted { $0.key < $1.key }.map(\.value)
      : spans.map { [$0] }
    selected = units.filter { $0.contains(where: isSelected) }
    baseline = units.filter { $0.contains(where: isBaseline) && !$0.contains(where: isSelected) }
    isByTrace = byTrace
  }

  private let isByTrace: Bool

  /// The different values of a unit; of a trace's numbers the largest.
  func values(_ unit: [PlainSpan], _ field: FieldRef) -> [PlainValue] {
    var all = unit.flatMap { span -> [PlainValue] in
      if field == FieldRef("event.name") { return span.events.map { .text($0.name) } }
      return span.value(field).map { [$0] } ?? []
    }
    if isByTrace, let largest = all.filter({ $0.number != nil }).max(by: { $0.isLess($1) }) {
      all = all.filter { $0.number == nil } + [largest]
    }
    var known: Set<String> = []
    return all.filter { known.insert($0.key).inserted }
  }

  struct Answer {
    /// By key: the value and the units of either side that have it.
    var values: [String: (value: PlainValue, counts: Sides)] = [:]
    var missing = Sides()
    var numbers: (selected: [PlainValue], baseline: [PlainValue]) = ([], [])
    /// For each unit the values it has, in one text.
    var labels: [Set<String>] = []
    var isMeasure: Bool { Set((numbers.selected + numbers.baseline).map(\.key)).count > 20 }
  }

  func answer(_ field: FieldRef) -> Answer {
    var answer = Answer()
    for (side, units) in [(\Sides.selection, selected), (\.baseline, baseline)] {
      for unit in units {
        let values = values(unit, field)
        answer.labels.append(Set(values.map(\.key)))
        if values.isEmpty { answer.missing[keyPath: side] += 1 }
        for value in values {
          answer.values[value.key, default: (value, Sides())].counts[keyPath: side] += 1
          guard value.number != nil else { continue }
          if side == \.selection {
            answer.numbers.selected.append(value)
          } else {
            answer.numbers.baseline.append(value)
          }
        }
      }
    }
    return answer
  }

  /// Units that have both values.
  func both(_ fields: [FieldRef], _ keys: [String]) -> Sides {
    func count(_ units: [[PlainSpan]]) -> Int {
      units.count { unit in
        zip(fields, keys).allSatisfy { field, key in values(unit, field).contains { $0.key == key }
        }
      }
    }
    return Sides(count(selected), count(baseline))
  }
}

extension PlainValue {
  /// Integers exactly, others as doubles.
  func isLess(_ other: PlainValue) -> Bool {
    if case .integer(let a) = self, case .integer(let b) = other { return a < b }
    if case .length(let a) = self, case .length(let b) = other { return a < b }
    return (number ?? 0) < (other.number ?? 0)
  }
}

/// The tests of statistics, by their definitions.
enum PlainStatistics {
  /// The largest distance of the two shares of numbers up to x, for all x there are.
  static func distance(_ a: [PlainValue], _ b: [PlainValue]) -> Double {
    guard !a.isEmpty, !b.isEmpty else { return 0 }
    return (a + b).map { x in
      let first = a.count { !x.isLess($0) }
      let second = b.count { !x.isLess($0) }
      return abs(Double(first) / Double(a.count) - Double(second) / Double(b.count))
    }.max() ?? 0
  }

  static func median(_ values: [PlainValue]) -> Double? {
    let sorted = values.sorted { $0.isLess($1) }.compactMap(\.number)
    guard !sorted.isEmpty else { return nil }
    let middle = sorted.count / 2
    if sorted.count % 2 == 1 { return sorted[middle] }
    return sorted[middle - 1] + (sorted[middle] - sorted[middle - 1]) * 0.5
  }

  static func kolmogorov(_ distance: Double, _ n: Int, _ m: Int) -> Double {
    guard n > 0, m > 0, distance > 0 else { return 1 }
    let lambda = distance * sqrt(Double(n * m) / Double(n + m))
    if lambda < 0.2 { return 1 }
    var sum = 0.0
    for j in stride(from: 60, through: 1, by: -1) {
      sum += (j % 2 == 1 ? 2 : -2) * exp(-2 * Double(j * j) * lambda * lambda)
    }
    return min(1, max(0, sum))
  }

  /// 1 − the cumulative χ² distribution, by its recurrence in the degrees of freedom.
  static func chiSquare(_ value: Double, _ degrees: Int) -> Double {
    guard value > 0 else { return 1 }
    let x = value / 2
    var a = degrees % 2 == 0 ? 1.0 : 0.5
    var sum = degrees % 2 == 0 ? exp(-x) : erfc(sqrt(x))
    while a < Double(degrees) / 2 {
      sum += exp(a * log(x) - x - lgamma(a + 1))
      a += 1
    }
    return min(1, sum)
  }

  /// G-test of a table; sparse cells joined; Fisher's test where one cell is left: of any of the most
  /// uneven values.
  static func table(_ cells: [Sides]) -> [Double] {
    let s = cells.reduce(0) { $0 + $1.selection }
    let b = cells.reduce(0) { $0 + $1.baseline }
    guard s > 0, b > 0 else { return [1] }
    func expected(_ cell: Sides) -> Double {
      Double(cell.selection + cell.baseline) * Double(min(s, b)) / Double(s + b)
    }
    var big = cells.filter { expected($0) > 5 - 1e-9 }
    let small = cells.filter { expected($0) <= 5 - 1e-9 && $0 != Sides() }
    if !small.isEmpty {
      var joined = small.reduce(Sides(), +)
      big.sort {
        let (x, y) = ($0.selection + $0.baseline, $1.selection + $1.baseline)
        return x != y ? x < y : $0.selection < $1.selection
      }
      while expected(joined) <= 5 - 1e-9, !big.isEmpty { joined = joined + big.removeFirst() }
      big.append(joined)
    }
    if big.count > 1 {
      var g = 0.0
      for cell in big {
        let total = Double(cell.selection + cell.baseline)
        for (observed, side) in [(cell.selection, s), (cell.baseline, b)] where observed > 0 {
          let expected = total * Double(side) / Double(s + b)
          g += 2 * Double(observed) * (log(Double(observed)) - log(expected))
        }
      }
      return [chiSquare(max(0, g), big.count - 1)]
    }
    let filled = cells.filter { $0 != Sides() }
    guard filled.count > 1 else { return [1] }
    func size(_ cell: Sides) -> Double {
      abs(Double(cell.selection) / Double(s) - Double(cell.baseline) / Double(b))
    }
    let most = filled.map(size).max() ?? 0
    return filled.filter { size($0) >= most - 1e-12 }
      .map { min(1, fisher($0, s, b) * Double(filled.count)) }
  }

  /// Sums the probabilities of all tables that are no likelier.
  static func fisher(_ cell: Sides, _ s: Int, _ b: Int) -> Double {
    let k = cell.selection + cell.baseline
    func ways(_ n: Int, _ k: Int) -> Double {
      k < 0 || k > n ? 0 : (0..<k).reduce(1.0) { $0 * Double(n - $1) / Double($1 + 1) }
    }
    let all = ways(s + b, k)
    let chances = (0...k).map { ways(s, $0) * ways(b, k - $0) / all }
    let own = chances[cell.selection]
    return min(1, chances.filter { $0 <= own * (1 + 1e-6) }.reduce(0, +))
  }

  static func adjusted(_ all: [Double], _ own: Double) -> Double {
    let m = Double(all.count)
    return all.filter { $0 >= own }.map { p in
      p * m / Double(all.count { $0 <= p })
    }.min().map { min(1, $0) } ?? 1
  }
}
