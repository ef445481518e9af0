import QueryLanguage

/// The rows of a heatmap: which values each one takes.
struct HeatmapEdges: Sendable {
  /// Ascending; one more than there are rows.
  let edges: [Double]
  private let scale: Scale

  private enum Scale: Sendable {
    /// Rows of 1/`steps` octave; row 0 is `first` steps above 1. `below` when a row for zero and
    /// less lies under them.
    case steps(Int, first: Int, below: Bool)
    /// Rows of `octaves` octaves.
    case octaves(Int, first: Int, below: Bool)
    case linear
  }

  var height: Int { edges.count - 1 }

  /// - Parameters:
  ///   - least: the smallest value, and `positive` the smallest above zero (nil: none is).
  ///   - rows: at most.
  init(_ scale: HeatmapScale, least: Double, positive: Double?, most: Double, rows: Int) {
    let rows = max(2, rows)
    let limit = Double.greatestFiniteMagnitude
    let (least, most) = (max(least, -limit), min(most, limit))
    if scale == .linear || positive == nil {
      self.scale = .linear
      edges = Self.linear(least, most, rows)
    } else {
      let hasBelow = least <= 0
      let from = min(positive ?? 1, limit)
      let ladder = Ladder(from, most, rows: hasBelow ? rows - 1 : rows)
      self.scale =
        ladder.octaves > 0
        ? .octaves(ladder.octaves, first: ladder.first, below: hasBelow)
        : .steps(ladder.steps, first: ladder.first, below: hasBelow)
      edges = (hasBelow ? [min(0, least)] : []) + ladder.edges
    }
  }

  /// Where the rows of a logarithmic heatmap lie: as fine as `rows` allow, at most 64 an octave.
  private struct Ladder {
    var steps = 0
    var octaves = 0
    var first = 0
    var edges: [Double] = []

    init(_ low: Double, _ high: Double, rows: Int) {
      for steps in [64, 32, 16, 8, 4, 2, 1] {
        (self.steps, first) = (steps, Octave.step(low, steps))
        let last = Octave.step(high, steps)
        guard last - first < rows else { continue }
        edges = (first...last + 1).map { Octave.value($0, steps) }
        return
      }
      octaves = 2
      while true {
        first = Octave.floor(low.exponentInt, octaves)
        let last = Octave.floor(high.exponentInt, octaves)
        if last - first < rows || octaves >= 2_048 {
          edges = (first...last + 1).map { Octave.value($0 * octaves, 1) }
          return
        }
        octaves *= 2
      }
    }
  }

  private static func linear(_ least: Double, _ most: Double, _ rows: Int) -> [Double] {
    guard least < most else { return [least, max(least + 1, least.nextUp)] }
    let width = most / Double(rows) - least / Double(rows)
    var edges = (0..<rows).map { least + width * Double($0) }
    edges.append(most)
    return edges
  }

  /// The row of a value that lies between the edges; others go to the nearest row.
  @inline(__always)
  func row(_ value: Double) -> Int {
    let row: Int
    switch scale {
    case .steps(let steps, let first, let below):
      if value <= 0 { return 0 }
      row = Octave.step(value, steps) - first + (below ? 1 : 0)
    case .octaves(let octaves, let first, let below):
      if value <= 0 { return 0 }
      row = Octave.floor(value.exponentInt, octaves) - first + (below ? 1 : 0)
    case .linear:
      let part = (value - edges[0]) / (edges[height] - edges[0]) * Double(height)
      var guess = part.isFinite ? Int(max(0, min(part, Double(height - 1)))) : 0
      if guess > 0, value < edges[guess] { guess -= 1 }
      if guess + 1 < height, value >= edges[guess + 1] { guess += 1 }
      row = guess
    }
    return max(0, min(row, height - 1))
  }
}

/// Octaves cut into equal ratios, exactly the same however fine: every edge of a coarse cut is an
/// edge of the finer ones.
enum Octave {
  /// 2^(i/64) for i in 0..<64.
  static let roots: [Double] = {
    var root = 2.0
    var bits: [Double] = []
    for _ in 0..<6 {
      root = root.squareRoot()
      bits.append(root)
    }
    // bits[0] is 2^(1/2), so bit 5 of an index is worth bits[0].
    return (0..<64).map { index in
      (0..<6).reduce(1.0) { index >> (5 - $1) & 1 == 1 ? $0 * bits[$1] : $0 }
    }
  }()

  /// The step of 1/`steps` octave that a positive number lies in, counted from 1.
  @inline(__always)
  static func step(_ value: Double, _ steps: Int) -> Int {
    let significand = value.significand
    let stride = 64 / steps
    // The linear part of the significand is never too low by more than a few steps.
    var low = 0
    var high = steps
    while high - low > 1 {
      let middle = (low + high) / 2
      if significand < roots[middle * stride] { high = middle } else { low = middle }
    }
    return value.exponentInt * steps + low
  }

  /// The lower edge of a step, at most the largest double.
  static func value(_ step: Int, _ steps: Int) -> Double {
    let exponent = floor(step, steps)
    let rest = step - exponent * steps
    let value = Double(sign: .plus, exponent: exponent, significand: roots[rest * (64 / steps)])
    return min(value, .greatestFiniteMagnitude)
  }

  /// Division rounded down.
  @inline(__always)
  static func floor(_ value: Int, _ divisor: Int) -> Int {
    value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor)
  }
}

extension Double {
  fileprivate var exponentInt: Int { isFinite ? Int(exponent) : 1_023 }
}
