import Explorer
import QueryLanguage
import Screen
import Telemetry

/// The top line: screens, sources and their counters, the time range.
enum HeaderView {
  static func draw(_ state: AppState, on grid: inout Grid) {
    let context = state.context
    grid.fill(Rect(x: 0, y: 0, width: grid.width, height: 1), Ink(.header, back: .header))
    let parts = parts(state, isNarrow: grid.width < 100)
    let range = timeText(context)
    let right = grid.width - 1
    let room = right - GlyphWidth.of(range) - 2
    var x = 1
    // The program's name makes way for what must be said.
    let needed = width(parts.filter { $0.rank <= Part.needed })
    let named = x + brand.count + 2 + screensWidth + 2
    if named + needed <= room || x + screensWidth + 2 + needed > room {
      x += grid.put(brand, x: x, y: 0, Ink(.accent, back: .header, .bold)) + 2
    }
    let shown = state.numberedScreen
    for (number, screen) in ScreenTable.numbered {
      let ink =
        screen.id == shown
        ? Ink(.headerActive, back: .headerActive, .bold) : Ink(.header, back: .header)
      let width = grid.put(" \(number) \(screen.title) ", x: x, y: 0, ink)
      grid.mark(Rect(x: x, y: 0, width: width, height: 1), as: AppSpot.screen(screen.id))
      x += width
    }
    let rangeInk = Ink(context.isPaused ? .warning : .header, back: .header, .bold)
    grid.putRight(range, right: right, y: 0, rangeInk)
    let width = GlyphWidth.of(range)
    grid.mark(Rect(x: right - width, y: 0, width: width, height: 1), as: AppSpot.timeRange)
    draw(parts, from: x + 2, to: room, on: &grid)
  }

  private static let brand = "otel-tui"

  private static var screensWidth: Int {
    ScreenTable.numbered.reduce(0) { $0 + GlyphWidth.of(" \($1.number) \($1.type.title) ") }
  }

  private struct Part {
    var text: String
    var role: Role
    /// What goes first when there is no room: the largest.
    var rank: Int

    /// Up to this rank a part stays when the program's name goes.
    static let needed = 1
  }

  private static func parts(_ state: AppState, isNarrow: Bool) -> [Part] {
    let feed = state.context.feed
    var parts: [Part] = []
    if let service = state.context.service {
      parts.append(Part(text: "only \(service)", role: .accent, rank: -1))
    }
    if let strays = state.context.strays, state.context.timeRange == .all {
      let count = Figures.count(strays.count)
      let text = state.context.includesStrays ? "\(count) far off shown" : "\(count) far off"
      parts.append(Part(text: text, role: .warning, rank: 1))
    }
    // Before there is a span, where to send them is what a person looks for.
    parts += sources(feed.sources, rank: feed.spans == 0 ? 1 : 3)
    parts.append(Part(text: Figures.plural(feed.spans, "span"), role: .header, rank: 0))
    if feed.spansPerSecond >= 0.5 {
      parts.append(Part(text: "\(Figures.short(feed.spansPerSecond))/s", role: .header, rank: 2))
    }
    if feed.counts.badRecords > 0 {
      parts.append(
        Part(text: "\(Figures.count(feed.counts.badRecords)) bad", role: .error, rank: 0))
    }
    parts += notKept(feed.counts)
    let isFull = feed.counts.evictedSpans > 0
    if isFull {
      let count = Figures.count(feed.counts.evictedSpans)
      parts.append(Part(text: "\(count) evicted", role: .warning, rank: 0))
    }
    if feed.cutTraces > 0 {
      let count = Figures.plural(feed.cutTraces, "trace")
      parts.append(Part(text: "\(count) cut short", role: .warning, rank: 1))
    }
    if feed.overflowKeys > 0 {
      let count = Figures.plural(feed.overflowKeys, "key")
      parts.append(Part(text: "\(count) without a column", role: .warning, rank: 3))
    }
    if let oldest = feed.oldestKept {
      parts.append(
        Part(text: "from \(start(oldest, state.context, isNarrow))", role: .warning, rank: 1))
    }
    if feed.services > 0 {
      parts.append(Part(text: Figures.plural(feed.services, "service"), role: .header, rank: 4))
    }
    let held = "\(feed.bytes.short) of \(feed.byteLimit.short)"
    parts.append(Part(text: held, role: .dim, rank: isFull ? 2 : 5))
    return parts
  }

