/// Finds the row of a field's numbers without turning each into a double.
struct HeatmapRows: Sendable {
  private let bins: ValueBins
  /// The lowest row of each bin.
  private let rowOfBin: [UInt16]
  /// The smallest number of each row, and one past all.
  private let firsts: [Int64]

  let height: Int

  init(_ edges: HeatmapEdges, _ kind: NumberKind, _ bounds: ClosedRange<Int64>) {
    height = edges.height
    let bins = ValueBins(bounds, isLinear: kind == .double)
    self.bins = bins
    let firsts = (0..<edges.height).map { row in
      row == 0 ? bounds.lowerBound : Self.first(bounds) { edges.row(kind.double($0)) >= row }
    }
    self.firsts = firsts + [.max]
    var rows = [UInt16](repeating: 0, count: bins.count)
    var row = 0
    for bin in rows.indices {
      while row + 1 < firsts.count, firsts[row + 1] <= bounds.upperBound,
        bins.bin(firsts[row + 1]) < bin
      {
        row += 1
      }
      rows[bin] = UInt16(truncatingIfNeeded: row)
    }
    rowOfBin = rows
  }

  private static func first(
    _ bounds: ClosedRange<Int64>, where isPast: (Int64) -> Bool
  ) -> Int64 {
    var (low, high) = (bounds.lowerBound, bounds.upperBound)
    guard isPast(high) else { return .max }
    while low < high {
      let middle = low &+ Int64(bitPattern: UInt64(bitPattern: high &- low) / 2)
      if isPast(middle) { high = middle } else { low = middle &+ 1 }
    }
    return low
  }

  /// Adds each value to its row's count.
  func count(
    _ values: UnsafeBufferPointer<Int64>, into counts: UnsafeMutablePointer<UInt32>
  ) {
    rowOfBin.withUnsafeBufferPointer { rowOfBin in
      firsts.withUnsafeBufferPointer { firsts in
        for value in values {
          var row = Int(rowOfBin[bins.bin(value)])
          while value >= firsts[row &+ 1], row &+ 1 < height { row &+= 1 }
          counts[row] &+= 1
        }
      }
    }
  }
}
