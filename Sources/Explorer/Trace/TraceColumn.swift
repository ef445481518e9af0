package import QueryLanguage
package import Telemetry

/// A column between tree and bars.
package enum TraceColumn: Hashable, Sendable {
  case field(FieldRef)
  /// Duration as a share of the trace's.
  case share
  /// Share of all held spans of the same service and name that are no longer than this one.
  case rank

  package static let duration = TraceColumn.field(.duration)
  package static let selfTime = TraceColumn.field(FieldRef(FieldName.selfMS))

  /// Offered before the fields of the trace.
  static let standard: [TraceColumn] = [.duration, .selfTime, .share, .rank]

  package var title: String {
    switch self {
    case .duration: "duration"
    case .selfTime: "self"
    case .share: "of trace"
    case .rank: "rank"
    case .field(let field): field.name
    }
  }

  /// Cells, without the blank behind it.
  package var width: Int {
    switch self {
    case .duration, .selfTime, .share: 8
    case .rank: 6
    case .field(let field) where field.builtin?.type == .time: 20
    case .field(let field): min(22, max(12, field.name.utf8.count + 1))
    }
  }

  /// Its cells are numbers, whatever the spans say.
  package var isNumber: Bool {
    switch self {
    case .duration, .selfTime, .share, .rank: true
    case .field: false
    }
  }

  /// In the list to choose from.
  var help: String {
    switch self {
    case .duration: "duration"
    case .selfTime: "self time: duration without what the children cover"
    case .share: "share of the trace's duration"
    case .rank: "percentile rank among held spans of the same service and name"
    case .field(let field): QueryText.print(field)
    }
  }
}

/// What a column says of a row.
package struct TraceCell: Hashable, Sendable {
  /// As it stands in the cell.
  package var text: String
  /// It stands on the right of its column.
  package var isNumber: Bool
}

extension WaterfallTab {
  /// - Complexity: O(attributes of the span); for visible rows only.
  package func cell(
    _ column: TraceColumn, _ row: TraceRow, _ clock: ClockStyle, now: UnixNanos
  ) -> TraceCell? {
    let entry = tree.entries[Int(row.entry)]
    guard let view, entry.node >= 0 else { return nil }
    let index = Int(entry.node)
    let node = view.nodes[index]
    if case .run = row.kind {
      guard case .duration = column, let figures = self.index.runs[row.entry] else { return nil }
      return TraceCell(text: figures.total.short, isNumber: true)
    }
    switch column {
    case .duration: return TraceCell(text: node.duration.short, isNumber: true)
    case .selfTime: return TraceCell(text: node.selfTime.short, isNumber: true)
    case .share:
      let share = Double(node.duration.count) / Double(max(1, view.duration.count))
      return TraceCell(text: Figures.percent(share), isNumber: true)
    case .rank:
      guard let rank = ranks.rank(of: index) else { return nil }
      return TraceCell(text: "P" + Figures.decimals(rank * 100, 0), isNumber: true)
    case .field(let field):
      guard let value = SpanField(field, view).value(index) else { return nil }
      let isNumber: Bool =
        switch value {
        case .integer, .double: true
        default: false
        }
      return TraceCell(text: CellText.text(value, field, clock, now: now), isNumber: isNumber)
    }
  }
}
