import NIOHTTP1

/// What can be asked, where, and with what: the one table that routing and the OpenAPI document
/// read.
enum Endpoint: CaseIterable, Sendable {
  case query, compare, trace, traces, fields, events, document, metrics

  /// An argument and what it means. Of `POST` they are members of the body, of `GET` they stand
  /// behind the question mark.
  struct Argument: Sendable {
    enum Kind: String, Sendable { case string, integer, boolean, array }

    var name: String
    var kind: Kind
    var meaning: String

    init(_ name: String, _ kind: Kind, _ meaning: String) {
      (self.name, self.kind, self.meaning) = (name, kind, meaning)
    }
  }

  /// `{id}` stands for one part.
  var path: String {
    switch self {
    case .query: "/api/query"
    case .compare: "/api/compare"
    case .trace: "/api/trace/{id}"
    case .traces: "/api/traces"
    case .fields: "/api/fields"
    case .events: "/api/events"
    case .document: "/api/openapi.json"
    case .metrics: "/metrics"
    }
  }

  var method: HTTPMethod { self == .query || self == .compare ? .POST : .GET }

  var summary: String {
    switch self {
    case .query: "Ask a query; the answer is that of otel-tui query --format json."
    case .compare: "What is different about some spans; that of otel-tui compare --format json."
    case .trace: "One trace by its id, its beginning, or slowest; that of otel-tui trace."
    case .traces: "List traces."
    case .fields: "Every field, its type and commonest values; that of otel-tui fields."
    case .events: "The newest span events, exceptions among them."
    case .document: "This document."
    case .metrics: "Calls and durations of the spans held, and the program's own counters."
    }
  }

  var arguments: [Argument] {
    let filter = Argument("where", .string, "Only what matches this WHERE expression")
    let limit = Argument("limit", .integer, "The most that are listed")
    switch self {
    case .query:
      return [
        Argument("query", .string, "The text of the query"),
        Argument("linear", .boolean, "Heatmaps with equal steps of the value"),
      ]
    case .compare:
      return [
        Argument("selection", .string, "Which spans: a WHERE expression and a time clause"),
        Argument("baseline", .string, "What to hold against them; every other span without it"),
        Argument("alike", .boolean, "Against the other spans of the same names"),
        Argument("before", .boolean, "Against the same filter in the time just before"),
        Argument("by_trace", .boolean, "Compare traces"),
        Argument("fields", .array, "Only these fields"),
        Argument("limit", .integer, "Fields in the answer, at most"),
      ]
    case .traces:
      let orders = TraceOrderName.names.joined(separator: ", ")
      return [filter, Argument("order", .string, "One of \(orders)"), limit]
    case .events: return [filter, limit]
    case .trace, .fields, .document, .metrics: return []
    }
  }

  /// - Returns: what a path is of, and what stands for `{id}`; nil for another path.
  static func find(_ path: String) -> (endpoint: Endpoint, id: String)? {
    for endpoint in allCases {
      if endpoint.path == path { return (endpoint, "") }
      guard let gap = endpoint.path.firstRange(of: "{id}") else { continue }
      let front = endpoint.path[..<gap.lowerBound]
      guard path.hasPrefix(front), path.count > front.count else { continue }
      let id = path.dropFirst(front.count)
      if !id.contains("/") { return (endpoint, String(id)) }
    }
    return nil
  }
}
