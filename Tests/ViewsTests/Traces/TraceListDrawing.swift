import Explorer
import QueryLanguage
import Screen
import Telemetry
import Testing
import Views

@Suite struct TraceListDrawing {
  private func screen(_ width: Int, isUnicode: Bool = true) -> [String] {
    var state = AppState()
    state.around.isUnicode = isUnicode
    _ = state.update(.resize(width: width, height: 24))
    _ = state.update(.key(.character("3")))
    let text = AppView.draw(state).text
    return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  @Test("the column the list is sorted by has the arrow", arguments: [60, 80, 120, 200])
  func titles(width: Int) throws {
    let titles = screen(width)[2]
    for name in ["time↓", "service and name", "spans"] {
      #expect(titles.contains(name), "\(titles)")
    }
    #expect(titles.contains(width >= 100 ? "duration" : "length"), "\(titles)")
    #expect(titles.count <= width)
  }

  @Test("titles are ASCII where the terminal is")
  func ascii() { #expect(screen(120, isUnicode: false)[2].contains("timev")) }
}
