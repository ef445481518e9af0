import Explorer
import QueryLanguage
import Screen
import Telemetry
import Testing
import TraceSupport
import Views

/// Marks of the Trace screen that a page of paper does not have, and structures that are broken.
@Suite struct TraceMarksDrawings {
  @Test("several roots stand in the order of their start, whatever the order they came in")
  func roots() {
    var trace = TraceBuilder()
    trace.span(1, "third", 60, 70)
    trace.span(2, "first", 0, 10)
    trace.span(3, "second", 30, 40)
    let rows = WaterfallDrawings.rows(trace, width: 80).split(separator: "\n")
    #expect(rows.count == 3)
    for (row, name) in zip(rows, ["first", "second", "third"]) { #expect(row.contains(name)) }
  }

  @Test("a span that is its own parent is a root and says so")
  func ownParent() {
    var trace = TraceBuilder()
    trace.span(7, in: 7, "selfish", 0, 10)
    trace.span(8, in: 7, "child", 2, 4)
    let rows = WaterfallDrawings.rows(trace, width: 80).split(separator: "\n")
    #expect(rows.count == 2)
    #expect(rows[0].contains("selfish cycle cut") && rows[1].contains("└─ ●  child"))
  }

  @Test("a folded span keeps the tails of what it hides, with the amounts")
  func foldedTails() {
    var trace = TraceBuilder()
    trace.span(1, "root", 0, 100)
    trace.span(2, in: 1, "parent", 20, 40)
    trace.span(3, in: 2, "early", 10, 30)
    trace.span(4, in: 2, "late", 30, 90)
    var stage = TraceStage(trace.view)
    stage.press(.down, .character(" "))
    let row = Self.lines(stage).first { $0.contains("▸● parent") || $0.contains("▸●  parent") }
    #expect(row?.contains("20.0ms  -10.0ms  +50.0ms") == true)
    #expect(row?.contains("╌") == true)
  }

  @Test("the minimap has the density, errors, and the part that the bars show")
  func minimap() {
    var trace = TraceBuilder()
    trace.span(1, "root", 0, 100)
    for child in 0..<4 {
      trace.span(UInt64(child + 2), in: 1, "call \(child)", 50, 60, status: .error)
    }
    var stage = TraceStage(trace.view, width: 120, height: 36)
    let map = Self.lines(stage)[2...4].map { String($0.prefix(83)) }
    #expect(map[0].contains("5 at once"))
    #expect(map[1].filter { $0 == "✗" }.count == 1)
    let whole = map[2].filter { $0 == "━" }.count
    #expect(whole == 83, "the bars show all of it")
    stage.press(.character("+"), .character("+"))
    let zoomed = Self.lines(stage)
    #expect(abs(zoomed[4].prefix(83).filter { $0 == "━" }.count - whole / 4) <= 1)
    #expect(zoomed.contains { $0.contains("25.0ms shown") })
    stage.press(.character(">"))
    let panned = Self.lines(stage)[4].prefix { $0 != "━" }.count
    #expect(panned > zoomed[4].prefix { $0 != "━" }.count, "later is further right")
    stage.press(.character("0"))
    #expect(Self.lines(stage)[4].prefix(83).allSatisfy { $0 == "━" })
  }

  @Test("the critical path alone says so, and its ancestors stay")
  func critical() {
    var stage = TraceStage(SampleTraces.checkout)
    stage.press(.character("P"))
    let lines = Self.lines(stage)
    #expect(lines.contains { $0.contains("critical path only") })
    #expect(lines.contains { $0.contains("gateway") } && lines.contains { $0.contains("charge") })
  }

  @Test("the name under the cursor can be read whatever has the keys", arguments: [false, true])
  func matchUnderCursor(isInNotes: Bool) throws {
    var stage = TraceStage(SampleTraces.fibonacci(5))
    stage.press(.character("/"))
    stage.type("index=1")
    stage.press(.enter)
    if isInNotes { stage.press(.character("i")) }
    let grid = AppView.draw(stage.state)
    let rows = grid.text.split(separator: "\n", omittingEmptySubsequences: false)
    let y = try #require(rows.firstIndex { $0.hasPrefix("▸") && $0.contains("HTTP GET") })
    let x = try #require(
      rows[y].firstIndex(of: "H").map { rows[y].distance(from: rows[y].startIndex, to: $0) })
    #expect(grid[x, y].ink.front == .role(.text))
  }

  @Test("no line of the notes is wider than its place")
  func notes() {
    var trace = TraceBuilder()
    let name = String(repeating: "long.name/", count: 9)
    trace.span(1, name, 0, 100)
    for child in 0..<6 {
      trace.span(UInt64(child + 2), in: 1, name, Double(child) * 10, Double(child) * 10 + 9)
    }
    let lines = TraceText.lines(trace.view, width: 40)
    #expect(lines.contains { $0.contains("many alike") })
    #expect(lines.allSatisfy { $0.count <= 40 })
  }

  private static func lines(_ stage: TraceStage) -> [String] {
    AppView.draw(stage.state).text.split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
  }
}
