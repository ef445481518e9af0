import QueryEngine
import TestSupport
import Testing

@Suite struct RankPartitionLaws {
  @Test("The values at wanted ranks are those of the sorted values, whatever their order")
  func ranks() {
    let seed = TestSeed.next()
    var random = SeededGenerator(seed: seed)
    for round in 0..<400 {
      let count = Int.random(in: 1...(round % 20 == 0 ? 5_000 : 200), using: &random)
      let spreads: [Int64] = [0, 1, 3, 1_000, .max]
      let spread = spreads.randomElement(using: &random) ?? 1
      var values = (0..<count).map { _ in Int64.random(in: -spread...spread, using: &random) }
      switch round % 5 {
      case 0: values.sort()
      case 1: values.sort(by: >)
      // An organ pipe.
      case 2: values = (0..<count).map { Int64(min($0, count - $0)) }
      default: break
      }
      let sorted = values.sorted()
      let ranks = (0..<Int.random(in: 1...6, using: &random))
        .map { _ in Int.random(in: 0..<count, using: &random) }.sorted()
      values.withUnsafeMutableBufferPointer { RankPartition.select(ranks[...], in: $0) }
      #expect(ranks.allSatisfy { values[$0] == sorted[$0] }, "seed \(seed), round \(round)")
      #expect(values.sorted() == sorted, "seed \(seed), round \(round)")
    }
  }
}
