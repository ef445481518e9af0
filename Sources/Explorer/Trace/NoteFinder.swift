package import QueryLanguage
import Telemetry

/// Looks through a trace for what a person would like to have pointed out.
///
/// Each rule says what it takes to be striking, so that an ordinary trace has no notes at all.
struct NoteFinder {
  let view: TraceView
  let length: Int64
  /// Children of node `i` by start: `children[firstChild[i]..<firstChild[i + 1]]`.
  private let firstChild: [Int32]
  private let children: [Int32]

  /// Notes of one kind beyond which the rest is noise.
  private static let mostOfAKind = 3

  static func notes(_ view: TraceView) -> [TraceNote] {
    let finder = NoteFinder(view)
    let found =
      finder.repeatedCalls() + finder.siblings() + finder.gaps() + finder.overruns()
      + finder.skews()
    var notes: [TraceNote] = []
    for kind in TraceNote.Kind.allCases {
      let ofKind = found.filter { $0.kind == kind }
      notes += ofKind.sorted { $0.weight > $1.weight }.prefix(mostOfAKind)
    }
    return notes.sorted { ($0.weight, $1.kind.rawValue) > ($1.weight, $0.kind.rawValue) }
  }

  init(_ view: TraceView) {
    self.view = view
    length = max(1, view.duration.count)
    var first = [Int32](repeating: 0, count: view.nodes.count + 1)
    for node in view.nodes where node.parent >= 0 { first[Int(node.parent) + 1] += 1 }
    for index in view.nodes.indices { first[index + 1] += first[index] }
    var next = first
    var list = [Int32](repeating: 0, count: Int(first[view.nodes.count]))
    // Pre-order visits siblings by start.
    for (index, node) in view.nodes.enumerated() where node.parent >= 0 {
      list[Int(next[Int(node.parent)])] = Int32(index)
      next[Int(node.parent)] += 1
    }
    (firstChild, children) = (first, list)
  }

  func children(of node: Int) -> ArraySlice<Int32> {
    children[Int(firstChild[node])..<Int(firstChild[node + 1])]
  }

  func node(_ index: Int32) -> TraceNode { view.nodes[Int(index)] }

  func name(_ index: Int32) -> String { view.texts[Int(node(index).name)] }

  func fullName(_ index: Int32) -> String {
    "\(view.texts[Int(node(index).service)]) \(name(index))"
  }

  /// Nanoseconds in which at least one of the spans runs.
  func union(_ nodes: some Sequence<Int32>) -> Nanoseconds {
    let sorted = nodes.map { node($0) }.sorted { $0.start < $1.start }
    var covered = Nanoseconds.zero
    var reached = UnixNanos.zero
    for span in sorted {
      let from = max(reached, span.start)
      if span.end > from {
        covered += Nanoseconds(from: from, to: span.end)
        reached = span.end
      }
    }
    return covered
  }

  func share(_ part: Nanoseconds) -> Double { Double(part.count) / Double(length) }

  /// ` of the trace's 130ms`
  var ofTrace: String { "of the trace's \(Nanoseconds(length).short)" }
}

extension TraceNote {
  /// - Complexity: O(*n* log *n*) in the spans and their attributes.
  package static func all(_ view: TraceView) -> [TraceNote] { NoteFinder.notes(view) }
}
