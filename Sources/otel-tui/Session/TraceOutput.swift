import Explorer
import QueryLanguage
import Telemetry
import Views

/// A trace as text, JSON and Jaeger's JSON.
enum TraceOutput {
  static func json(_ view: TraceView) -> [UInt8] { view.json().bytes }

  static func jaeger(_ view: TraceView) -> [UInt8] { view.jaegerJSON().bytes }

  static func text(
    _ view: TraceView, width: Int, isUnicode: Bool, columns: [FieldRef] = []
  ) -> String {
    let columns = columns.map { TraceColumn.field($0) }
    return TraceText.lines(view, width: width, columns: columns, isUnicode: isUnicode)
      .joined(separator: "\n")
  }
}
