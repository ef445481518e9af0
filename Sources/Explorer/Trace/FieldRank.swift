/// Which attributes of a span a person wants to see first.
enum FieldRank {
  /// Names and beginnings of names, of the semantic conventions and their forerunners: errors, what
  /// was asked for, what came of it.
  private static let first: [String] = [
    "error", "exception.", "http.method", "http.request.method", "http.route", "http.target",
    "url.path", "url.full", "http.url", "http.status_code", "http.response.status_code",
    "rpc.service", "rpc.method", "rpc.", "db.system", "db.operation", "db.statement",
    "db.query.text", "db.", "messaging.", "graphql.", "faas.", "aws.", "gen_ai.", "http.", "url.",
  ]
  /// Where the code ran rather than what it did.
  private static let last: [String] = [
    "net.", "network.", "server.", "client.", "thread.", "code.", "otel.", "telemetry.",
    "process.", "busy_ns", "idle_ns",
  ]

  /// Smaller is earlier; equal ones are sorted by name.
  static func of(_ name: String) -> Int {
    if let index = first.firstIndex(where: { matches(name, $0) }) { return index }
    return first.count + (last.contains { matches(name, $0) } ? 1 : 0)
  }

  private static func matches(_ name: String, _ pattern: String) -> Bool {
    pattern.hasSuffix(".") ? name.hasPrefix(pattern) : name == pattern
  }
}
