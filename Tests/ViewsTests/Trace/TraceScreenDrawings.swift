import Explorer
import QueryLanguage
import Screen
import Telemetry
import TestSupport
import Testing
import TraceSupport
import Views

/// The Trace screen as a whole.
@Suite struct TraceScreenDrawings {
  @Test("80x24: waterfall above, the fields of the span below")
  func small() {
    var stage = TraceStage(SampleTraces.checkout, width: 80, height: 24)
    stage.press(.character("e"))
    let lines = Self.lines(stage)
    #expect(
      lines[1]
        == " trace 9850b11f…  frontend POST /checkout    00:00 · 130ms · 10 spans · 1 error")
    #expect(
      lines[3...8] == [
        " ⚠▾●S frontend POST /checkout     ━━▄▄▄▄▄▄▄━▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄ 100ms  +30.0ms",
        "  ├─▾■S cart cart                   ━━━━▄━▖ 20.0ms",
        "  │ └─▸■C SELECT items ×5           ▒▒▒▒▒▒ 2.00ms / 2.20ms / 2.40ms",
        "▸✗├─▾▲C payment charge                      ▗━▄▄▄▄▄●▄▄▄▄▄▄▄▄▄▄━●━  ✗ 60.0ms",
        "  │ └─ ▲  gateway                             ━━━━━━━━━━━━━━━▖ 45.0ms",
        "  └─ ◆P mail send mail                                    38.0ms ⇄━━━▄▄▄▄▄▄▄▄▄▄",
      ])
    #expect(lines[16].hasPrefix("╭ Fields Events 2 Links Resource JSON "))
    #expect(lines[17].hasPrefix("│name            charge"))
  }

  @Test("the foot counts the matches of a search")
  func search() {
    var stage = TraceStage(SampleTraces.checkout)
    stage.press(.character("/"))
    stage.type("items")
    #expect(Self.lines(stage).contains { $0.contains("/ items") && $0.contains("5 matches") })
    stage.press(.enter, .character("n"))
    #expect(Self.lines(stage).contains { $0.contains("/ items  2/5") })
  }

  @Test("the puzzle: how many /fib?index=1 inside one /fib?index=5, by / alone")
  func puzzle() {
    var stage = TraceStage(SampleTraces.fibonacci(5))
    stage.press(.character("/"))
    stage.type("/fib?index=1")
    // Each call is found twice, where it is asked and where it is served; the counts stand apart.
    let kinds = "5 HTTP GET client · 5 GET /fib server"
    #expect(Self.lines(stage).contains { $0.contains("10 matches") && $0.contains(kinds) })
    stage.press(.enter)
    #expect(Self.lines(stage).contains { $0.contains("/ /fib?index=1  1/10  \(kinds)") })
    #expect(Self.lines(stage).contains { $0.contains("GET /fib") && $0.contains("/fib?index=1") })
  }

  @Test("a match says which field it is for when its name does not tell")
  func reason() {
    var trace = TraceBuilder()
    trace.span(1, "root", 0, 10)
    trace.span(2, in: 1, "call", 1, 9, [("user.id", .integer(4711)), ("zone", .text("4711x"))])
    var stage = TraceStage(trace.view)
    stage.press(.character("/"))
    stage.type("4711")
    #expect(Self.lines(stage).contains { $0.contains("call user.id=4711") })
    stage.press(.escape, .character("/"))
    stage.type("zone=4711")
    #expect(Self.lines(stage).contains { $0.contains("call zone=4711x") })
    stage.press(.escape, .character("/"))
    stage.type("call")
    #expect(!Self.lines(stage).contains { $0.contains("user.id=4711  ") })
  }

  @Test("nothing to show says why")
  func empty() {
    var stage = TraceStage(SampleTraces.checkout)
    _ = stage.state.update(.open(.trace(TraceID(high: 1, low: 2), nil)))
    #expect(Self.lines(stage).contains { $0.contains("assembling trace 0000000000000001") })
    stage.show(nil)
    #expect(Self.lines(stage).contains { $0.contains("is not held") })
  }

  @Test("a value takes three rows of the panel at most")
  func wrapping() {
    var trace = TraceBuilder()
    trace.span(1, "root", 0, 1, [("long", .text(String(repeating: "abcdefghij", count: 40)))])
    var stage = TraceStage(trace.view)
    stage.press(.tab)
    let rows = Self.lines(stage).filter { $0.contains("abcdefghij") }
    #expect(rows.count == 3)
    #expect(rows[2].contains("…"))
  }

  @Test("exceptions are read line by line in the events")
  func exceptions() {
    var stage = TraceStage(SampleTraces.checkout, width: 140)
    stage.press(.character("e"), .tab, .right)
    let text = Self.lines(stage).joined(separator: "\n")
    #expect(text.contains("exception"))
    #expect(text.contains("+55.0ms"), "85 ms is 55 ms after the span's start")
    #expect(text.contains("    at main"))
  }

  @Test("statistics and flame graph name every group")
  func tabs() {
    var stage = TraceStage(SampleTraces.checkout)
    stage.press(.character("}"))
    let table = Self.lines(stage).joined(separator: "\n")
    for name in ["payment gateway", "mail send mail", "cart SELECT items"] {
      #expect(table.contains(name))
    }
    stage.press(.character("}"))
    let flames = Self.lines(stage).joined(separator: "\n")
    for name in ["POST /checkout", "charge", "gateway", "send mail", "cart"] {
      #expect(flames.contains(name))
    }
  }

  @Test(
    "statistics have all their figures from 80 columns on", arguments: [80, 91, 92, 100, 120, 200])
  func statistics(width: Int) {
    var stage = TraceStage(SampleTraces.checkout, width: width, height: 24)
    stage.press(.character("}"))
    let lines = Self.lines(stage)
    let titles = lines.first { $0.contains("by service and name") } ?? ""
    var index = titles.startIndex
    for name in ["count", "total", "self", "P50", "P95", "max", "errors"] {
      let found = titles[index...].firstRange(of: name)
      #expect(found != nil, "\(name) in \(titles)")
      index = found?.upperBound ?? index
    }
    #expect(lines.allSatisfy { $0.count <= width })
  }

  @Test("where a service and a name do not both fit, the service is cut")
  func narrow() {
    var trace = TraceBuilder()
    trace.span(1, "GET /fib?index=5", 0, 600, service: "sequence-of-numbers")
    var stage = TraceStage(trace.view, width: 80, height: 24)
    #expect(Self.lines(stage)[1].contains("… GET /fib?index"))
    stage.press(.character("}"))
    #expect(Self.lines(stage).contains { $0.contains("… GET /fib?index") })
  }

  @Test("a chain deeper than the screen is wide keeps the cursor's name in sight")
  func deep() {
    var trace = TraceBuilder()
    for depth in 1...500 {
      trace.span(UInt64(depth), in: UInt64(depth - 1), "level \(depth)", Double(depth), 600)
    }
    var stage = TraceStage(trace.view, width: 100, height: 30)
    stage.press(.character("O"))
    for _ in 0..<300 { stage.press(.down) }
    #expect(Self.lines(stage).contains { $0.hasPrefix("▸") && $0.contains("level 301") })
  }

  @Test("neighbours of one colour in the flame graph are told apart by edge, shade and name")
  func flameEdges() throws {
    var trace = TraceBuilder()
    trace.span(1, "root", 0, 90)
    for child in 0..<3 {
      trace.span(
        UInt64(child + 2), in: 1, "call \(child)", Double(child) * 30, Double(child) * 30 + 30)
    }
    var stage = TraceStage(trace.view, width: 90, height: 24)
    stage.press(.character("}"), .character("}"))
    let lines = Self.lines(stage)
    let y = try #require(lines.firstIndex { $0.contains("call 1") && $0.contains("call 2") })
    let grid = AppView.draw(stage.state)
    // Thirds of 90 cells.
    for edge in [29, 59, 89] { #expect(grid[edge, y].character == "▕") }
    let shades = [10, 40, 70].map { grid[$0, y].ink.style.contains(.shaded) }
    #expect(shades[0] != shades[1] && shades[1] != shades[2])
    #expect(grid[10, y - 1].ink.style.contains(.shaded) != shades[0])
  }

  @Test("the flame graph names the callers of its frame, the nearest in sight, and marks a search")
  func flamePath() throws {
    var trace = TraceBuilder()
    trace.span(1, "a root with a rather long name", 0, 100)
    trace.span(2, in: 1, "the middle of three with a long name", 0, 90)
    trace.span(3, in: 2, "leaf", 0, 80)
    var stage = TraceStage(trace.view, width: 60, height: 24)
    stage.press(.character("/"))
    stage.type("leaf")
    stage.press(.enter, .character("}"), .character("}"), .down, .down)
    let lines = Self.lines(stage)
    #expect(lines.contains { $0.contains("… › the middle of three with a long name › leaf") })
    let grid = AppView.draw(stage.state)
    let y = try #require(lines.firstIndex { $0.hasPrefix("▸leaf") })
    #expect(grid[1, y].ink.front == .role(.match) && grid[1, y - 1].ink.front != .role(.match))
    stage.press(.enter)
    #expect(Self.lines(stage).contains { $0.contains("zoomed · ") })
  }

  @Test("a large trace opens level by level until the screen is full, a small one as a whole")
  func opening() {
    var trace = TraceBuilder()
    var id: UInt64 = 1
    trace.span(1, "root", 0, 100)
    for child in 0..<4 {
      id += 1
      let parent = id
      trace.span(parent, in: 1, "child \(child)", 0, 100)
      for call in 0..<9 {
        id += 1
        // Names of their own: no run of equal siblings.
        trace.span(id, in: parent, "call \(child) \(call)", 0, 100)
      }
    }
    // 41 lines.
    #expect(TraceStage(trace.view, height: 60).model.rows.count == 41)
    let page = WaterfallTab.page(TraceStage(trace.view, height: 32).state.context)
    #expect(page < 41)
    let stage = TraceStage(trace.view, height: 32)
    // The root, its four children, and the nine calls of as many of them as fill the page.
    #expect(stage.model.rows.count == 5 + 9 * ((page - 5 + 8) / 9))
    #expect(stage.model.rows.count >= page)
    #expect(stage.model.rows.last?.isFolded == true)
    var other = TraceStage(trace.view, height: 32)
    other.press(.character("/"))
    other.type("call 3 8")
    other.press(.enter)
    #expect(other.selectedName == "call 3 8")
  }

  @Test("any trace is drawn at any size, in both character sets", arguments: 1...40)
  func sizes(seed: UInt64) {
    var random = RandomTrace(seed: seed)
    let view = random.next()
    for (width, height) in [(60, 16), (80, 24), (100, 30), (220, 60)] {
      for isUnicode in [true, false] {
        var stage = TraceStage(view, width: width, height: height, isUnicode: isUnicode)
        for key in "jP}s}jlf/k+-e.zz c" { stage.press(.character(key)) }
        let grid = AppView.draw(stage.state)
        #expect(grid.width == width && grid.height == height, "seed \(seed)")
        if !isUnicode {
          #expect(grid.text.allSatisfy { $0.isASCII || $0 == "\u{2022}" }, "seed \(seed)")
        }
      }
    }
  }

  private static func lines(_ stage: TraceStage) -> [String] {
    AppView.draw(stage.state).text.split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
  }
}
