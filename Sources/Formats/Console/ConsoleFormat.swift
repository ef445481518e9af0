import Telemetry

/// What one SDK's console exporter prints as JSON. Another language is a file of its own and a line
/// in `all`.
struct ConsoleFormat: Sendable {
  /// Judges by the record's outermost members; formats must exclude each other.
  let isSpan: @Sendable (TapeValue) -> Bool
  /// Appends the span.
  let append: @Sendable (TapeValue, inout SpanBatch) -> Void

  static let all: [ConsoleFormat] = [
    GoStdouttrace.format, PythonConsole.format, NodeConsole.format, PHPConsole.format,
    ZipkinV1.format, Zipkin.format,
  ]
}
