import QueryLanguage
package import Telemetry

/// Where the labels of a time axis stand and what they say.
///
/// A function of range, width and clock, so update, drawing and tests agree.
package struct TimeAxis: Equatable, Sendable {
  /// A tick and what is written at it.
  package struct Label: Equatable, Sendable {
    /// Cells from the axis' left end to the tick.
    package var column: Int
    /// As fine as the step between ticks needs: `10:52`, `Aug 23`, `-1m30s`.
    package var text: String
  }

  /// From the left; empty in less than eight cells.
  package let labels: [Label]

  /// Between two labels, the cell of the tick included.
  private static let gap = 3

  /// Labels for `start ..< end` over `width` cells, none overlapping, each within the width, a
  /// cell kept before each for its tick: as many as have room at a round step.
  package init(
    from start: UnixNanos, to end: UnixNanos, width: Int, clock: ClockStyle, now: UnixNanos
  ) {
    let length = end.since(start)
    guard length > 0, width >= 8 else {
      labels = []
      return
    }
    // A coarse step may have its only tick where no label has room: the finer one below it then.
    var found: [Label] = []
    for step in Self.ladder where length / step <= Int64(width) {
      let form = LabelForm(step: step, range: length)
      let labels = Self.labels(start, end, width, step, form, clock, now)
      let spacing = Double(step) / Double(length) * Double(width)
      // One with a day is wider than the others, and rare.
      let widest = labels.map(\.text.count).filter { $0 > 0 }.sorted().dropLast(1).last ?? 0
      if !labels.isEmpty { found = labels }
      if labels.isEmpty || spacing >= Double(widest + Self.gap) { break }
    }
    guard found.isEmpty else {
      labels = found
      return
    }
    // No round instant lies in it, or none has room: where it begins is better than nothing.
    let text = clock.dated(start, now: now)
    labels = text.count < width ? [Label(column: 0, text: text)] : []
  }

  private static func labels(
    _ start: UnixNanos, _ end: UnixNanos, _ width: Int, _ step: Int64, _ form: LabelForm,
    _ clock: ClockStyle, _ now: UnixNanos
  ) -> [Label] {
    let length = end.since(start)
    var labels: [Label] = []
    var free = 0
    var tick = firstTick(start, step, clock, now)
    var first: UnixNanos?
    var day = clock.civil(now).date
    let isSinceFirst = clock.mode == .relative && !form.tells(now.since(start))
    for _ in 0...width where tick < end {
      let column = Int(Double(tick.since(start)) / Double(length) * Double(width))
      var text = form.text(tick, clock, now)
      // Long ago, ages do not tell ticks apart: then it is the time since the first of them.
      if isSinceFirst, let first {
        text = "+" + Figures.exact(Nanoseconds(tick.since(first)).short)
      }
      // Its day, where that is not the one of the label before, or today.
      let civil = clock.civil(tick)
      if form.isOfDay, clock.mode != .relative, civil.date != day {
        let isThisYear = civil.year == clock.civil(now).year
        let dated = "\(isThisYear ? civil.monthAndDay : civil.date) \(text)"
        if column >= free, column + dated.count < width { (text, day) = (dated, civil.date) }
      }
      if column >= free, column + text.count < width {
        labels.append(Label(column: column, text: text))
        first = first ?? tick
        free = column + text.count + gap
      }
      tick = tick.advanced(by: step)
    }
    return labels
  }

  private static let ladder: [Int64] =
    [1, 2, 5, 10, 20, 50, 100, 200, 500].map { $0 * 1_000 }
    + [1, 2, 5, 10, 20, 50, 100, 200, 500].map { $0 * 1_000_000 }
    + [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800].map { $0 * 1_000_000_000 }
    + [1, 2, 3, 6, 12, 24, 48, 168, 336, 720, 2_160, 8_760].map { $0 * 3_600_000_000_000 }

  /// The first tick at or after `start`, on a whole step of the zone's clock or of the age.
  private static func firstTick(
    _ start: UnixNanos, _ step: Int64, _ clock: ClockStyle, _ now: UnixNanos
  ) -> UnixNanos {
    let shift: Int64 =
      switch clock.mode {
      case .local: -Int64(clock.local.offset(at: start)) * 1_000_000_000
      case .utc: 0
      case .relative: Int64(clamping: now.sinceEpoch % UInt64(step))
      }
    let (phase, overflow) = Int64(clamping: start.sinceEpoch).subtractingReportingOverflow(shift)
    let rest = overflow ? 0 : ((phase % step) + step) % step
    return rest == 0 ? start : start.advanced(by: step - rest)
  }
}

/// How the ticks of an axis are written: never finer than their step.
private struct LabelForm {
  private enum Finest { case date, day, minute, second, fraction(Int) }

  private let finest: Finest
  private let step: Int64

  private static let second: Int64 = 1_000_000_000
  private static let day: Int64 = 86_400 * second

  init(step: Int64, range: Int64) {
    self.step = step
    finest =
      switch step {
      case ..<Self.second: .fraction(Self.decimals(step))
      case ..<(60 * Self.second): .second
      case ..<Self.day: range > 2 * Self.day ? .day : .minute
      default: range > 300 * Self.day ? .date : .day
      }
  }

  /// Decimals of a second that tell ticks `step` nanoseconds apart from each other.
  private static func decimals(_ step: Int64) -> Int {
    var (decimals, unit) = (0, second)
    while decimals < 9, step % unit != 0 { (decimals, unit) = (decimals + 1, unit / 10) }
    return decimals
  }

  /// Ticks are told by the time of their day alone.
  var isOfDay: Bool {
    switch finest {
    case .date, .day: false
    case .minute, .second, .fraction: true
    }
  }

  func text(_ tick: UnixNanos, _ clock: ClockStyle, _ now: UnixNanos) -> String {
    guard clock.mode != .relative else {
      let ago = now.since(tick)
      return ago <= 0 ? ago > -Self.second / 2 ? "now" : "+" + length(-ago) : "-" + length(ago)
    }
    let civil = clock.civil(tick)
    switch finest {
    case .date: return civil.date
    case .day:
      return civil.hour == 0 && civil.minute == 0
        ? civil.monthAndDay : "\(civil.monthAndDay) \(civil.hourAndMinute)"
    case .minute: return civil.hourAndMinute
    case .second: return civil.clock
    case .fraction(let decimals): return civil.clock(decimals: decimals)
    }
  }

  /// Whether ticks of this step differ in the two units that an age of `ago` nanoseconds has.
  func tells(_ ago: Int64) -> Bool {
    switch ago / Self.second {
    case ..<60: true
    case ..<3_600: step >= Self.second
    case ..<86_400: step >= 60 * Self.second
    default: step >= 3_600 * Self.second
    }
  }

  /// `45s`, `1m30s`, `2h`, `3d`: two units at most, and none that are zero.
  private func length(_ nanoseconds: Int64) -> String {
    if nanoseconds < 60 * Self.second, step < Self.second {
      return Figures.exact(Nanoseconds(nanoseconds).short)
    }
    return Figures.length(seconds: (nanoseconds + Self.second / 2) / Self.second)
  }
}
