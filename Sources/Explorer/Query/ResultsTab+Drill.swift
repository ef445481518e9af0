import QueryLanguage

/// The traces of a position in a result, one after the other.
struct QueryDrill: Sendable {
  /// The slowest first.
  var traces: [TraceSummary] = []
  /// Index of the one that was opened last.
  var index = 0
  /// Where they are from: elsewhere `n` starts anew.
  var part: QueryPart?
}

extension ResultsTab {
  /// Enter on a graph: the slowest trace of the cell, and below it.
  mutating func slowest(_ page: QueryPage) -> [Intent] {
    if isInGraph {
      guard var part = graphPart else { return [] }
      // An empty cell leads to what lies below it.
      if graph.anchor == nil, GraphReading(self)?.count == 0, let values = part.values {
        part.values = -.greatestFiniteMagnitude...values.upperBound
      }
      return ask(part, from: graphPart, page)
    }
    guard let result else { return [] }
    let part = part(of: result.tableRow(table.list.selected), result)
    return ask(part, from: part, page)
  }

  private mutating func ask(_ part: QueryPart, from: QueryPart?, _ page: QueryPage) -> [Intent] {
    (drill.traces, drill.part) = ([], from)
    return [.ask(Self.drillSlot, .traces(part.request(of: page.query, limit: 1_000)))]
  }

  mutating func open(_ list: TraceList) -> [Intent] {
    guard let first = list.traces.first else { return [.notice(Notice("no span here"))] }
    (drill.traces, drill.index) = (list.traces, 0)
    return [.open(.trace(first.id, first.matchingSpan))]
  }

  /// `n`, `N`: the other traces of the cell that was opened.
  mutating func walkFrom(_ step: Int, _ page: QueryPage) -> [Intent] {
    guard !drill.traces.isEmpty, drill.part == graphPart else { return slowest(page) }
    return walkFound(step)
  }

  package mutating func walk(_ step: Int, _ page: QueryPage) -> [Intent] {
    drill.traces.isEmpty ? [] : walkFound(step)
  }

  private mutating func walkFound(_ step: Int) -> [Intent] {
    let next = drill.index + step
    guard drill.traces.indices.contains(next) else {
      return [.notice(Notice(step > 0 ? "that was the last one here" : "this is the slowest here"))]
    }
    drill.index = next
    let trace = drill.traces[next]
    let count = drill.traces.count
    return [
      .open(.trace(trace.id, trace.matchingSpan)),
      .notice(Notice("trace \(next + 1) of \(count) here; ) and ( walk them")),
    ]
  }
}
