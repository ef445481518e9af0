import Explorer
import QueryLanguage
import Screen
import Telemetry
import Testing
import TraceSupport
import Views

/// What each mark of the waterfall looks like, in Unicode and in ASCII.
@Suite struct WaterfallDrawings {
  /// The rows of a trace on paper, without title and axis.
  static func rows(_ trace: TraceBuilder, width: Int = 60, isUnicode: Bool = true) -> String {
    let lines = TraceText.lines(trace.view, width: width, isUnicode: isUnicode)
    return lines[4...].prefix { !$0.isEmpty }.joined(separator: "\n")
  }

  @Test("tree, bars, durations, and the critical path on the bars")
  func plain() {
    var trace = TraceBuilder()
    trace.span(1, "root", 0, 100)
    trace.span(2, in: 1, "child", 25, 75)
    trace.span(3, in: 2, "leaf", 50, 60)
    trace.span(4, in: 1, "last", 75, 80)
    #expect(
      Self.rows(trace) == """
          ▾●  root                ━━━━━━━━━━━━━━━━━━━━━━━━━▄━ 100ms
          ├─▾●  child                     ▗▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▖ 50.0ms
          │ └─ ●  leaf                            ▗▄▄▖ 10.0ms
          └─ ●  last                               5.00ms  ━▖
        """)
    #expect(
      Self.rows(trace, isUnicode: false) == """
          -*  root                =========================#= 100ms
          |--*  child                     ################# 50.0ms
          | `- *  leaf                            #### 10.0ms
          `- *  last                               5.00ms #=
        """)
  }

  @Test("an error of its own and one below, events, exceptions and links")
  func marks() {
    var trace = TraceBuilder()
    trace.span(1, "root", 0, 100)
    trace.span(2, in: 1, "fails", 10, 50, status: .error)
    trace.event("exception", at: 30)
    trace.span(3, in: 1, "has event", 50, 90)
    trace.event("note", at: 60)
    trace.link(to: 5, 6)
    #expect(
      Self.rows(trace) == """
         ⚠▾●  root                ━━━━━━━━━━━━━━━━━▄▄▄▄▄▄▄▄▄▄ 100ms
         ✗├─ ●  fails                ▗▄▄▄▄▄●▄▄▄▄▄▄▖ ✗ 40.0ms
          └─ ●  has event                  40.0ms ⇄━━●━━━━━━━━━▖
        """)
    #expect(
      Self.rows(trace, isUnicode: false) == """
         ^-*  root                =================########## 100ms
         !|- *  fails                ######*####### ! 40.0ms
          `- *  has event                  40.0ms &==*==========
        """)
  }

  @Test("a bar keeps its service's colour under an error; the mark beside it is what is red")
  func errorColor() {
    var trace = TraceBuilder()
    trace.span(1, "root", 0, 100)
    trace.span(2, in: 1, "fails", 10, 50, service: "payment", status: .error)
    let grid = AppView.draw(TraceStage(trace.view).state)
    let cells = (0..<grid.height).flatMap { y in (0..<grid.width).map { (x: $0, y: y) } }
    let line = cells.first {
      grid[$0.x, $0.y].character == "f" && grid[$0.x + 1, $0.y].character == "a"
    }
    let y = line?.y ?? 0
    let bar = (40..<80).filter { "▄▗▖━".contains(grid[$0, y].character) }
    #expect(bar.count > 10)
    let colors = Set(bar.map { grid[$0, y].ink.front })
    #expect(colors.count == 1 && !colors.contains(.role(.error)))
    let marks = (40..<84).filter { grid[$0, y].character == "✗" }
    #expect(marks.map { grid[$0, y].ink.front } == [.role(.error)])
  }

  @Test("thin tails to children that begin before or end after their parent, with the amount")
  func tails() {
    var trace = TraceBuilder()
    trace.span(1, "parent", 20, 60)
    trace.span(2, in: 1, "early", 0, 40)
    trace.span(3, in: 1, "late", 40, 100)
    #expect(
      Self.rows(trace) == """
          ▾●  parent              ╌╌╌╌╌╌▗━ 40.0ms  -20.0ms  +40.0ms
          ├─ ●  early             ▄▄▄▄▄▄▄▄▄▄▄▄▄  40.0ms
          └─ ●  late                    60.0ms ▗━━━━━━▄▄▄▄▄▄▄▄▄▄▄▄▄
        """)
    #expect(
      Self.rows(trace, isUnicode: false) == """
          -*  parent              ......#= 40.0ms  -20.0ms  +40.0ms
          |- *  early             #############  40.0ms
          `- *  late                    60.0ms =======#############
        """)
  }

  @Test("missing parents, cut circles, repeated ids and ends before starts are there and marked")
  func oddities() {
    var trace = TraceBuilder()
    trace.span(2, in: 99, "orphan", 10, 50)
    trace.span(5, in: 6, "circle", 60, 80)
    trace.span(6, in: 5, "round", 62, 70)
    trace.span(7, "backwards", 90, 90, marks: [.invalidDuration, .duplicateID])
    #expect(
      Self.rows(trace, width: 80) == """
          ▾ missing span 0000000000000063 ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌
          └─ ●  shop orphan               ━━━━━━━━━━━━━━━━━━━━━━▖ 40.0ms
          ▾●  shop circle cycle cut                            20.0ms ━▄▄▄▄▄━━━━━▖
          └─ ●  round                                                  ▗━━━▖ 8.00ms
           ●  shop bac… duplicate id, en…                                          0ns▏
        """)
  }

  @Test("a letter for each kind, and the service where it changes")
  func kinds() {
    var trace = TraceBuilder()
    let kinds: [SpanKind] = [.server, .client, .producer, .consumer, .internal]
    for (index, kind) in kinds.enumerated() {
      trace.span(
        UInt64(index + 1), in: UInt64(index), "span", 0, 100, service: index < 2 ? "web" : "queue",
        kind: kind)
    }
    let rows = Self.rows(trace, width: 100).split(separator: "\n")
    let trees = rows.map { row in
      var tree = String(row.prefix(40))
      while tree.last == " " { tree.removeLast() }
      return tree
    }
    #expect(
      trees == [
        "  ▾●S web span", "  └─▾●C span", "    └─▾■P queue span", "      └─▾■Q span",
        "        └─ ■  span",
      ])
  }
}
