import Telemetry

/// What variables of the environment say of the settings.
struct SettingsEnvironment {
  private let variables: [String: String]

  init(_ variables: [String: String]) { self.variables = variables }

  /// Nil where the variable is not set, or empty.
  func text(_ name: String) -> String? {
    guard let value = variables[Self.variable(name)], !value.isEmpty else { return nil }
    return value
  }

  func bool(_ name: String) throws(Failure) -> Bool? {
    switch text(name)?.lowercased() {
    case nil: return nil
    case "true", "1": return true
    case "false", "0": return false
    case let value?:
      throw Failure(
        .usage, what: Self.variable(name), why: "is true or false, and this is '\(value)'")
    }
  }

  /// Separated by commas.
  func list(_ name: String) -> [String]? { text(name)?.split(separator: ",").map(\.trimmed) }

  static func variable(_ name: String) -> String { "OTEL_TUI_" + name.uppercased() }

  /// Variables that look like settings and are none, each with the one that was probably meant.
  var unknown: [(name: String, nearest: String)] {
    let known = Setting.all.compactMap(\.variable) + [Settings.fileVariable]
    return variables.keys.sorted().filter { $0.hasPrefix("OTEL_TUI_") && !known.contains($0) }
      .map { name in
        let near = known.min {
          EditDistance.between(Array($0.utf8), Array(name.utf8))
            < EditDistance.between(Array($1.utf8), Array(name.utf8))
        }
        return (name, near ?? "")
      }
  }

  /// Variables of OpenTelemetry that somebody could expect to be obeyed here.
  var exporterHints: [String] {
    variables.keys.sorted().filter { $0.hasPrefix("OTEL_EXPORTER_OTLP_") }
      .map { "\($0)=\(PlainText.line(variables[$0] ?? ""))" }
  }
}
