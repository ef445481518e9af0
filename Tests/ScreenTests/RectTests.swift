import Screen
import TestSupport
import Testing

@Suite struct RectTests {
  @Test("halves of a rectangle are the rectangle, whatever is asked for")
  func splitting() {
    let rect = Rect(x: 2, y: 3, width: 10, height: 6)
    for count in [-4, 0, 3, 6, 10, 99] {
      let (top, rest) = rect.splitTop(count)
      #expect(top.height + rest.height == 6)
      #expect(top.y == 3 && rest.y == top.bottom && rest.bottom == 9)
      let (left, right) = rect.splitLeft(count)
      #expect(left.width + right.width == 10)
      #expect(left.x == 2 && right.x == left.right && right.right == 12)
    }
  }

  @Test("an inset too large is empty, never negative")
  func insets() {
    #expect(Rect(x: 0, y: 0, width: 3, height: 1).inset().isEmpty)
    #expect(
      Rect(x: 0, y: 0, width: 9, height: 9).inset(2, 1) == Rect(x: 2, y: 1, width: 5, height: 7))
    #expect(Rect(x: 0, y: 0, width: -5, height: 2).width == 0)
  }

  @Test("an intersection holds exactly the cells that both hold", arguments: 0..<30)
  func intersections(_ seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let a = rect(&random)
    let b = rect(&random)
    let both = a.intersection(b)
    for y in -2..<14 {
      for x in -2..<14 {
        #expect(
          both.contains(x, y) == (a.contains(x, y) && b.contains(x, y)), "seed \(seed), \(x) \(y)")
      }
    }
  }

  @Test("centred in too small a place it is the place")
  func centering() {
    let index = Rect(x: 1, y: 1, width: 10, height: 4)
    #expect(index.centered(width: 4, height: 2) == Rect(x: 4, y: 2, width: 4, height: 2))
    #expect(index.centered(width: 40, height: 20) == index)
  }

  private func rect(_ random: inout SeededGenerator) -> Rect {
    Rect(
      x: .random(in: 0...8, using: &random), y: .random(in: 0...8, using: &random),
      width: .random(in: 0...6, using: &random), height: .random(in: 0...6, using: &random))
  }
}
