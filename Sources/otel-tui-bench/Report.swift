import Foundation

/// What was measured: lines as they come, or one JSON object at the end.
final class Report {
  /// A line a person reads is left out.
  private let isJSON: Bool
  private var figures: [String: Double] = [:]
  private var queries: [Query] = []
  /// Since the last mean.
  private var kept: [Query] = []

  init(isJSON: Bool) { self.isJSON = isJSON }

  struct Query: Encodable {
    var name: String
    /// As it was asked, variant by variant.
    var texts: [String]
    /// Median over the variants, each asked once: by the clock, and of all cores together.
    var first_ms: Double
    var first_cpu_ms: Double
    /// The fastest of asking the last variant again, when partial results are kept.
    var again_ms: Double
    /// Spans that match, or that the listed traces have; of each variant.
    var matched: [Int]
    var rows: [Int]
  }

  func say(_ line: @autoclosure () -> String) { if !isJSON { print(line()) } }

  /// Keeps a figure; its name says the unit.
  func keep(_ name: String, _ value: Double) { figures[name] = value }

  func keep(_ query: Query, _ title: String) {
    queries.append(query)
    kept.append(query)
    say(
      "\(title), \(query.name): first asking \(Stopwatch.milliseconds(query.first_ms / 1e3)) "
        + "(\(Stopwatch.milliseconds(query.first_cpu_ms / 1e3)) of all cores), "
        + "again \(Stopwatch.milliseconds(query.again_ms / 1e3))")
  }

  /// The means over the queries since the last call, which are what targets speak of.
  func finish(_ title: String) {
    guard !kept.isEmpty else { return }
    func mean(_ time: (Query) -> Double) -> Double {
      exp(kept.reduce(0) { $0 + log(time($1)) } / Double(kept.count))
    }
    let word = title.replacing(" ", with: "_")
    keep("\(word)_first_geometric_mean_ms", mean(\.first_ms))
    keep("\(word)_again_geometric_mean_ms", mean(\.again_ms))
    say(
      "\(title), geometric mean of \(kept.count): first asking "
        + "\(Stopwatch.milliseconds(mean(\.first_ms) / 1e3)), again "
        + "\(Stopwatch.milliseconds(mean(\.again_ms) / 1e3))")
    kept = []
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
