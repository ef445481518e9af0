import Explorer
import TestSupport
import Testing

/// Rows come, go and change positions; a person moves among them.
@Suite struct ListModelLaws {
  private struct Row: Sendable { var id: Int }

  private static func seeds() -> [UInt64] {
    var random = SeededGenerator(seed: TestSeed.next())
    return (0..<200).map { _ in random.next() }
  }

  @Test(
    "the cursor is in the list, in sight, and on its row while that is there", arguments: seeds())
  func identity(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let page = Int.random(in: 1...12, using: &random)
    var list = ListModel<Row>()
    var ids: [Int] = []
    for step in 0..<60 {
      if Bool.random(using: &random) {
        let motion = Motion.allCases.randomElement(using: &random) ?? .down
        list.move(motion, page: page)
      } else {
        let before = list.current?.id
        let wasFirst = list.isAtFirst
        let line = list.selected - list.visible(page: page).lowerBound
        ids.removeAll { _ in Int.random(in: 0..<8, using: &random) == 0 }
        ids.insert(
          contentsOf: [step * 2, step * 2 + 1], at: .random(in: 0...ids.count, using: &random))
        if Int.random(in: 0..<5, using: &random) == 0 { ids.shuffle(using: &random) }
        list.receive(ids.map(Row.init), by: \.id, anchor: .first, page: page)
        if wasFirst {
          #expect(list.isAtFirst, "seed \(seed)")
        } else if let before, let index = ids.firstIndex(of: before) {
          #expect(list.current?.id == before, "seed \(seed)")
          let isRoom = index - line >= 0 && index - line + page <= ids.count
          let now = list.selected - list.visible(page: page).lowerBound
          if isRoom { #expect(now == line, "seed \(seed): it left its line") }
        }
      }
      #expect(list.rows.isEmpty ? list.selected == 0 : list.rows.indices.contains(list.selected))
      #expect(list.rows.isEmpty || list.visible(page: page).contains(list.selected), "seed \(seed)")
    }
  }

  @Test("who is on the last row stays there; who is not stays on the row as the oldest go")
  func last() {
    var list = ListModel<Row>()
    list.append((0..<5).map(Row.init), limit: 8)
    #expect(list.current?.id == 4)
    list.append((5..<10).map(Row.init), limit: 8)
    #expect(list.count == 8 && list.current?.id == 9 && list.rows[0].id == 2)
    list.move(.up, page: 3)
    list.append((10..<13).map(Row.init), limit: 8)
    #expect(list.current?.id == 8)
    list.append((13..<30).map(Row.init), limit: 8)
    #expect(list.current?.id == 22, "its row is gone: the nearest that is left")
  }
}
