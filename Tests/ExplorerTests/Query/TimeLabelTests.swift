import TestSupport
import Testing

@testable import Explorer
@testable import Telemetry

@Suite("Labels of the axes")
struct TimeLabelTests {
  private static let second: Int64 = 1_000_000_000
  /// 2023-11-14 22:13:20 UTC
  private static let start = UnixNanos(1_700_000_000_000_000_000)

  private func labels(
    _ length: Int64, width: Int, from offset: Int64 = 0, _ clock: ClockStyle = ClockStyle()
  ) -> [String] {
    let from = Self.start.advanced(by: offset)
    let end = from.advanced(by: length)
    return TimeAxis(from: from, to: end, width: width, clock: clock, now: end).labels
      .map(\.text)
  }

  @Test("labels are as fine as their step and no finer")
  func steps() {
    #expect(labels(4 * Self.second, width: 60).prefix(2) == ["22:13:20", "22:13:21"])
    #expect(labels(Self.second, width: 60).prefix(2) == ["22:13:20.0", "22:13:20.5"])
    #expect(labels(2_000_000, width: 70).prefix(2) == ["22:13:20.0000", "22:13:20.0005"])
    #expect(labels(3_600 * Self.second, width: 60).first == "22:20")
    #expect(labels(7 * 86_400 * Self.second, width: 80).first == "Nov 15")
    // 54 years of 365 days after 1970, 13 leap days short of 2024.
    #expect(labels(900 * 86_400 * Self.second, width: 80).first == "2023-12-19")
  }

  @Test("relative labels are lengths, the newest last, none twice")
  func relative() {
    let clock = ClockStyle(mode: .relative)
    #expect(labels(600 * Self.second, width: 90, clock).first == "-10m")
    let halves = labels(180 * Self.second, width: 70, clock)
    #expect(halves.prefix(3) == ["-3m", "-2m30s", "-2m"])
    #expect(Set(halves).count == halves.count)
    #expect(labels(Self.second, width: 60, clock).prefix(2) == ["-1s", "-800ms"])
  }

  @Test("ages too long to tell ticks apart become times since the first tick")
  func longAgo() {
    let clock = ClockStyle(mode: .relative)
    let start = UnixNanos(1_772_366_400_000_000_000)
    let axis = TimeAxis(
      from: start, to: start.advanced(by: 5 * Self.second), width: 70, clock: clock,
      now: start.advanced(by: 63_300 * Self.second))
    let texts = axis.labels.map(\.text)
    #expect(texts.prefix(3) == ["-17h35m", "+1s", "+2s"])
    #expect(Set(texts).count == texts.count)
  }

  @Test(
    "at any range and width labels keep apart and inside, and there is one at least",
    arguments: [12, 20, 31, 70, 190])
  func room(width: Int) {
    var generator = SeededGenerator(seed: UInt64(width))
    for mode in ClockStyle.Mode.allCases {
      for power in 1...17 {
        var length: Int64 = 1
        for _ in 0..<power { length *= 10 }
        length = Int64.random(in: length...(length * 9), using: &generator)
        let offset = Int64.random(in: 0...Self.second, using: &generator)
        let from = Self.start.advanced(by: offset)
        let end = from.advanced(by: length)
        let axis = TimeAxis(
          from: from, to: end, width: width, clock: ClockStyle(mode: mode, localOffset: 5_400),
          now: end)
        if width >= 14 {
          #expect(!axis.labels.isEmpty, "\(length) ns from \(offset), \(mode)")
        }
        var free = 0
        for label in axis.labels {
          #expect(label.column >= free, "\(length) ns from \(offset), \(mode)")
          free = label.column + 1 + label.text.count
          #expect(free <= width, "\(length) ns from \(offset), \(mode)")
        }
      }
    }
  }

  @Test("ticks of the value axis are whole for counts, and have no zeros that say nothing")
  func values() {
    let counts = ValueAxis(low: 0, high: 2, scale: .linear, unit: .count, ticks: 5)
    #expect(counts.ticks.map(counts.unit.label) == ["0", "1", "2"])
    let lengths = ValueAxis(low: 0.9, high: 1_200, scale: .log, unit: .milliseconds, ticks: 5)
    #expect(lengths.ticks.map(lengths.unit.label) == ["1ms", "10ms", "100ms", "1s"])
    #expect(Figures.exact("4.00k") == "4k")
    #expect(Figures.exact("1.50s") == "1.5s")
    #expect(Figures.exact("100ms") == "100ms")
    #expect(Figures.exact("0.5 %") == "0.5 %")
  }

  @Test("a stretch of time is as fine as it begins")
  func stretch() {
    let clock = ClockStyle()
    let ten = Self.start.advanced(by: 10 * Self.second)
    #expect(clock.stretch(Self.start, ten, now: ten) == "22:13:20 +10s")
    let half = Self.start.advanced(by: Self.second / 2)
    #expect(clock.stretch(half, ten, now: ten) == "22:13:20.500 +9.5s")
  }
}
