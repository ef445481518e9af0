import SpanStore
import TestSupport
import Testing

/// Bitmaps against sets of integers.
@Suite struct BitmapLaws {
  @Test("every operation does to the bits what it does to a set", arguments: 1...60)
  func operations(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let count = Int.random(in: 1...200, using: &random)
    let all = Set(0..<count)
    var (bits, model) = (Bitmap(repeating: false, count: count), Set<Int>())
    var (other, otherModel) = (Bitmap(repeating: true, count: count), all)
    for _ in 0..<40 {
      let first = Int.random(in: 0...count, using: &random)
      let range = first..<Int.random(in: first...count, using: &random)
      switch Int.random(in: 0..<7, using: &random) {
      case 0:
        bits.formAnd(other)
        model.formIntersection(otherModel)
      case 1:
        bits.formOr(other)
        model.formUnion(otherModel)
      case 2:
        bits.formAndNot(other)
        model.subtract(otherModel)
      case 3:
        bits.formNot()
        model = all.subtracting(model)
      case 4:
        bits.insert(range)
        model.formUnion(range)
      case 5:
        other.remove(range)
        otherModel.subtract(range)
      default:
        let index = Int.random(in: 0..<count, using: &random)
        other[index].toggle()
        otherModel.formSymmetricDifference([index])
      }
      check(bits, model, seed)
      check(other, otherModel, seed)
    }
  }

  private func check(_ bits: Bitmap, _ model: Set<Int>, _ seed: UInt64) {
    var seen: [Int] = []
    bits.forEachSet { seen.append($0) }
    #expect(seen == model.sorted(), "seed \(seed)")
    #expect(bits.popcount == model.count && bits.isEmpty == model.isEmpty, "seed \(seed)")
    #expect((0..<bits.count).allSatisfy { bits[$0] == model.contains($0) }, "seed \(seed)")
    // Nothing behind the last bit, or equal bitmaps would differ.
    let words = bits.withUnsafeWords { Array($0) }
    #expect(words.reduce(0) { $0 + $1.nonzeroBitCount } == model.count, "seed \(seed)")
  }
}
