import QueryLanguage
import Telemetry

/// The whole trace at a glance: spans running at each moment, and where errors start.
package struct TraceMinimap: Sendable {
  /// Spans that run in each of ``columns`` equal parts of the trace.
  package private(set) var density: [Double] = []
  /// Places of spans with an error, 0 … 1, at most one a column.
  package private(set) var errors: [Double] = []

  /// Finer than any screen's dots.
  package static let columns = 512

  package init() {}

  /// - Complexity: O(*n*) in the spans, however long they are.
  init(_ view: TraceView) {
    let length = Double(max(1, view.end.since(view.start)))
    let last = Self.columns - 1
    var steps = [Int](repeating: 0, count: Self.columns + 1)
    var failed = [Bool](repeating: false, count: Self.columns)
    for node in view.nodes {
      let from = Double(node.start.since(view.start)) / length
      let to = Double(node.end.since(view.start)) / length
      let first = min(last, max(0, Int(from * Double(Self.columns))))
      let end = min(last, max(first, Int((to * Double(Self.columns)).rounded(.up)) - 1))
      steps[first] += 1
      steps[end + 1] -= 1
      if node.isError { failed[first] = true }
    }
    var running = 0
    density = steps.dropLast().map { step in
      running += step
      return Double(running)
    }
    errors = failed.indices.filter { failed[$0] }.map { Double($0) / Double(Self.columns) }
  }
}
