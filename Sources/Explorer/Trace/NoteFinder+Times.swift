import QueryLanguage
import Telemetry

/// What the times of a trace say.
extension NoteFinder {
  /// Stretches of a tenth of the trace in which nothing runs at all, or nothing below a span that
  /// is waiting between two of its children.
  func gaps() -> [TraceNote] {
    var notes: [TraceNote] = []
    var reached = view.start
    var before: Int32 = 0
    let starts = view.nodes.map(\.start)
    let byStart = view.nodes.indices.sorted { starts[$0] < starts[$1] }
    for index in byStart {
      let span = view.nodes[index]
      let gap = Nanoseconds(from: reached, to: span.start)
      if share(gap) >= 0.1 {
        let text =
          "For \(gap.short) after \(fullName(before)), \(Figures.percent(share(gap))) \(ofTrace), "
          + "no span runs at all."
        notes.append(TraceNote(.gap, text, [before, Int32(index)], weight: gap))
      }
      if span.end > reached { (reached, before) = (span.end, Int32(index)) }
    }
    for index in view.nodes.indices
    where view.nodes[index].childCount > 1 && share(view.nodes[index].duration) >= 0.1 {
      if let note = gap(under: index) { notes.append(note) }
    }
    return notes
  }

  private func gap(under parent: Int) -> TraceNote? {
    let spans = children(of: parent)
    guard let first = spans.first else { return nil }
    var best: (length: Int64, from: Int32, to: Int32) = (0, first, first)
    var reached = node(first).end
    var before = first
    for span in spans.dropFirst() {
      let gap = min(node(span).start, view.nodes[parent].end).since(reached)
      if gap > best.length { best = (gap, before, span) }
      if node(span).end > reached { (reached, before) = (node(span).end, span) }
    }
    let gap = Nanoseconds(best.length)
    guard share(gap) >= 0.1, gap * 4 >= view.nodes[parent].duration else {
      return nil
    }
    let text =
      "Under \(fullName(Int32(parent))) nothing runs for \(gap.short), "
      + "\(Figures.percent(share(gap))) \(ofTrace), between \(name(best.from)) and "
      + "\(name(best.to))."
    return TraceNote(.gap, text, [Int32(parent), best.from, best.to], weight: gap)
  }

  private struct Pair: Hashable {
    var parent: Int32
    var child: Int32
  }

  /// Children that go on for a hundredth of the trace after their parent has ended.
  func overruns() -> [TraceNote] {
    var found: [Pair: (amount: Int64, worst: Int32, nodes: [Int32])] = [:]
    for (index, child) in view.nodes.enumerated() where child.parent >= 0 {
      let parent = view.nodes[Int(child.parent)]
      let amount = child.end.since(parent.end)
      guard amount > 100_000, share(Nanoseconds(amount)) >= 0.01 else { continue }
      let pair = Pair(parent: parent.name, child: child.name)
      var known = found[pair] ?? (0, Int32(index), [])
      if amount > known.amount { (known.amount, known.worst) = (amount, Int32(index)) }
      known.nodes.append(Int32(index))
      found[pair] = known
    }
    return found.values.map { amount, worst, nodes in
      let child = node(worst)
      let parent = view.nodes[Int(child.parent)]
      let isLonger = child.duration > parent.duration
      let count = nodes.count > 1 ? " \(Figures.plural(nodes.count, "span")) do." : ""
      let text =
        "\(fullName(worst)) ends \(Nanoseconds(amount).short) after its parent "
        + "\(fullName(child.parent))\(isLonger ? ", and takes longer than it" : "").\(count)"
      return TraceNote(.childLonger, text, nodes, weight: Nanoseconds(amount))
    }
  }

  /// Children of another service that begin before their parent: no cause follows its effect, so
  /// the clocks differ by at least that much.
  func skews() -> [TraceNote] {
    var found: [Pair: (amount: Int64, worst: Int32, nodes: [Int32])] = [:]
    for (index, child) in view.nodes.enumerated() where child.parent >= 0 {
      let parent = view.nodes[Int(child.parent)]
      let amount = parent.start.since(child.start)
      guard amount > 0,
        view.batch.spans[index].resource != view.batch.spans[Int(child.parent)].resource
      else { continue }
      let pair = Pair(parent: parent.service, child: child.service)
      var known = found[pair] ?? (0, Int32(index), [])
      if amount > known.amount { (known.amount, known.worst) = (amount, Int32(index)) }
      known.nodes.append(Int32(index))
      found[pair] = known
    }
    return found.map { pair, known in
      let (child, parent) = (view.texts[Int(pair.child)], view.texts[Int(pair.parent)])
      let text =
        "\(child)'s clock is at least \(Nanoseconds(known.amount).short) behind \(parent)'s: "
        + "\(name(known.worst)) begins before its parent."
        + (known.nodes.count == 1
          ? "" : " So do \(known.nodes.count - 1) more of its spans.")
      return TraceNote(.clockSkew, text, known.nodes, weight: Nanoseconds(known.amount))
    }
  }
}
