import Screen

/// Where the columns of a list of traces are; the same for every row and for the line of titles.
struct TraceListColumns {
  let time: Int
  let service: Int
  let serviceWidth: Int
  let name: Int
  let nameWidth: Int
  /// Right ends of the figures.
  let spans: Int
  let services: Int
  let errors: Int
  let duration: Int
  let bar: Int
  /// 0 where there is no room for bars.
  let barWidth: Int
  /// Whether figures come with their words.
  let isWide: Bool

  /// - Parameters:
  ///   - area: the list, or a row of it.
  ///   - services: all services there are, so that columns stand still while one scrolls.
  ///   - moment: cells of a moment.
  init(_ area: Rect, services names: [String], moment: Int = 12) {
    isWide = area.width >= 100
    time = area.x + 1
    service = time + moment + 2
    let longest = names.reduce(0) { max($0, GlyphWidth.of($1)) } + 1
    serviceWidth = isWide ? max(16, min(28, longest)) : max(11, min(15, longest))
    name = service + serviceWidth
    let figures = (isWide ? [12, 11, 11, 8] : [7, 0, 6, 8]).map { $0 == 0 ? 0 : $0 + 1 }
    let spare = area.right - 1 - name - figures.reduce(0, +)
    // Name and bar share what the figures leave; the eye must find its way from one to the other.
    let wanted = max(18, min(64, spare * 11 / 20))
    let hasBars = area.width >= 76 && spare - wanted - 1 >= 6
    nameWidth = max(0, hasBars ? wanted : spare)
    spans = name + nameWidth + figures[0]
    services = spans + figures[1]
    errors = services + figures[2]
    duration = errors + figures[3]
    bar = duration + 1
    barWidth = hasBars ? min(64, spare - wanted - 1) : 0
  }
}
