import ArgumentParser
import Foundation
import Intake
import QueryEngine
import QueryLanguage
import SpanStore
import Synthetic
import Telemetry

/// Measures the data path: in, held, asked.
///
/// Every figure is a time on this machine; compare ratios within one run, never times of two.
@main
struct Bench: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "otel-tui-bench", abstract: "Measure the data path of otel-tui.")

  @Option(help: "Spans held.") var spans = 2_000_000
  @Option(help: "Variants of each query with new constants, asked once each; the median counts.")
  var variants = 7
  @Option(help: "Times the last variant is asked again; the fastest counts.") var runs = 5
  @Option(help: "Write the spans as OTLP JSON lines here and stop.") var write: String?
  @Option(help: "Read the spans from this file, as a peer beside it does; only reads and queries.")
  var file: String?
  @Option(help: "Only the queries whose name has this in it.") var only = ""
  @Option(help: "Hostile traffic under memory budgets: a scenario, or all.") var flood: String?
  @Option(help: "Memory budgets of the floods, MiB.") var budget: [Int] = []
  @Option(help: "Seconds of each flood.") var floodSeconds = 10.0
  @Option(help: "Spans a second of each flood; 0: as many as it takes.") var floodRate = 20_000
  @Option(help: "Refreshes of a screen a second during a flood.") var refreshes = 4
  @Flag(help: "One JSON object instead of lines.") var json = false
  @Flag(help: "A few thousand spans, once: proves that it works.") var quick = false

  func run() async throws {
    ProcessMemory.keepLargeBlocks()
    if let flood { return try await runFlood(flood) }
    let count = quick ? 20_000 : spans
    let runs = quick ? 1 : max(1, runs)
    let variants = quick ? 1 : max(1, variants)
    let report = Report(isJSON: json)
    let cores = ProcessInfo.processInfo.activeProcessorCount
    report.keep("cores", Double(cores))
    if let file {
      report.say("\(cores) cores, \(file)")
      let store = try await IngestBench.load(file, report)
      try await QueryBench.run(store, variants: variants, runs: runs, only: only, report)
      try await TraceBench.run(store, runs: quick ? 20 : 2_000, report)
      return try report.finish()
    }
    report.say("\(cores) cores, \(count) spans")
    let batches = Self.traffic(count)
    if let write { return try IngestBench.write(batches, to: write) }
    let store = try await StoreBench.run(batches, report)
    try await IngestBench.run(batches, report)
    try await QueryBench.run(store, variants: variants, runs: runs, only: only, report)
    try await TraceBench.run(store, runs: quick ? 20 : 2_000, report)
    StoreBench.liveSnapshots(store, batches, report)
    try report.finish()
  }

  private func runFlood(_ name: String) async throws {
    let load = FloodBench.Load(seconds: floodSeconds, rate: floodRate, refreshes: refreshes)
    if let scenario = FloodBench.Scenario(rawValue: name), budget.count == 1 {
      return try await FloodBench.run(scenario, budget: budget[0], load)
    }
    let wanted = FloodBench.Scenario.allCases.filter { name == "all" || $0.rawValue == name }
    try FloodBench.runAll(wanted, budget.isEmpty ? [16, 64, 512] : budget, load)
  }

  /// The demo's traffic, as many spans as asked for.
  static func traffic(_ count: Int) -> [SpanBatch] {
    let start = UnixNanos(1_767_225_600_000_000_000)
    var traffic = Traffic(
      seed: 7, spansPerSecond: 2_000, start: start,
      incidentStart: UnixNanos(start.sinceEpoch + 300_000_000_000))
    var batches: [SpanBatch] = []
    traffic.spans(count) { batches.append($0) }
    return batches
  }
}

/// Time and words.
enum Stopwatch {
  static func seconds<Result>(_ body: () async throws -> Result) async rethrows -> (Double, Result)
  {
    let start = ContinuousClock.now
    let result = try await body()
    return (seconds(since: start), result)
  }

  static func seconds(since start: ContinuousClock.Instant) -> Double {
    let length = (ContinuousClock.now - start).components
    return Double(length.seconds) + Double(length.attoseconds) / 1e18
  }

  static func rate(_ count: Int, _ seconds: Double) -> String {
    String(format: "%.0f spans/s", Double(count) / seconds)
  }

  static func milliseconds(_ seconds: Double) -> String { String(format: "%.3f ms", seconds * 1e3) }
}
