import QueryLanguage

/// Graphs and heatmaps as text.
enum Chart {
  static func text(of result: QueryResult, width: Int) -> String { "" }
}
