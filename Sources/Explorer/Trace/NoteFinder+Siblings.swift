import QueryLanguage
import Telemetry

/// What the children of one span say together.
extension NoteFinder {
  /// The same finding under spans of the same name counts once, with its gravest case.
  private struct Finding {
    var note: TraceNote
    var cases = 1
  }

  private struct Position: Hashable {
    var kind: TraceNote.Kind
    var service: Int32
    var name: Int32
    var child: Int32
  }

  func siblings() -> [TraceNote] {
    var found: [Position: Finding] = [:]
    for index in view.nodes.indices where view.nodes[index].childCount > 1 {
      let parent = view.nodes[index]
      // Most parents are too small and too sound for any of this.
      let isLarge = share(parent.duration) >= 0.1
      let isFaulty = parent.isError || parent.hasErrorBelow
      guard parent.childCount >= 5 || isLarge || isFaulty else { continue }
      let spans = Array(children(of: index))
      let alike = self.alike(spans)
      let retries = isFaulty ? self.retries(index, alike) : nil
      // A call that is tried again has to wait for the one before.
      let serial = isLarge && retries == nil ? self.serial(index, spans) : nil
      for (child, note) in [manyAlike(index, alike), serial, retries, timeout(index, spans)]
        .compactMap(\.self)
      {
        let position = Position(
          kind: note.kind, service: parent.service, name: parent.name, child: child)
        guard var known = found[position] else {
          found[position] = Finding(note: note)
          continue
        }
        known.cases += 1
        let nodes = known.note.nodes + note.nodes
        if note.weight > known.note.weight { known.note = note }
        known.note.nodes = nodes
        found[position] = known
      }
    }
    return found.values.map { finding in
      var note = finding.note
      note.nodes = Array(Set(note.nodes)).sorted()
      if finding.cases > 1 {
        note.text += " Likewise under \(Figures.plural(finding.cases - 1, "other span"))."
      }
      return note
    }
  }

  private struct Name: Hashable {
    var service: Int32
    var name: Int32
  }

  private func alike(_ spans: [Int32]) -> [[Int32]] {
    var groups: [Name: [Int32]] = [:]
    for span in spans {
      let node = node(span)
      groups[Name(service: node.service, name: node.name), default: []].append(span)
    }
    return groups.values.filter { $0.count > 1 }
  }

  /// Five or more children of one name: often one call for each row of a list (N+1).
  private func manyAlike(_ parent: Int, _ alike: [[Int32]]) -> (Int32, TraceNote)? {
    guard let most = alike.max(by: { ($0.count, $1[0]) < ($1.count, $0[0]) }), most.count >= 5
    else { return nil }
    let time = union(most)
    guard share(time) >= 0.02 else { return nil }
    let durations = RunFigures(most.map { node($0).duration })
    let text =
      "\(fullName(most[0])) ×\(most.count) under \(fullName(Int32(parent))): \(time.short) of its "
      + "\(view.nodes[parent].duration.short), \(durations.median.short) each (P50). "
      + "One call for all of them would do."
    return (node(most[0]).name, TraceNote(.manyAlike, text, most, weight: time))
  }

  /// Children that wait for one another although they could run side by side: each begins soon
  /// after the one before has ended, and together they are most of the parent.
  private func serial(_ parent: Int, _ spans: [Int32]) -> (Int32, TraceNote)? {
    let whole = view.nodes[parent].duration
    // Calls below a hundredth of the parent would gain nothing.
    let chain = spans.filter { node($0).duration * 100 >= whole }
    guard chain.count >= 2, whole > .zero else { return nil }
    for (before, after) in zip(chain, chain.dropFirst())
    where node(after).start < node(before).end { return nil }
    let sum = Nanoseconds.sum(of: chain.map { node($0).duration })
    let longest = chain.map { node($0).duration }.max() ?? .zero
    let saved = sum - longest
    guard sum * 2 >= whole, share(saved) >= 0.1 else { return nil }
    let text =
      "\(fullName(Int32(parent))): \(chain.count) calls run one after the other for "
      + "\(sum.short). Side by side they need \(longest.short): "
      + "\(saved.short) less, \(Figures.percent(share(saved))) \(ofTrace)."
    return (-1, TraceNote(.serialCalls, text, chain, weight: saved))
  }

  /// A failed child followed by another of its name.
  private func retries(_ parent: Int, _ alike: [[Int32]]) -> (Int32, TraceNote)? {
    for spans in alike {
      guard let failed = spans.firstIndex(where: { node($0).isError }) else { continue }
      let tries = spans[failed...].filter { span in
        span == spans[failed] || node(span).start >= node(spans[failed]).end
      }
      guard tries.count >= 2, let last = tries.last else { continue }
      let lost = union(tries.filter { node($0).isError })
      let outcome = node(last).isError ? "and failed to the last" : "and then succeeded"
      let text =
        "\(fullName(last)) was tried \(tries.count) times under \(fullName(Int32(parent))) "
        + "\(outcome); failed tries took \(lost.short)."
      return (node(last).name, TraceNote(.retries, text, tries, weight: lost))
    }
    return nil
  }

  /// Children that began at different times and were all cut off at once, with an error: somebody
  /// ran out of time.
  private func timeout(_ parent: Int, _ spans: [Int32]) -> (Int32, TraceNote)? {
    let whole = view.nodes[parent]
    guard whole.duration.count > 0,
      whole.isError || spans.contains(where: { node($0).isError })
    else { return nil }
    let slack = max(100_000, whole.duration.count / 100)
    guard let end = spans.map({ node($0).end }).max() else { return nil }
    let cut = spans.filter { end.since(node($0).end) <= slack }
    let starts = cut.map { node($0).start }
    guard cut.count >= 2, cut.count * 2 > spans.count, cut.contains(where: { node($0).isError }),
      let first = starts.min(), let last = starts.max(), last.since(first) > slack * 2
    else { return nil }
    let span = Nanoseconds(from: whole.start, to: end)
    let text =
      "\(cut.count) of \(spans.count) children of \(fullName(Int32(parent))) end within "
      + "\(Nanoseconds(slack).short) of each other, \(span.short) after it began, with an error: "
      + "it looks like a time-out."
    return (-1, TraceNote(.timeout, text, cut, weight: union(cut)))
  }
}
