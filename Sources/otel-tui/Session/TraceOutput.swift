import QueryLanguage
import Screen
import Views

/// A trace as text, JSON and Jaeger's JSON.
enum TraceOutput {
  static func json(_ view: TraceView) -> [UInt8] { [] }
  static func jaeger(_ view: TraceView) -> [UInt8] { [] }
  static func text(
    _ view: TraceView, width: Int, isUnicode: Bool, columns: [FieldRef] = []
  ) -> String { "" }
}
