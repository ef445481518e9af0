/// The vertical axis of a graph: its range, its ticks, and where a value lies on it.
package struct ValueAxis: Equatable, Sendable {
  /// Whether values are spread by their differences or by their ratios.
  package enum Scale: Equatable, Sendable { case linear, log }

  /// What a value on the axis is, for its labels.
  package enum Unit: Equatable, Sendable {
    /// Counts are whole: an axis has no ticks between them.
    case count
    case number, percent, milliseconds

    /// `0.5` as `0.5`, `50 %`, `500us`.
    package func text(_ value: Double?) -> String {
      switch self {
      case .count, .number: Figures.short(value)
      case .percent: Figures.percent(value)
      case .milliseconds: value == 0 ? "0" : Figures.milliseconds(value)
      }
    }

    /// A round value as the axis writes it: `10ms`, not `10.0ms`.
    package func label(_ tick: Double) -> String {
      guard self == .milliseconds, tick >= 60_000, tick < 1e15 else {
        return Figures.exact(text(tick))
      }
      return Figures.length(seconds: Int64((tick / 1_000).rounded()))
    }
  }

  /// Linear, whatever was asked for, where nothing is above zero.
  package let scale: Scale
  package let unit: Unit
  /// The values at the ends, after rounding outwards.
  package let low: Double
  package let high: Double
  /// Tick values, rising.
  package let ticks: [Double]

  /// An axis that holds `low ... high`, stretched to round ticks; at most `count` of them.
  ///
  /// A linear axis starts at zero unless values are negative. A log axis has no zero: `low` is the
  /// smallest positive value.
  package init(low: Double, high: Double, scale: Scale, unit: Unit, ticks count: Int) {
    self.unit = unit
    guard scale == .log, high > 0 else {
      self.scale = .linear
      let bottom = min(0, low.isFinite ? low : 0)
      let top = high.isFinite && high > bottom ? high : bottom + 1
      let step = Self.step((top - bottom) / Double(max(1, count - 1)), unit)
      let first = (bottom / step).rounded(.down)
      let last = max(first + 1, (top / step - 1e-9).rounded(.up))
      self.low = first * step
      self.high = last * step
      ticks = stride(from: first, through: last, by: 1).map { $0 * step }
      return
    }
    self.scale = .log
    let bottom = low > 0 && low.isFinite ? min(low, high) : high / 1_000
    self.low = bottom
    self.high = high > bottom ? high : bottom * 2
    let isLong = unit == .milliseconds && self.high > 60_000
    ticks =
      isLong
      ? Self.longTicks(self.low, self.high, count) : Self.logTicks(self.low, self.high, count)
  }

  /// 0 at the axis' foot, 1 at its head; clamped.
  package func position(_ value: Double) -> Double {
    guard value.isFinite else { return 0 }
    let share =
      scale == .linear
      ? (value - low) / (high - low)
      : Self.log2(max(value, low) / low) / Self.log2(high / low)
    return min(1, max(0, share))
  }

  /// A round step of 1, 2 or 5 times a power of ten, at least `raw`; counts never go below one.
  private static func step(_ raw: Double, _ unit: Unit) -> Double {
    guard raw.isFinite, raw > 1e-12 else { return 1 }
    if unit == .count, raw <= 1 { return 1 }
    if unit == .milliseconds, raw > 5_000,
      let step = lengths.first(where: { $0 >= raw * 0.999_999 })
    {
      return step
    }
    var power = 1.0
    while power * 10 <= raw { power *= 10 }
    while power > raw { power /= 10 }
    for factor in [1.0, 2, 5] where power * factor >= raw * 0.999_999 { return power * factor }
    return power * 10
  }

  /// Powers of ten inside the range, thinned to `count`; with few of them, 2 and 5 times too.
  private static func logTicks(_ low: Double, _ high: Double, _ count: Int) -> [Double] {
    var power = 1.0
    while power > low { power /= 10 }
    while power * 10 <= low { power *= 10 }
    var tens: [Double] = []
    var all: [Double] = []
    while power <= high, all.count < 600 {
      for factor in [1.0, 2, 5] where (low...high).contains(power * factor) {
        all.append(power * factor)
        if factor == 1 { tens.append(power) }
      }
      power *= 10
    }
    // Less than an octave or two has hardly a power in it: evenly spaced values are rounder.
    if all.count < 2 { return evenTicks(low, high, count) }
    let ticks = all.count <= count ? all : tens.isEmpty ? all : tens
    let stride = max(1, (ticks.count + max(1, count) - 1) / max(1, count))
    return ticks.enumerated().filter { $0.offset % stride == 0 }.map(\.element)
  }

  /// Lengths of time from ten seconds on that people count in, in milliseconds.
  private static let lengths: [Double] =
    [10, 15, 30, 60, 120, 300, 600, 900, 1_800].map { $0 * 1_000 }
    + [1, 2, 3, 6, 12, 24, 48, 168, 720, 2_160, 8_760].map { $0 * 3_600_000 }

  /// Ticks of lengths of time beyond a minute: no power of ten milliseconds is round there.
  private static func longTicks(_ low: Double, _ high: Double, _ count: Int) -> [Double] {
    var ticks: [Double] = []
    var power = 1e-6
    while power <= 10_000 {
      ticks.append(power)
      power *= 10
    }
    ticks += [60, 600, 3_600, 36_000, 86_400, 864_000, 8_640_000, 86_400_000].map { $0 * 1_000 }
    ticks = ticks.filter { (low...high).contains($0) }
    guard ticks.count > 1 else { return evenTicks(low, high, count) }
    let stride = max(1, (ticks.count + max(1, count) - 1) / max(1, count))
    return ticks.enumerated().filter { $0.offset % stride == 0 }.map(\.element)
  }

  private static func evenTicks(_ low: Double, _ high: Double, _ count: Int) -> [Double] {
    let step = step((high - low) / Double(max(1, count)), .percent)
    let first = (low / step).rounded(.up)
    let last = (high / step).rounded(.down)
    guard first <= last, last - first < 100 else { return [low] }
    return stride(from: first, through: last, by: 1).map { $0 * step }
  }

  /// The base-2 logarithm without Foundation: exponent plus a series on the significand.
  ///
  /// Exact to about 1e-12, far below a braille dot. Zero for what has no logarithm.
  package static func log2(_ value: Double) -> Double {
    guard value > 0, value.isFinite else { return 0 }
    // ln(s) = 2 artanh((s - 1) / (s + 1)) for s in [1, 2)
    let t = (value.significand - 1) / (value.significand + 1)
    var term = t
    var sum = 0.0
    for n in stride(from: 1.0, through: 31, by: 2) {
      sum += term / n
      term *= t * t
    }
    return Double(value.exponent) + 2 * sum * 1.442_695_040_888_963_4
  }
}
