import QueryEngine
import TestSupport
import Testing

@Suite struct RankSelectionLaws {
  @Test(
    "The values at wanted ranks among slices are those of the sorted values",
    // With windows too narrow the sample is wrong most of the time.
    arguments: [3.5, 0.05])
  func ranks(deviations: Double) {
    let seed = TestSeed.next()
    var random = SeededGenerator(seed: seed)
    var selection = RankSelection(deviations: deviations)
    for round in 0..<60 {
      let count = Int.random(in: 1...(round % 3 == 0 ? 60_000 : 20_000), using: &random)
      let values = Self.values(round, count, &random)
      let sorted = values.sorted()
      let ranks = (0..<Int.random(in: 1...5, using: &random))
        .map { _ in Int.random(in: 0..<count, using: &random) }.sorted()
      let cut = Int.random(in: 0...count, using: &random)
      let found = values.withUnsafeBufferPointer { all in
        selection.values(
          at: ranks + [count - 1],
          in: [
            UnsafeBufferPointer(rebasing: all[..<cut]), UnsafeBufferPointer(rebasing: all[cut...]),
          ])
      }
      #expect(found == (ranks + [count - 1]).map { sorted[$0] }, "seed \(seed), round \(round)")
    }
  }

  /// Orders and repetitions that samples and pivots may be wrong about.
  private static func values(
    _ round: Int, _ count: Int, _ random: inout SeededGenerator
  ) -> [Int64] {
    switch round % 8 {
    case 0: (0..<count).map { _ in Int64.random(in: .min ... .max, using: &random) }
    case 1: (0..<count).map { _ in Int64.random(in: 0...1, using: &random) }
    case 2: [Int64](repeating: 7, count: count)
    case 3: (0..<count).map { Int64($0) }
    case 4: (0..<count).map { Int64(count - $0) }
    // A rhythm: every 256th value is of another size.
    case 5: (0..<count).map { $0 % 256 == 0 ? .max - Int64($0) : Int64($0 % 100) }
    // Nearly all equal, at either end.
    case 6: (0..<count).map { $0 % 1_000 == 3 ? Int64($0) : .max }
    default: (0..<count).map { _ in 1 << Int64.random(in: 0...40, using: &random) }
    }
  }
}
