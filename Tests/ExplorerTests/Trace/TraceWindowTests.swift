import Explorer
import Screen
import Telemetry
import TestSupport
import Testing
import TraceSupport

/// Zooming, panning, and the time axis.
@Suite struct TraceWindowTests {
  @Test(
    "whatever is pressed, the window lies inside the trace and is never empty", arguments: 1...60)
  func inside(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var stage = TraceStage(SampleTraces.checkout)
    let whole = stage.model.window
    for _ in 0..<60 {
      let key = "++--<>a0jk".randomElement(using: &random) ?? "0"
      stage.press(.character(key))
      let window = stage.model.window
      #expect(window.start >= whole.start && window.end <= whole.end, "seed \(seed)")
      #expect(window.start < window.end, "seed \(seed)")
    }
    stage.press(.character("0"))
    #expect(stage.model.window == whole)
  }

  @Test("zooming keeps the middle of the span where it was, zooming to it shows all of it")
  func center() {
    var stage = TraceStage(SampleTraces.checkout)
    stage.press(.character("e"), .character("a"))
    let window = stage.model.window
    // charge runs from 30 to 90 ms; a twentieth of air on each side.
    #expect(window.start.since(window.first) == 27_000_000)
    #expect(window.length == 66_000_000)
    stage.press(.character("+"))
    #expect(stage.model.window.length == 33_000_000)
    #expect(stage.model.window.start.since(window.first) == 43_500_000, "60 ms stays in the middle")
  }

  @Test(
    "labels of the axis are round, apart, and inside",
    arguments: [
      (0, 130_000_000, 80, ["0", "20ms", "40ms", "60ms", "80ms", "100ms", "120ms"]),
      (0, 950, 40, ["0", "500ns"]),
      (43_500_000, 33_000_000, 60, ["50ms", "60ms", "70ms"]),
      (0, 3_000_000, 60, ["0", "500us", "1ms", "1.5ms", "2ms", "2.5ms"]),
      (0, 2_500_000_000, 70, ["0", "500ms", "1s", "1.5s", "2s"]),
      (0, 150_000_000_000, 70, ["0", "30s", "1m00s", "1m30s", "2m00s"]),
    ] as [(Int64, Int64, Int, [String])])
  func axis(from: Int64, length: Int64, width: Int, texts: [String]) {
    let labels = OffsetAxis(from: from, length: length, width: width).labels
    #expect(labels.map(\.text) == texts)
    for (left, right) in zip(labels, labels.dropFirst()) {
      #expect(left.column + left.text.count < right.column)
    }
    #expect(labels.allSatisfy { $0.column + $0.text.count <= width })
  }
}
