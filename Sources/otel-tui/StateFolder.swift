import Foundation

/// `$XDG_STATE_HOME/otel-tui`, or `~/.local/state/otel-tui`: the history, the columns, the log.
enum StateFolder {
  static var url: URL {
    let environment = ProcessInfo.processInfo.environment
    let base =
      environment["XDG_STATE_HOME"].flatMap { $0.isEmpty ? nil : URL(fileURLWithPath: $0) }
      ?? FileManager.default.homeDirectoryForCurrentUser.appendingPathComponent(".local/state")
    return base.appendingPathComponent("otel-tui")
  }
}
