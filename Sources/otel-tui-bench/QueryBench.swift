import Foundation
import QueryEngine
import QueryLanguage
import SpanStore
import Telemetry

/// Queries over what the store holds, each asked in variants with constants that are new, and the
/// last one again.
///
/// What a person feels is the first answer: nothing is kept that helps it. Variants of all queries
/// take turns, so that none finds its own data in the caches.
struct QueryBench {
  private let store: SpanStore
  private let backend: LocalBackend
  private let variants: Int
  private let runs: Int

  private init(_ store: SpanStore, variants: Int, runs: Int) {
    (self.store, self.variants, self.runs) = (store, variants, runs)
    backend = LocalBackend { store.snapshot() }
  }

  static func run(
    _ store: SpanStore, variants: Int, runs: Int, only: String, _ report: Report
  ) async throws {
    let bench = QueryBench(store, variants: variants, runs: runs)
    var questions = BenchQuery.standard.map { bench.question($0) }
    questions += try await bench.traceQuestions()
    var many = BenchQuery.manyGroups.map { bench.question($0) }
    if !only.isEmpty {
      questions.removeAll { !$0.name.contains(only) }
      many.removeAll { !$0.name.contains(only) }
    }
    try await bench.measure(questions, "query", report)
    try await bench.measure(
      bench.compareQuestions().filter { only.isEmpty || $0.name.contains(only) }, "compare", report)
    try await bench.measure(many, "many groups", report)
  }

  /// What is asked: gives how many spans match and how many rows come out.
  private struct Question {
    let name: String
    let text: (Int) -> String
    let ask: (Int) async throws -> (matched: Int, rows: Int)
  }

  private func question(_ query: BenchQuery) -> Question {
    Question(name: query.name, text: query.text) { [backend] variant in
      let query = try QueryText.parse(query.text(variant))
      let result = try await backend.run(query, RunOptions(graphColumns: 120))
      return (result.spansMatched, result.rows.count)
    }
  }

  private func traceQuestions() async throws -> [Question] {
    var request = TraceListRequest()
    request.order = .slowest
    request.limit = 100 + max(variants, 1)
    let slowest = try await LocalBackend { [store] in store.snapshot() }.traces(request).traces
    request.limit = 100
    var all = [
      Question(name: "slowest 100 traces", text: { String(100 + $0) }) { [request, backend] in
        var request = request
        request.limit += $0
        let list = try await backend.traces(request)
        return (list.traces.reduce(0) { $0 + $1.spanCount }, list.traces.count)
      }
    ]
    guard !slowest.isEmpty else { return all }
    let id = { (variant: Int) in slowest[variant % slowest.count].id }
    all.append(
      Question(name: "one trace by id", text: { id($0).hex }) { [backend] variant in
        let view = try await backend.trace(id(variant))
        return (view?.nodes.count ?? 0, view?.nodes.count ?? 0)
      })
    return all
  }

  /// What is different about slow spans: every field with pairs, and beside it the count of one field
  /// alone; the rows of an answer are the fields compared.
  private func compareQuestions() -> [Question] {
    func filter(_ variant: Int) -> Filter {
      .compare(.duration, .greater, .double(40 + Double(variant) / 8))
    }
    func compare(_ name: String, _ baseline: CompareRequest.Baseline, _ unit: CompareRequest.Unit)
      -> Question
    {
      Question(name: name, text: { filter($0).text }) { [backend] variant in
        let request = CompareRequest(SpanChoice(filter: filter(variant)), baseline, by: unit)
        let result = try await backend.compare(request)
        return (result.counts.selection, result.fields.count)
      }
    }
    return [
      Question(name: "one field's values, for comparison", text: { filter($0).text }) {
        [backend] variant in
        var query = Query(groupBy: [.spanName])
        query.filter = .not(filter(variant))
        var options = RunOptions()
        options.seriesLimit = 0
        let result = try await backend.run(query, options)
        return (result.spansMatched, result.rows.count)
      },
      compare("compare slow spans with all others", .others, .spans),
      compare("compare slow spans with those of their names", .alike, .spans),
      compare("compare slow traces with all others", .others, .traces),
    ]
  }

  private func measure(_ questions: [Question], _ title: String, _ report: Report) async throws {
    var first = questions.map { _ in [Timing]() }
    var answers = questions.map { _ in [(matched: Int, rows: Int)]() }
    for variant in 0..<variants {
      for (index, question) in questions.enumerated() {
        let (timing, answer) = try await Timing.of { try await question.ask(variant) }
        first[index].append(timing)
        answers[index].append(answer)
      }
    }
    for (index, question) in questions.enumerated() {
      var again: [Timing] = []
      for _ in 0..<runs {
        again.append(try await Timing.of { _ = try await question.ask(variants - 1) }.0)
      }
      report.keep(
        Report.Query(
          name: question.name, texts: (0..<variants).map(question.text),
          first_ms: Timing.median(first[index]).wall, first_cpu_ms: Timing.median(first[index]).cpu,
          again_ms: again.map(\.wall).min() ?? 0, matched: answers[index].map(\.matched),
          rows: answers[index].map(\.rows)), title)
    }
    report.finish(title)
  }
}

/// Milliseconds by the clock and of all cores together.
struct Timing {
  var wall: Double
  var cpu: Double

  static func of<Result>(_ body: () async throws -> Result) async rethrows -> (Timing, Result) {
    let start = cpuSeconds()
    let (seconds, result) = try await Stopwatch.seconds(body)
    return (Timing(wall: seconds * 1e3, cpu: (cpuSeconds() - start) * 1e3), result)
  }

  private static func cpuSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  static func median(_ all: [Timing]) -> Timing {
    let wall = all.map(\.wall).sorted()
    let cpu = all.map(\.cpu).sorted()
    guard !all.isEmpty else { return Timing(wall: 0, cpu: 0) }
    return Timing(wall: wall[wall.count / 2], cpu: cpu[cpu.count / 2])
  }
}

/// Opening traces.
enum TraceBench {
  static func run(_ store: SpanStore, runs: Int, _ report: Report) async throws {
    let backend = LocalBackend { store.snapshot() }
    let list = try await backend.traces(TraceListRequest())
    guard !list.traces.isEmpty else { return }
    var times: [Double] = []
    for run in 0..<runs {
      let id = list.traces[run * 7_919 % list.traces.count].id
      let (seconds, view) = try await Stopwatch.seconds { try await backend.trace(id) }
      if view != nil { times.append(seconds) }
    }
    times.sort()
    guard let last = times.last else { return }
    report.keep("open_trace_median_ms", times[times.count / 2] * 1e3)
    report.keep("open_trace_p99_ms", times[times.count * 99 / 100] * 1e3)
    report.say(
      "open a trace: median \(Stopwatch.milliseconds(times[times.count / 2])), P99 "
        + "\(Stopwatch.milliseconds(times[times.count * 99 / 100])), longest "
        + "\(Stopwatch.milliseconds(last))")
  }
}