  /// Sources with how each fares; the addresses of a receiver stand together.
  private static func sources(_ sources: [Feed.Source], rank: Int) -> [Part] {
    var parts: [Part] = []
    var last: Feed.Source?
    for source in sources {
      if let last, last.kind == .receiver, source.kind == .receiver, last.state == source.state {
        parts[parts.count - 1].text += " " + source.name
      } else {
        let (mark, role): (String, Role) =
          switch source.state {
          case .active: ("● ", .ok)
          case .ended: ("○ ", .dim)
          case .failed: ("✗ ", .error)
          }
        parts.append(Part(text: mark + source.name, role: role, rank: rank))
      }
      last = source
    }
    let surplus = parts.count - 3
    guard surplus > 0 else { return parts }
    return parts.prefix(3) + [Part(text: "+\(surplus)", role: .dim, rank: rank)]
  }

  /// What was refused, and what came and is not shown on any screen.
  private static func notKept(_ counts: IntakeCounts) -> [Part] {
    var parts: [Part] = []
    if counts.refusals.total > 0 {
      let count = Figures.count(counts.refusals.total)
      parts.append(Part(text: "\(count) refused", role: .warning, rank: 1))
    }
    if counts.metrics > 0 {
      parts.append(Part(text: Figures.plural(counts.metrics, "metric"), role: .dim, rank: 4))
    }
    if counts.logRecords > 0 {
      parts.append(Part(text: Figures.plural(counts.logRecords, "log record"), role: .dim, rank: 4))
    }
    return parts
  }

  /// When the oldest span that is kept began: with its day, unless that is today.
  private static func start(
    _ oldest: UnixNanos, _ context: Context, _ isNarrow: Bool
  ) -> String {
    let civil = context.clock.civil(oldest)
    let time = isNarrow ? civil.hourAndMinute : civil.clock
    return civil.date == context.clock.civil(context.now).date
      ? time : "\(civil.monthAndDay) \(time)"
  }

  /// Draws the parts that fit, dropping the least important whole.
  private static func draw(
    _ parts: [Part], from left: Int, to right: Int, on grid: inout Grid
  ) {
    var kept = parts
    while width(kept) > right - left, let worst = kept.map(\.rank).max(),
      let index = kept.lastIndex(where: { $0.rank == worst })
    {
      kept.remove(at: index)
    }
    var x = right - width(kept)
    for (index, part) in kept.enumerated() {
      if index > 0 { x += grid.put(" · ", x: x, y: 0, Ink(.dim, back: .header)) }
      x += grid.put(part.text, x: x, y: 0, Ink(part.role, back: .header))
    }
  }

  private static func width(_ parts: [Part]) -> Int {
    parts.reduce(0) { $0 + GlyphWidth.of($1.text) } + max(0, parts.count - 1) * 3
  }

  static func timeText(_ context: Context) -> String {
    guard let since = context.pausedAt else { return rangeText(context) }
    let age = Figures.age(Nanoseconds(from: since, to: context.now))
    return age == "now" ? "PAUSED" : "PAUSED \(age)"
  }

  /// The time range of every screen.
  static func rangeText(_ context: Context) -> String {
    switch context.timeRange {
    case .all: return "ALL"
    case .last(let length): return "LAST \(shortLength(length))"
    case .range(.instant(let from), .instant(let to)):
      let dash = context.isUnicode ? "–" : "-"
      return context.clock.span(from, to, now: context.now, dash: dash)
    case .range: return context.timeRange.text(context.clock.textZone)
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
