import Foundation

/// What was measured: lines as they come, or one JSON object at the end.
final class Report {
  /// A line a person reads is left out.
  private let isJSON: Bool
  private var figures: [String: Double] = [:]
  private var queries: [Query] = []

  init(isJSON: Bool) { self.isJSON = isJSON }

  /// One of the queries of the design.
  struct Query: Encodable {
    var name: String
    var text: String
    /// The fastest run, and the first.
    var best_ms: Double
    var first_ms: Double
    /// Spans that match, or that the listed traces have.
    var matched: Int
    var rows: Int
  }

  func say(_ line: @autoclosure () -> String) { if !isJSON { print(line()) } }

  /// Keeps a figure; its name says the unit.
  func keep(_ name: String, _ value: Double) { figures[name] = value }

  func keep(_ query: Query) {
    queries.append(query)
    say(
      "query, \(query.name): \(Stopwatch.milliseconds(query.best_ms / 1e3)) "
        + "(first \(Stopwatch.milliseconds(query.first_ms / 1e3)))")
  }

  /// The mean the targets speak of.
  func finishQueries() {
    guard !queries.isEmpty else { return }
    let mean = exp(queries.reduce(0) { $0 + log($1.best_ms) } / Double(queries.count))
    keep("queries_geometric_mean_ms", mean)
    say("query, geometric mean of \(queries.count): \(Stopwatch.milliseconds(mean / 1e3))")
  }

  func finish() throws {
    guard isJSON else { return }
    struct Whole: Encodable {
      var figures: [String: Double]
      var queries: [Query]
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    let data = try encoder.encode(Whole(figures: figures, queries: queries))
    print(String(decoding: data, as: UTF8.self))
  }
}
