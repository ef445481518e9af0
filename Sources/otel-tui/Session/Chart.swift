import QueryLanguage
import Views

/// Graphs and heatmaps as text.
enum Chart {
  static func text(of result: QueryResult, width: Int) -> String {
    ChartText.lines(
      of: result, width: max(40, width), isUnicode: !Locale.isASCII,
      zone: LocalTime.zone
    ).joined(separator: "\n")
  }
}
