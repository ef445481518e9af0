import QueryLanguage

/// How a column is written into the state folder, a line each.
extension TraceColumn {
  /// A field as the query language writes it; what is no field begins with `%`, as no field does.
  package var saved: String {
    switch self {
    case .field(let field): QueryText.print(field)
    case .share: "%share"
    case .rank: "%rank"
    }
  }

  /// nil for a line that means no column.
  package init?(saved text: String) {
    switch text {
    case "%share": self = .share
    case "%rank": self = .rank
    default:
      guard let field = try? QueryText.parseField(text) else { return nil }
      self = .field(field)
    }
  }
}

extension WaterfallTab {
  /// Shows the columns of an earlier run.
  package mutating func show(columns saved: [TraceColumn]) {
    columns = saved.reduce(into: []) { known, column in
      if !known.contains(column) { known.append(column) }
    }
  }
}
