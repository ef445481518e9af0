import QueryLanguage
import SpanStore

/// Finds pairs of values of different fields that tell the selection from the baseline better than
/// either value alone: those first whose shares differ most.
struct PairSearch {
  /// Fields looked at, the best ones.
  static let fieldLimit = 20
  /// Values of each field: the commonest of the selection.
  static let valueLimit = 8
  static let pairLimit = 10
  /// A pair that tells less beyond its values is none.
  static let leastGain = 0.02

  private struct Value {
    var field: Int
    var number: UInt32
    var counts: Sides
    var size: Double
  }

  private struct Candidate {
    var first: Int
    var second: Int
    var selected: Int
    /// The difference of its shares, at most.
    var bound: Double
  }

  private let fields: [MergedField]
  private let units: [SideUnits]
  private let whole: Sides
  private let values: [Value]

  /// - Parameter fields: the best first; none repeats another.
  init(_ fields: [MergedField], _ units: [SideUnits], _ whole: Sides) {
    (self.fields, self.units, self.whole) = (Array(fields.prefix(Self.fieldLimit)), units, whole)
    var values: [Value] = []
    for (index, field) in self.fields.enumerated() {
      let counts = (0..<field.counts.count).map { Sides(packed: field.counts[$0]) }
      let chosen = Array(1..<max(1, counts.count)).filter { counts[$0].selection > 0 }
        .first(Self.valueLimit) { a, b in
          let (first, second) = (counts[a], counts[b])
          return (second.selection, first.baseline, a) < (first.selection, second.baseline, b)
        }
      values += chosen.map {
        Value(
          field: index, number: UInt32($0), counts: counts[$0],
          size: abs(counts[$0].difference(of: whole)))
      }
    }
    self.values = values
  }

  func run() async throws -> [PairDifference] {
    guard whole.selection > 0, whole.baseline > 0, values.count > 1 else { return [] }
    let marked = try await Parallel.map(units.count) { [self] index in try mark(index) }
    var selected = [Int](repeating: 0, count: values.count * values.count)
    for part in marked {
      for position in selected.indices { selected[position] += Int(part.selected[position]) }
    }
    var rest = candidates(selected)[...]
    var found: [(pair: Candidate, both: Int)] = []
    while let next = rest.first {
      let ranked = found.filter { gain($0.pair, $0.both) >= Self.leastGain }
        .map { score($0.pair, $0.both) }.sorted(by: >)
      if ranked.count >= Self.pairLimit, next.bound < ranked[Self.pairLimit - 1] { break }
      let chunk = Array(rest.prefix(256))
      rest = rest.dropFirst(chunk.count)
      let counts = try await Parallel.map(marked.count) { index in
        try Cancellation.check()
        return marked[index].baseline(of: chunk.map { ($0.first, $0.second) })
      }
      for (position, pair) in chunk.enumerated() {
        found.append((pair, counts.reduce(0) { $0 + $1[position] }))
      }
    }
    let scores = found.map { score($0.pair, $0.both) }
    return found.indices.filter { gain(found[$0].pair, found[$0].both) >= Self.leastGain }
      .sorted { (scores[$1], $0) < (scores[$0], $1) }.prefix(Self.pairLimit)
      .map { difference(found[$0].pair, found[$0].both) }
  }

  private func score(_ pair: Candidate, _ both: Int) -> Double {
    Sides(pair.selected, both).difference(of: whole)
  }

  private func gain(_ pair: Candidate, _ both: Int) -> Double {
    score(pair, both) - max(values[pair.first].size, values[pair.second].size)
  }

  private func difference(_ pair: Candidate, _ both: Int) -> PairDifference {
    let (first, second) = (values[pair.first], values[pair.second])
    let counts = Sides(pair.selected, both)
    return PairDifference(
      fields: [fields[first.field].field, fields[second.field].field],
      values: [fields[first.field].value(first.number), fields[second.field].value(second.number)],
      counts: counts, score: abs(counts.difference(of: whole)), alone: [first.size, second.size],
      aloneCounts: [first.counts, second.counts])
  }

  /// Pairs that may tell something beyond their values, those first that may tell most.
  private func candidates(_ selected: [Int]) -> [Candidate] {
    var found: [Candidate] = []
    for first in values.indices {
      for second in values.indices
      where second > first && values[second].field != values[first].field {
        let both = selected[first * values.count + second]
        let (a, b) = (values[first], values[second])
        let least = max(0, a.counts.baseline + b.counts.baseline - whole.baseline)
        let bound = Sides(both, least).difference(of: whole)
        if bound - max(a.size, b.size) >= Self.leastGain {
          found.append(Candidate(first: first, second: second, selected: both, bound: bound))
        }
      }
    }
    return found.sorted { ($1.bound, $0.first, $0.second) < ($0.bound, $1.first, $1.second) }
  }

  // MARK: Segments

  /// Which units of a segment have each value.
  private struct Marked: Sendable {
    /// Units of the selection with each pair of values.
    var selected: [UInt32]
    /// For each value the baseline's units that have it.
    var baseline: [Bitmap]

    func baseline(of pairs: [(Int, Int)]) -> [Int] {
      pairs.map { first, second in
        baseline[first].withUnsafeWords { first in
          baseline[second].withUnsafeWords { second in
            var count = 0
            for word in first.indices { count &+= (first[word] & second[word]).nonzeroBitCount }
            return count
          }
        }
      }
    }
  }

  private func mark(_ index: Int) throws -> Marked {
    let own = units[index]
    var reader = SegmentReader(own.view)
    let sides = own.units
    var rows: [Int] = []
    sides.selected.forEachSet { rows.append($0) }
    var chosen: [Bitmap] = []
    var baseline: [Bitmap] = []
    for field in fields.indices {
      try Cancellation.check()
      let numbers = values.filter { $0.field == field }.map(\.number)
      guard let part = fields[field].parts[index] else {
        chosen += numbers.map { _ in Bitmap(repeating: false, count: rows.count) }
        baseline += numbers.map { _ in Bitmap(repeating: false, count: own.limit) }
        continue
      }
      let known = fields[field].numbers[index]
      let codes = numbers.map { number in
        known.firstIndex(of: number).map { part.codes[$0] }
      }
      let masks = try UnitMarks.masks(fields[field].field, part, codes, own, &reader)
      for bit in numbers.indices {
        let bit = UInt8(bit)
        chosen.append(Kernels.bitmap(rows.count) { masks[rows[$0]] &>> bit & 1 })
        var all = Kernels.bitmap(own.limit) { masks[$0] &>> bit & 1 }
        all.formAnd(sides.baseline)
        baseline.append(all)
      }
    }
    return Marked(selected: Self.pairs(chosen), baseline: baseline)
  }

  /// Units with each pair of values.
  private static func pairs(_ bits: [Bitmap]) -> [UInt32] {
    var counts = [UInt32](repeating: 0, count: bits.count * bits.count)
    for first in bits.indices {
      guard !bits[first].isEmpty else { continue }
      bits[first].withUnsafeWords { own in
        for second in first + 1..<bits.count {
          bits[second].withUnsafeWords { other in
            var count = 0
            for word in own.indices { count &+= (own[word] & other[word]).nonzeroBitCount }
            counts[first * bits.count + second] = UInt32(truncatingIfNeeded: count)
          }
        }
      }
    }
    return counts
  }
}
