import Telemetry
import Explorer
import Screen

/// What Home says while it holds no span: what became of the input so far, and how to get data in.
enum HomeEmpty {
  static func draw(_ area: Rect, _ around: Surroundings, on grid: inout Grid) {
    let feed = around.feed
    grid.putCentered(working(feed).map { [$0] } ?? [state(feed), ""] + ways(feed), in: area, .text)
  }

  /// What is being done that ends by itself.
  private static func working(_ feed: Feed) -> String? {
    let active = feed.sources.filter { $0.state == .active }
    if active.contains(where: { $0.kind == .demo }) { return "Making up some minutes of traffic…" }
    guard !feed.isLive, feed.counts.otherLines == 0 else { return nil }
    let files = active.filter { $0.kind == .file }.map(\.name)
    return files.isEmpty ? nil : "Reading \(files.joined(separator: ", "))…"
  }

  private static func state(_ feed: Feed) -> String {
    let inputs = feed.sources.filter { $0.kind == .file || $0.kind == .pipe }
    let isOver = inputs.allSatisfy { $0.state != .active }
    let names = inputs.map { $0.kind == .pipe ? "standard input" : $0.name }
      .joined(separator: ", ")
    if let first = feed.counts.firstBad {
      let count = Figures.count(feed.counts.badRecords)
      return "No span: \(count) bad, the first at \(first.source):\(first.line): \(first.reason)"
    }
    if feed.counts.otherLines > 0 {
      let lines = "\(Figures.count(feed.counts.otherLines)) lines of \(names)"
      return isOver ? "No span in \(lines); they are below." : "No span yet in \(lines), below."
    }
    if inputs.isEmpty {
      return feed.sources.contains { $0.state == .active }
        ? "Waiting for the first span. Ways to get some in:"
        : "No spans yet. Ways to get some in:"
    }
    return isOver ? "There is no span in \(names)." : "Waiting for a span on \(names)."
  }

  private static func ways(_ feed: Feed) -> [String] {
    var lines: [String] = []
    if let grpc = feed.grpcAddress {
      lines.append("OTLP/gRPC   OTEL_EXPORTER_OTLP_ENDPOINT=http://\(grpc)  go run .")
    }
    if let http = feed.httpAddress {
      lines.append("OTLP/HTTP   OTEL_EXPORTER_OTLP_ENDPOINT=http://\(http)  npm start")
    }
    if feed.sources.contains(where: { $0.kind == .pipe }) {
      lines += [
        "a pipe      has spans when the SDK prints them: OTEL_TRACES_EXPORTER=console",
        "OTLP        otel-tui, then OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4317",
      ]
    } else {
      lines.append("a pipe      go run . | otel-tui")
    }
    return lines + ["a file      otel-tui traces.jsonl.gz", "made up     otel-tui demo"]
  }
}
