import Explorer
import Screen
import Testing
import Views

@Suite struct FooterTests {
  @Test("whatever is cut, help and the way out stay", arguments: [60, 70, 80, 100, 120, 200])
  func wayOut(width: Int) {
    for screen in ["1", "2", "3"] {
      var state = AppState()
      _ = state.update(.resize(width: width, height: 30))
      _ = state.update(.key(.character(Character(screen))))
      let footer = AppView.draw(state).text.split(separator: "\n").last.map(String.init) ?? ""
      #expect(footer.hasPrefix(" ? help"), "\(footer)")
      #expect(footer.hasSuffix("q quit"), "\(footer)")
    }
  }
}
