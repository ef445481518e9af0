import Explorer
import QueryLanguage
import Screen
import Telemetry

/// The three graphs at the top of Home: rate, errors, duration.
enum HomeGraphs {
  static func draw(
    _ model: HomeModel, _ panes: HomePanes, _ context: Context, on grid: inout Grid
  ) {
    let selected = model.litService
    let titles = ["Rate  spans/s", "Errors  %", "Duration  P50 P95 P99"]
    for (index, rect) in panes.graphs.enumerated() {
      let pane = HomeModel.Pane(rawValue: index) ?? .rate
      let isFocused = model.focus == pane
      let area = grid.box(
        rect, title: titles[index], note: note(model, context, isFocused: isFocused),
        isFocused: isFocused)
      grid.mark(rect, as: HomeModel.Spot.graph(pane))
      var graph =
        switch pane {
        case .errors: errors(model, context, selected)
        case .duration: durations(model, context)
        default: rate(model, context, selected)
        }
      graph?.target = Target(HomeModel.Spot.plot(pane))
      if let result = model.figures.byService, let buckets = model.markedBuckets(result) {
        graph?.box = buckets
        graph?.cursor = model.mark.map { result.bucket(at: $0.point) }
      }
      guard let graph, !graph.lines.isEmpty else {
        grid.putCentered(
          [model.figures.byService == nil ? "counting…" : "nothing in this time range"],
          in: area)
        continue
      }
      graph.draw(in: area, context, on: &grid)
    }
  }

  /// What is marked, beside the title of the graph it is marked on.
  private static func note(
    _ model: HomeModel, _ context: Context, isFocused: Bool
  ) -> String {
    guard isFocused, let span = model.markedSpan else { return "" }
    return context.clock.stretch(span.start, span.end, now: context.now)
  }

  /// Most groups shown as lines of their own: more would be noise in a third of a screen.
  private static let lineLimit = 10

  private static func rate(
    _ model: HomeModel, _ context: Context, _ selected: String?
  ) -> LineGraph? {
    guard let result = model.figures.byService else { return nil }
    let lines = lines(of: result, context, selected) { result.rates(of: $0) }
    return LineGraph(lines: lines, unit: .number, start: result.start, end: result.end)
  }

  private static func errors(
    _ model: HomeModel, _ context: Context, _ selected: String?
  ) -> LineGraph? {
    guard let all = model.figures.byService, let errors = model.figures.errors else { return nil }
    var errorCounts: [String: [Double?]] = [:]
    for series in errors.series where series.calculation == 0 {
      errorCounts[name(series)] = series.values
    }
    let lines = lines(of: all, context, selected) { counts, name in
      let bad = errorCounts[name]
      return counts.enumerated().map { index, count in
        guard let count, count > 0 else { return nil }
        let found = bad.flatMap { index < $0.count ? $0[index] : nil } ?? 0
        return found / count
      }
    }
    return LineGraph(lines: lines, unit: .percent, start: all.start, end: all.end)
  }

  private static func durations(_ model: HomeModel, _ context: Context) -> LineGraph? {
    let glyphs: Glyphs = context.isUnicode ? .unicode : .ascii
    guard let result = model.figures.durations else { return nil }
    let roles: [Role] = [.series1, .series3, .series2]
    let names = ["P50", "P95", "P99"]
    let lines = result.series.filter { $0.calculation < 3 }.map { series in
      LineGraph.Line(
        label: names[series.calculation], values: series.values, role: roles[series.calculation],
        mark: glyphs.seriesMark(series.calculation))
    }
    return LineGraph(
      lines: lines, unit: .milliseconds, scale: .log, start: result.start, end: result.end)
  }

  private static func name(_ series: QueryResult.Series) -> String {
    if case .text(let text)? = series.group.first { text } else { "" }
  }

  private static func lines(
    of result: QueryResult, _ context: Context, _ selected: String?,
    _ values: ([Double?]) -> [Double?]
  ) -> [LineGraph.Line] {
    lines(of: result, context, selected) { counts, _ in values(counts) }
  }

  private static func lines(
    of result: QueryResult, _ context: Context, _ selected: String?,
    _ values: ([Double?], String) -> [Double?]
  ) -> [LineGraph.Line] {
    result.series.filter { $0.calculation == 0 }.prefix(lineLimit).map { series in
      let name = name(series)
      let number = context.services[name]
      let glyphs = context.isUnicode ? Glyphs.unicode : .ascii
      return LineGraph.Line(
        label: name, values: values(series.values, name), role: .series(number),
        mark: glyphs.seriesMark(number), isChosen: name == selected)
    }
  }
}
