/// A query that is asked again and again with a constant that was never asked before.
struct BenchQuery: Sendable {
  let name: String
  /// The query with `#` where the constant goes, which is `first` + variant × `step`.
  private let template: String
  private let first: Int
  private let step: Int
  private let words: [String]

  /// A number as the constant.
  init(_ name: String, _ template: String, from first: Int, step: Int = 1) {
    (self.name, self.template, self.first, self.step, words) = (name, template, first, step, [])
  }

  /// Words as the constants.
  init(_ name: String, _ template: String, _ words: [String]) {
    (self.name, self.template, first, step, self.words) = (name, template, 0, 0, words)
  }

  func text(_ variant: Int) -> String {
    let constant =
      words.isEmpty ? String(first + variant * step) : words[variant % words.count]
    return "VISUALIZE "
      + template.split(separator: "#", omittingEmptySubsequences: false)
      .joined(separator: constant)
  }

  /// The queries the targets speak of; `databases.py` asks the same of its peers.
  ///
  /// A bound on duration_ms that nearly all spans pass makes a query new without making it smaller.
  static let standard = [
    BenchQuery("count, P99 by bucket", "COUNT, P99(duration_ms) EVERY #s", from: 10),
    BenchQuery("errors by bucket", "COUNT WHERE error EVERY #s", from: 10),
    BenchQuery(
      "percentiles by service",
      "COUNT, P50(duration_ms), P95(duration_ms), P99(duration_ms)"
        + " WHERE duration_ms > #ns GROUP BY service.name", from: 1_000, step: 100),
    BenchQuery(
      "P99 by service and bucket", "P99(duration_ms) GROUP BY service.name EVERY #s", from: 10),
    BenchQuery("heatmap", "HEATMAP(duration_ms) WHERE duration_ms > #ns", from: 1_000, step: 100),
    BenchQuery(
      "contains by route",
      "COUNT, P99(duration_ms) WHERE url.path contains \"/#\" GROUP BY http.route", from: 12),
    BenchQuery(
      "count by user of errors",
      "COUNT WHERE http.response.status_code >= # GROUP BY user.id", from: 494),
    BenchQuery(
      "distinct users by region",
      "COUNT_DISTINCT(user.id) WHERE duration_ms > #ns GROUP BY cloud.region", from: 1_000,
      step: 100),
    BenchQuery(
      "three groups",
      "COUNT, AVG(duration_ms) WHERE duration_ms > #ns"
        + " GROUP BY service.name, http.route, cloud.region", from: 1_000, step: 100),
    BenchQuery(
      "phrase in any field", "COUNT WHERE \"#\"",
      [
        "no answer from novabank", "answer from novabank", "from novabank", "answer from nova",
        "no answer from n", "no answer from no", "swer from novabank",
      ]),
    BenchQuery(
      "P99 of self time by name", "P99(self_ms) WHERE duration_ms > #ns GROUP BY name",
      from: 1_000, step: 100),
    BenchQuery(
      "regular expression", "COUNT WHERE url.path matches \"/[a-z]+/[0-9]*#[0-9]$\"", from: 12),
  ]

  /// Groups of very many different values, of which a hundred are shown.
  static let manyGroups = [
    BenchQuery(
      "by trace", "COUNT WHERE duration_ms > #ns GROUP BY trace.trace_id", from: 1_000, step: 100),
    BenchQuery(
      "by span", "MAX(duration_ms) WHERE duration_ms > #ns GROUP BY trace.span_id", from: 1_000,
      step: 100),
    BenchQuery(
      "by user", "COUNT WHERE duration_ms > #ns GROUP BY user.id", from: 1_000, step: 100),
    BenchQuery(
      "by user and name", "COUNT WHERE duration_ms > #ns GROUP BY user.id, name", from: 1_000,
      step: 100),
  ]
}
