import Screen
import Testing

@Suite struct KeyTests {
  @Test("keys are named as help writes them")
  func names() {
    #expect(Key.character("q").name == "q")
    #expect(Key.character(" ").name == "Space")
    #expect(Key.control("d").name == "Ctrl-d")
    #expect(Key.alt("x").name == "Alt-x")
    #expect(Key.backTab.name == "Shift-Tab")
    #expect(Key.pageDown.name == "PgDn")
    #expect(Key.function(5).name == "F5")
  }

  @Test("ten groups have ten roles, the eleventh the first again")
  func series() {
    #expect(Set((0..<10).map(Role.series)).count == 10)
    #expect(Role.series(10) == .series1)
    #expect(Role.series(-1) == .series10)
  }
}
