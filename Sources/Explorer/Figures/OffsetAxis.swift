import Telemetry

/// Labels of a time axis that counts from the start of something: `0`, `5ms`, `10ms`.
package struct OffsetAxis: Equatable, Sendable {
  /// A tick and what is written at it.
  package struct Label: Equatable, Sendable {
    /// Cells from the axis' left end to the tick.
    package var column: Int
    /// In the unit that suits it: `150us`, `1m30s`.
    package var text: String
  }

  /// From the left; empty in less than eight cells.
  package let labels: [Label]

  /// Ticks of 1, 2 or 5 times a power of ten nanoseconds for `from ..< from + length`, about one
  /// in ten cells, none overlapping, each within the width.
  package init(from start: Int64, length: Int64, width: Int) {
    guard length > 0, width >= 8 else {
      labels = []
      return
    }
    let step = Self.step(length, Int64(max(1, width / 10)))
    var labels: [Label] = []
    var free = 0
    // Wide enough for a tick behind the last instant there is.
    let first = Int128(start)
    var tick = first - (first % Int128(step) + Int128(step)) % Int128(step)
    if tick < first { tick += Int128(step) }
    while tick - first < Int128(length), labels.count < width {
      let column = Int(Double(tick - first) / Double(length) * Double(width))
      let text = Self.text(Int64(clamping: tick))
      if column >= free, column + text.utf8.count <= width {
        labels.append(Label(column: column, text: text))
        free = column + text.utf8.count + 2
      }
      tick += Int128(step)
    }
    self.labels = labels
  }

  private static func step(_ length: Int64, _ count: Int64) -> Int64 {
    let raw = max(1, length / count)
    // Beyond a second people count in sixties.
    let second: Int64 = 1_000_000_000
    if raw > 5 * second {
      let ladder: [Int64] = [10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 21_600]
      return ladder.first { $0 * second >= raw }.map { $0 * second } ?? max(86_400 * second, raw)
    }
    var power: Int64 = 1
    while power <= raw / 10 { power *= 10 }
    return [1, 2, 5, 10].map { $0 * power }.first { $0 >= raw } ?? raw
  }

  /// A tick with no more figures than it needs: `150us`, `2.5ms`, `1.2s`, `1m30s`.
  static func text(_ tick: Int64) -> String {
    guard tick != 0 else { return "0" }
    guard tick > 0 else { return "-" + text(tick == .min ? .max : -tick) }
    let units: [(Int64, String)] = [(1_000_000_000, "s"), (1_000_000, "ms"), (1_000, "us")]
    if tick >= 60_000_000_000 { return Nanoseconds(tick).short }
    for (unit, name) in units where tick >= unit {
      var decimals = 0
      var rest = tick % unit
      var part = unit
      while rest > 0, decimals < 3 {
        part /= 10
        rest %= part
        decimals += 1
      }
      return Figures.decimals(Double(tick) / Double(unit), decimals) + name
    }
    return "\(tick)ns"
  }
}
