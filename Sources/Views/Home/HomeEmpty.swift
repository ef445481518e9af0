import Telemetry
import Explorer
import Screen

/// What Home says while it holds no span: what became of the input so far, and how to get data in.
enum HomeEmpty {
  static func draw(_ model: HomeModel, _ area: Rect, _ context: Context, on grid: inout Grid) {
    let feed = context.feed
    if let working = working(feed) { return grid.putCentered([working], in: area, .text) }
    let command = feed.sources.contains { $0.kind == .command }
    let setups = command ? [] : model.setups(context)
    let head = [state(feed, hasSetups: !setups.isEmpty)] + problems(feed) + [""]
    let others = ways(feed, hasSetups: !setups.isEmpty)
    guard head.count + setups.count + 2 + others.count <= area.height, !setups.isEmpty else {
      let first = setups.indices.contains(model.setupIndex) ? setups[model.setupIndex] : nil
      let line = first.map { ["\(padded($0.language))\($0.text)"] } ?? []
      return grid.putCentered(head + line + (command ? [] : others), in: area, .text)
    }
    let hint = "Set this where your program starts; Up and Down choose, c copies:"
    let rows = setups.map { "  \(padded($0.language))\($0.text)" }
    var lines = Array(head.dropLast())
    lines += ["", hint]
    lines += rows
    lines.append("")
    lines += others.map { "  " + $0 }
    let widest = lines.map { GlyphWidth.of($0) }.max() ?? 0
    let block = area.centered(width: widest, height: lines.count)
    for (index, line) in lines.enumerated() {
      let y = block.y + index
      let isSelected = index == head.count + 1 + model.setupIndex
      if isSelected {
        grid.shade(Rect(x: block.x, y: y, width: block.width, height: 1), .selection)
        grid.draw(grid.glyphs.cursor, block.x, y, Ink(.accent, back: .selection))
      }
      grid.put(
        isSelected ? String(line.dropFirst(2)) : line, x: block.x + (isSelected ? 2 : 0), y: y,
        .text, limit: block.width - (isSelected ? 2 : 0))
    }
  }

  private static func padded(_ text: String) -> String {
    text + String(repeating: " ", count: max(1, 12 - text.count))
  }

  /// What is being done that ends by itself.
  private static func working(_ feed: Feed) -> String? {
    let active = feed.sources.filter { $0.state == .active }
    if active.contains(where: { $0.kind == .demo }) { return "Making up some minutes of traffic…" }
    guard !feed.isLive, feed.counts.otherLines == 0 else { return nil }
    let files = active.filter { $0.kind == .file }.map(\.name)
    return files.isEmpty ? nil : "Reading \(files.joined(separator: ", "))…"
  }

  private static func state(_ feed: Feed, hasSetups: Bool) -> String {
    if let command = feed.sources.first(where: { $0.kind == .command }), feed.counts.badRecords == 0
    {
      return command.state == .active
        ? "Waiting for the first span of \(command.name)." : "There is no span of \(command.name)."
    }
    let inputs = feed.sources.filter { $0.kind == .file || $0.kind == .pipe }
    let isOver = inputs.allSatisfy { $0.state != .active }
    let names = inputs.map { $0.kind == .pipe ? "standard input" : $0.name }
      .joined(separator: ", ")
    if let first = feed.counts.firstBad {
      let count = Figures.count(feed.counts.badRecords)
      return "No span: \(count) bad, the first at \(first.source):\(first.line): \(first.reason)"
    }
    if let others = others(feed.counts) {
      let source = names.isEmpty ? "what came in" : names
      return isOver && !inputs.isEmpty
        ? "No span, but \(others) in \(source); they are counted, not shown."
        : "No span yet, but \(others) in \(source); they are counted, not shown."
    }
    if feed.counts.otherLines > 0 {
      let lines = "\(Figures.count(feed.counts.otherLines)) lines of \(names)"
      return isOver ? "No span in \(lines); they are below." : "No span yet in \(lines), below."
    }
    if inputs.isEmpty {
      let text =
        feed.sources.contains { $0.state == .active }
        ? "Waiting for the first span." : "No spans yet."
      return hasSetups ? text : text + " Ways to get some in:"
    }
    return isOver ? "There is no span in \(names)." : "Waiting for a span on \(names)."
  }

  /// Sources that failed, each with why and what to do.
  private static func problems(_ feed: Feed) -> [String] {
    feed.sources.compactMap { $0.state == .failed ? $0.problem : nil }
  }

  /// What the input held instead of spans; nil when nothing was recognised.
  private static func others(_ counts: IntakeCounts) -> String? {
    let parts = [
      counts.metrics > 0 ? Figures.plural(counts.metrics, "metric") : nil,
      counts.logRecords > 0 ? Figures.plural(counts.logRecords, "log record") : nil,
    ].compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined(separator: " and ")
  }

  private static func ways(_ feed: Feed, hasSetups: Bool) -> [String] {
    var lines: [String] = []
    if feed.sources.contains(where: { $0.kind == .pipe }) {
      lines.append(
        "a pipe      has spans when the SDK prints them: OTEL_TRACES_EXPORTER=console")
      if !hasSetups {
        lines.append(
          "OTLP        otel-tui, then OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4317")
      }
    } else {
      lines += ["a command   otel-tui run -- npm start", "a pipe      go run . | otel-tui"]
    }
    return lines + ["a file      otel-tui traces.jsonl.gz", "made up     otel-tui demo"]
  }
}
