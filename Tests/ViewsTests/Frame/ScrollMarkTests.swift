import Explorer
import Screen
import Telemetry
import Testing
import TraceSupport

@testable import Views

/// The mark beside a list of which rows are hidden.
@Suite struct ScrollMarkTests {
  /// The lines, of ten, that have the mark.
  private func lines(_ shown: Range<Int>, of count: Int) -> [Int] {
    var grid = Grid(width: 3, height: 10)
    grid.scrollMark(shown, of: count, x: 2, beside: grid.bounds)
    return (0..<10).filter { grid[2, $0].character == "┃" }
  }

  @Test("as long as the share shown, at an end only where the list is; nothing where all is shown")
  func places() {
    #expect(lines(0..<10, of: 10) == [])
    #expect(lines(0..<5, of: 5) == [])
    #expect(lines(0..<10, of: 20) == [0, 1, 2, 3, 4])
    #expect(lines(10..<20, of: 20) == [5, 6, 7, 8, 9])
    #expect(lines(0..<10, of: 1_000_000) == [0])
    #expect(lines(1..<11, of: 1_000_000) == [1])
    #expect(lines(999_989..<999_999, of: 1_000_000) == [8])
    #expect(lines(999_990..<1_000_000, of: 1_000_000) == [9])
    #expect(lines(1..<11, of: 12) == [1, 2, 3, 4, 5, 6, 7, 8])
  }

  @Test("beside the waterfall, and beside the help, when they do not fit")
  func screens() {
    var trace = TraceBuilder()
    trace.span(1, "root", 0, 100)
    for child in 0..<60 { trace.span(UInt64(child + 2), in: 1, "call \(child)", 0, 100) }
    var stage = TraceStage(trace.view, width: 80, height: 24)
    // A page of one level that is larger than the page.
    #expect(stage.model.rows.count == 61)
    #expect(AppView.draw(stage.state).text.contains("┃"))
    stage.press(.left)
    // The root alone; the panel below has a mark of its own.
    let lines = AppView.draw(stage.state).text.split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(stage.model.rows.count == 1 && !lines[3..<10].contains { $0.contains("┃") })
    var state = AppState(started: AppSetup(width: 80, height: 24, now: .zero))
    #expect(!AppView.draw(state).text.contains("┃"))
    _ = state.update(.key(.character("?")))
    #expect(AppView.draw(state).text.contains("┃"))
  }
}
