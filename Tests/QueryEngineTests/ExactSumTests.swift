import QueryEngine
import TestSupport
import Testing

@Suite struct ExactSumTests {
  private static func sum(_ values: [Double]) -> Double {
    var sum = ExactSum()
    for value in values { sum.add(value) }
    return sum.finish()
  }

  @Test("Large numbers that cancel leave the small one")
  func cancellation() {
    #expect(Self.sum([1e300, 1, -1e300]) == 1)
    #expect(Self.sum([1e16, 1, 1, -1e16]) == 2)
    #expect(Self.sum([0x1p-1074, 1, -1]) == 0x1p-1074)
  }

  @Test("The result is the nearest double, ties to even")
  func rounding() {
    // 2^53 + 1 lies between two doubles, and the even one is 2^53.
    #expect(Self.sum([0x1p53, 1]) == 0x1p53)
    #expect(Self.sum([0x1p53, 1, 0x1p-60]) == 0x1p53 + 2)
    // Ten tenths as doubles are a little more than one, but one is the nearest double.
    #expect(Self.sum([Double](repeating: 0.1, count: 10)) == 1)
  }

  @Test("Infinities stay, opposite ones make NaN, NaN is left out")
  func special() {
    #expect(Self.sum([.infinity, 1]) == .infinity)
    #expect(Self.sum([-.infinity, 1]) == -.infinity)
    #expect(Self.sum([.infinity, -.infinity]).isNaN)
    #expect(Self.sum([.nan, 2]) == 2)
    #expect(Self.sum([.greatestFiniteMagnitude, .greatestFiniteMagnitude]) == .infinity)
    #expect(Self.sum([]) == 0)
  }

  @Test("Integers past 53 bits are not rounded before the end")
  func integers() {
    var sum = ExactSum()
    sum.add(Int64.max)
    sum.add(Int64.max)
    sum.add(Int64.min)
    sum.add(Int64.min)
    #expect(sum.finish() == -2)
  }

  @Test("Any order and any cut into parts gives the same bits")
  func order() {
    let seed = TestSeed.next()
    var random = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      var values = (0..<Int.random(in: 1...60, using: &random)).map { _ in
        let scale = Int.random(in: -300...300, using: &random)
        let part = Double.random(in: -1...1, using: &random)
        return Double(sign: .plus, exponent: scale, significand: 1) * part
      }
      let whole = Self.sum(values).bitPattern
      values.shuffle(using: &random)
      let cut = Int.random(in: 0...values.count, using: &random)
      var (first, second) = (ExactSum(), ExactSum())
      for value in values[..<cut] { first.add(value) }
      for value in values[cut...] { second.add(value) }
      second.merge(first)
      #expect(second.finish().bitPattern == whole, "seed \(seed)")
    }
  }
}
