import Explorer
import QueryLanguage
import Screen
import Telemetry

/// The top line: screens, sources and their counters, the time range.
enum HeaderView {
  static func draw(_ state: AppState, on grid: inout Grid) {
    let around = state.around
    grid.fill(Rect(x: 0, y: 0, width: grid.width, height: 1), Ink(.header, back: .header))
    var x = 1
    x += grid.put("otel-tui", x: x, y: 0, Ink(.accent, back: .header, .bold)) + 2
    let shown = state.screen == .trace ? state.trail.last ?? .traces : state.screen
    for name in ScreenName.numbered {
      let ink =
        name == shown ? Ink(.headerActive, back: .headerActive, .bold) : Ink(.header, back: .header)
      x += grid.put(" \(name.rawValue) \(name.title) ", x: x, y: 0, ink)
    }
    let range = timeText(around)
    let right = grid.width - 1
    let rangeInk = Ink(around.isPaused ? .warning : .header, back: .header, .bold)
    let rangeWidth = GlyphWidth.of(range)
    grid.putRight(range, right: right, y: 0, rangeInk)
    draw(parts(state), from: x + 2, to: right - rangeWidth - 2, on: &grid)
  }

  private struct Part {
    var text: String
    var role: Role
    /// What goes first when there is no room: the largest.
    var rank: Int
  }

  private static func parts(_ state: AppState) -> [Part] {
    let feed = state.around.feed
    var parts: [Part] = []
    for source in feed.sources.prefix(3) {
      let role: Role =
        switch source.state {
        case .active: .ok
        case .ended: .dim
        case .failed: .error
        }
      let mark = source.state == .active ? "● " : source.state == .ended ? "○ " : "✗ "
      parts.append(Part(text: mark + source.name, role: role, rank: 4))
    }
    if feed.sources.count > 3 {
      parts.append(Part(text: "+\(feed.sources.count - 3)", role: .dim, rank: 4))
    }
    parts.append(Part(text: Figures.plural(feed.spans, "span"), role: .header, rank: 0))
    if feed.spansPerSecond >= 0.5 {
      parts.append(Part(text: "\(Figures.short(feed.spansPerSecond))/s", role: .header, rank: 1))
    }
    if feed.losses.badRecords > 0 {
      parts.append(
        Part(text: "\(Figures.count(feed.losses.badRecords)) bad", role: .error, rank: 0))
    }
    if feed.losses.evictedSpans > 0 {
      let oldest = feed.losses.oldestKept.map {
        " kept from \(state.around.clock.civil($0).clock)"
      }
      parts.append(
        Part(
          text: "\(Figures.count(feed.losses.evictedSpans)) evicted\(oldest ?? "")",
          role: .warning, rank: 1))
    }
    parts.append(Part(text: Figures.plural(feed.services, "service"), role: .header, rank: 3))
    parts.append(Part(text: "\(feed.bytes.short) of \(feed.byteLimit.short)", role: .dim, rank: 5))
    return parts
  }

  /// Draws the parts that fit, dropping the least important whole.
  private static func draw(
    _ parts: [Part], from left: Int, to right: Int, on grid: inout Grid
  ) {
    var kept = parts
    let width = { (parts: [Part]) in
      parts.reduce(0) { $0 + GlyphWidth.of($1.text) } + max(0, parts.count - 1) * 3
    }
    while width(kept) > right - left, let worst = kept.map(\.rank).max(),
      let place = kept.lastIndex(where: { $0.rank == worst })
    {
      kept.remove(at: place)
    }
    var x = right - width(kept)
    for (place, part) in kept.enumerated() {
      if place > 0 { x += grid.put(" · ", x: x, y: 0, Ink(.dim, back: .header)) }
      x += grid.put(part.text, x: x, y: 0, Ink(part.role, back: .header))
    }
  }

  static func timeText(_ around: Surroundings) -> String {
    guard let since = around.pausedAt else { return rangeText(around) }
    let age = Figures.age(Nanoseconds(from: since, to: around.now))
    return age == "now" ? "PAUSED" : "PAUSED \(age)"
  }

  /// What no time clause means.
  static func rangeText(_ around: Surroundings) -> String {
    switch around.defaultTime {
    case .all: return "ALL"
    case .last(let length): return "LAST \(shortLength(length))"
    case .range: return "RANGE"
    }
  }

  /// `10m`, `1h`: whole units, as the query language writes them.
  private static func shortLength(_ length: Nanoseconds) -> String {
    let seconds = length.count / 1_000_000_000
    if seconds >= 3_600, seconds % 3_600 == 0 { return "\(seconds / 3_600)h" }
    if seconds >= 60, seconds % 60 == 0 { return "\(seconds / 60)m" }
    return length.short
  }
}
