import QueryLanguage
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

  @Test("an axis of lengths beyond a minute has ticks that people count in")
  func longLengths() {
    for scale in [ValueAxis.Scale.log, .linear] {
      let axis = ValueAxis(low: 1, high: 93_600_000, scale: scale, unit: .milliseconds, ticks: 5)
      let labels = axis.ticks.map { axis.unit.label($0) }
      #expect(labels.count > 2, "\(labels)")
      for label in labels { #expect(label.count <= 5, "\(labels)") }
    }
  }

  @Test("an axis says the day where it is not today, and where it becomes another")
  func days() {
    let start = UnixNanos(1_772_366_400_000_000_000)
    let end = start.advanced(by: 3_600_000_000_000)
    let labels = { (now: UnixNanos, from: UnixNanos) in
      TimeAxis(
        from: from, to: from.advanced(by: end.since(start)), width: 100,
        clock: ClockStyle(mode: .utc), now: now
      ).labels.map(\.text)
    }
    #expect(!labels(end, start).contains { $0.contains("Mar") })
    let old = labels(end.advanced(by: 86_400_000_000_000), start)
    #expect(old.first?.hasPrefix("Mar 1 ") == true && old.count { $0.contains("Mar") } == 1)
    // Over midnight of the second of March.
    let night = start.advanced(by: 41_400_000_000_000)
    let both = labels(night, night)
    #expect(both.count { $0.contains("Mar 2") } == 1 && !both.contains { $0.contains("Mar 1") })
  }

  @Test("local time has the offset in force at each instant, and is read with it")
  func summer() throws {
    // Berlin in 2026: summer time from March 29, 01:00 UTC, to October 25, 01:00 UTC.
    let berlin = ZoneOffsets(
      3_600,
      [.init(second: 1_774_746_000, offset: 7_200), .init(second: 1_792_890_000, offset: 3_600)])
    let clock = ClockStyle(local: berlin)
    let june = UnixNanos(1_780_432_000_000_000_000)
    #expect(clock.civil(june).clock == "22:26:40" && clock.offsetText(june) == "+02:00")
    let november = UnixNanos(1_796_040_000_000_000_000)
    #expect(clock.offsetText(november) == "+01:00")
    #expect(InstantText.text(june, berlin) == "2026-06-02T22:26:40+02:00")
    #expect(InstantText.parse("2026-06-02T22:26:40", berlin) == june)
    #expect(InstantText.parse(InstantText.text(november, berlin), .utc) == november)
    // The hour that comes twice is the first; the one left out is read as before the change.
    #expect(
      InstantText.parse("2026-10-25T02:30", berlin)
        == UnixNanos(1_792_888_200_000_000_000))
    #expect(
      InstantText.parse("2026-03-29T02:30", berlin)
        == UnixNanos(1_774_747_800_000_000_000))
    var query = Query()
    try query.set(.time, to: "FROM 2026-06-02T22:26:40 TO now", zone: berlin)
    #expect(query.time == .range(from: .instant(june), to: .ago(.zero)))
    #expect(query.text(of: .time, zone: berlin) == "FROM 2026-06-02T22:26:40+02:00 TO now")
    var again = Query()
    try again.set(.time, to: query.text(of: .time, zone: berlin))
    #expect(again.time == query.time)
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
