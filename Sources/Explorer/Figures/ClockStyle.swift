package import QueryLanguage
package import Telemetry

/// How instants are written: local time, UTC, or relative to now.
package struct ClockStyle: Equatable, Sendable {
  /// The zone of the machine, UTC, or how long ago.
  package enum Mode: Equatable, Sendable, CaseIterable { case local, utc, relative }

  package var mode: Mode
  /// The person's zone, told by the program at start.
  package var local: ZoneOffsets

  package init(mode: Mode = .local, local: ZoneOffsets = .utc) {
    (self.mode, self.local) = (mode, local)
  }

  /// In a position whose clocks are never set.
  package init(mode: Mode = .local, localOffset: Int) {
    self.init(mode: mode, local: ZoneOffsets(localOffset))
  }

  /// Whose clocks are shown: those of UTC, or the person's.
  package var textZone: ZoneOffsets { mode == .utc ? .utc : local }

  /// The next mode, as one key walks them.
  package var next: ClockStyle {
    let modes = Mode.allCases
    let index = modes.firstIndex(of: mode) ?? 0
    return ClockStyle(mode: modes[(index + 1) % modes.count], local: local)
  }

  /// What the header calls it.
  package var label: String {
    switch mode {
    case .local: "local time"
    case .utc: "UTC"
    case .relative: "relative"
    }
  }

  /// A moment, always 12 cells or fewer: `10:52:56.903`, or `3m ago`.
  package func moment(_ instant: UnixNanos, now: UnixNanos) -> String {
    guard mode != .relative else {
      let age = Figures.age(Nanoseconds(from: instant, to: now))
      return age == "now" ? age : age + " ago"
    }
    return civil(instant).clockWithMilliseconds
  }

  /// How moments of a list are written, so that each says its day unless all are of today.
  package func listing(_ instants: some Sequence<UnixNanos>, now: UnixNanos) -> MomentStyle {
    guard mode != .relative else { return .age }
    let today = civil(now)
    var style = MomentStyle.clock
    for instant in instants {
      let time = civil(instant)
      if time.year != today.year { return .year }
      if (time.month, time.day) != (today.month, today.day) { style = .day }
    }
    return style
  }

  /// A moment of a list.
  package func text(_ instant: UnixNanos, _ style: MomentStyle, now: UnixNanos) -> String {
    switch style {
    case .age: moment(instant, now: now)
    case .clock: short(instant, now: now)
    case .day: "\(civil(instant).dayAndMonth) \(civil(instant).clockWithMilliseconds)"
    case .year: "\(civil(instant).date) \(civil(instant).clock)"
    }
  }

  /// In 12 cells or fewer: of another day the day is told, and less of the time.
  private func short(_ instant: UnixNanos, now: UnixNanos) -> String {
    let (time, today) = (civil(instant), civil(now))
    if mode == .relative || time.date == today.date { return moment(instant, now: now) }
    return time.year == today.year ? "\(time.dayAndMonth) \(time.hourAndMinute)" : time.date
  }

  /// A moment by itself, with its day unless that is today.
  package func dated(_ instant: UnixNanos, now: UnixNanos) -> String {
    text(instant, listing(CollectionOfOne(instant), now: now), now: now)
  }

  /// From when to when: `12:00:05 – 12:03`, `Mar 1 12:00 – Mar 2 09:30`; ages in no mode.
  package func span(
    _ start: UnixNanos, _ end: UnixNanos, now: UnixNanos, dash: String = "–"
  ) -> String {
    let (from, to, today) = (civil(start), civil(end), civil(now))
    let isOneDay = from.date == to.date
    let day = { (time: CivilTime) in
      time.year == today.year ? time.monthAndDay + " " : time.date + " "
    }
    let needsDay = !isOneDay || from.date != today.date
    let decimals = end.since(start) < 10_000_000_000 ? 3 : 0
    let clock = { (time: CivilTime) in
      time.second == 0 && time.nanosecond == 0 ? time.hourAndMinute : time.clock(decimals: decimals)
    }
    return (needsDay ? day(from) : "") + clock(from) + dash + (isOneDay ? "" : day(to)) + clock(to)
  }

  /// Where a stretch of time begins and how long it is: `10:52:50 +10s`, `10:52:50.125 +5ms`; with
  /// its day unless that is today.
  package func stretch(_ start: UnixNanos, _ end: UnixNanos, now: UnixNanos) -> String {
    let length = Nanoseconds(from: start, to: end)
    let isWhole = start.sinceEpoch.isMultiple(of: 1_000_000_000)
    var from = mode != .relative && isWhole ? civil(start).clock : moment(start, now: now)
    if mode != .relative {
      let (day, today) = (civil(start), civil(now))
      if day.year != today.year {
        from = "\(day.date) \(from)"
      } else if day.date != today.date {
        from = "\(day.monthAndDay) \(from)"
      }
    }
    return "\(from) +\(Figures.exact(length.short))"
  }

  /// `+01:00`, `Z`: of the clocks shown, at an instant.
  package func offsetText(_ instant: UnixNanos) -> String {
    ZoneOffsets.text(textZone.offset(at: instant))
  }

  /// The calendar date and time of day in the zone shown.
  package func civil(_ instant: UnixNanos) -> CivilTime {
    CivilTime(instant, offset: textZone.offset(at: instant))
  }
}

/// How the moments of a list are written.
package enum MomentStyle: Equatable, Sendable {
  /// `3m ago`.
  case age
  /// `10:52:56.903`: of today, all of them.
  case clock
  /// `01 Mar 10:52:56.903`.
  case day
  /// `2026-03-01 10:52:56`.
  case year

  /// Cells of the widest moment.
  package var width: Int { self == .age || self == .clock ? 12 : 19 }
}
