import Telemetry
import Testing
import Workspace

/// When a run without a screen is over, at moments a test chooses.
@Suite struct RunSettlingTests {
  private static let start = UnixNanos(1_700_000_000_000_000_000)

  /// Decisions at seconds since the start.
  private func decisions(
    _ limits: RunLimits, _ moments: [(second: Double, reading: RunSettling.Reading)]
  ) -> [RunSettling.Decision] {
    var settling = RunSettling(limits, start: Self.start)
    return moments.map { second, reading in
      let time = UnixNanos(UInt64(Int64(Self.start.sinceEpoch) + Int64(second * 1e9)))
      return settling.decide(reading, now: time)
    }
  }

  private func reading(
    _ spans: Int = 0, isOver: Bool = false, isInterrupted: Bool = false
  ) -> RunSettling.Reading {
    var reading = RunSettling.Reading()
    (reading.spans, reading.activity) = (spans, spans)
    (reading.isOver, reading.isInterrupted) = (isOver, isInterrupted)
    return reading
  }

  @Test("a quiet command is waited for, however long")
  func quiet() {
    #expect(decisions(RunLimits(), [(1, reading()), (3_600, reading())]) == [.wait, .wait])
  }

  @Test("after its end nothing may come for two seconds; what comes begins them anew")
  func settles() {
    let over = (0...2).map { reading($0, isOver: true) }
    #expect(
      decisions(
        RunLimits(),
        [
          (1, reading()), (2, over[0]), (3.9, over[0]), (3.95, over[1]), (5.9, over[1]),
          (5.96, over[1]),
        ]) == [.wait, .wait, .wait, .wait, .wait, .settled])
  }

  @Test("no time to settle ends it at once")
  func noSettling() {
    var limits = RunLimits()
    limits.settle = .zero
    #expect(decisions(limits, [(1, reading(isOver: true))]) == [.settled])
  }

  @Test("the command is ended after its time, and then settles")
  func duration() {
    var limits = RunLimits()
    limits.duration = .seconds(10)
    #expect(
      decisions(
        limits,
        [
          (9.9, reading(5)), (10, reading(5)), (10.1, reading(6, isOver: true)),
          (12.1, reading(6, isOver: true)),
        ]) == [.wait, .stop, .wait, .settled])
  }

  @Test("the command is ended after so many spans")
  func spans() {
    var limits = RunLimits()
    limits.spans = 3
    #expect(decisions(limits, [(1, reading(2)), (2, reading(3))]) == [.wait, .stop])
  }

  @Test("a clock that is set back ends nothing")
  func clockSetBack() {
    var limits = RunLimits()
    limits.duration = .seconds(10)
    let over = reading(isOver: true)
    #expect(
      decisions(limits, [(1, reading()), (-100, reading())]) == [.wait, .wait])
    #expect(
      decisions(limits, [(1, over), (-100, over), (-99, over), (-98, over)])
        == [.wait, .wait, .wait, .settled])
  }

  @Test("an interruption ends the command but is no limit")
  func interrupted() {
    var settling = RunSettling(RunLimits(), start: Self.start)
    #expect(settling.decide(reading(isInterrupted: true), now: Self.start) == .stop)
    #expect(!settling.isStopped)
  }
}
