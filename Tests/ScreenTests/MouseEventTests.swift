import Screen
import Testing

/// Reports as xterm's control sequences describe them: button, column and row from 1, `M` or `m`.
@Suite struct MouseEventTests {
  @Test(
    "reports of mode 1006 are events",
    arguments: [
      ("0;1;1M", MouseEvent(.press, x: 0, y: 0)),
      ("0;300;99m", MouseEvent(.release, x: 299, y: 98)),
      ("32;12;5M", MouseEvent(.drag, x: 11, y: 4)), ("64;2;3M", MouseEvent(.wheelUp, x: 1, y: 2)),
      ("65;2;3M", MouseEvent(.wheelDown, x: 1, y: 2)),
      // Shift, Alt and Ctrl beside it.
      ("4;1;1M", MouseEvent(.press, x: 0, y: 0)), ("8;1;1M", MouseEvent(.press, x: 0, y: 0)),
      ("16;1;1M", MouseEvent(.press, x: 0, y: 0)), ("80;1;1M", MouseEvent(.wheelUp, x: 0, y: 0)),
    ])
  func reports(text: String, event: MouseEvent) { #expect(MouseEvent(report: text) == event) }

  @Test(
    "what is no report, or of a button that means nothing, is no event",
    arguments: [
      "", "M", "0;1M", "0;1;1", "0;0;1M", "0;1;0M", "0;1;1;1M", "x;1;1M", "1;1;1M", "2;1;1M",
      "35;1;1M", "66;1;1M", "-1;1;1M", "99999999999999999999;1;1M",
    ])
  func nothing(text: String) { #expect(MouseEvent(report: text) == nil) }

  @Test("the part that was marked last lies above, and what is outside the frame is nowhere")
  func regions() {
    var grid = Grid(width: 10, height: 4)
    grid.mark(Rect(x: 0, y: 0, width: 20, height: 20), as: "all")
    grid.mark(Rect(x: 2, y: 1, width: 3, height: 1), as: 7)
    grid.mark(Rect(x: 11, y: 0, width: 2, height: 2), as: "outside")
    #expect(grid.region(x: 0, y: 0)?.target == Target("all"))
    #expect(grid.region(x: 0, y: 0)?.rect == Rect(x: 0, y: 0, width: 10, height: 4))
    #expect(grid.region(x: 4, y: 1)?.target == Target(7))
    #expect(grid.region(x: 5, y: 1)?.target == Target("all"))
    #expect(grid.region(x: 11, y: 0) == nil)
  }
}
