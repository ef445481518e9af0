import ArgumentParser
import Foundation
import Intake
import QueryEngine
import QueryLanguage
import SpanStore
import Synchronization
import Telemetry

/// What a kind of hostile traffic costs under a memory budget, each kind and budget in a process of
/// its own: resident memory, what the store says it holds, spans a second, CPU.
enum FloodBench {
  enum Scenario: String, CaseIterable, ExpressibleByArgument {
    case smallTraces = "small-traces"
    case endlessTrace = "endless-trace"
    case newKeys = "new-keys"
    case newValues = "new-values"
    case hugeValues = "huge-values"
    case manyEvents = "many-events"
    case lateSpans = "late-spans"
    case manyResources = "many-resources"
  }

  struct Load {
    var seconds = 10.0
    /// Spans a second; 0: as many as it takes.
    var rate = 20_000
    /// Screens' worth of questions a second.
    var refreshes = 4
  }

  /// Runs each scenario under each budget and prints one line for each.
  static func runAll(_ scenarios: [Scenario], _ budgets: [Int], _ load: Load) throws {
    print(
      "scenario        budget MiB  spans/s    held MB  peak RSS MB  last RSS MB  allowed MB  CPU %"
        + "  longest add ms  longest snapshot ms  spans held")
    for scenario in scenarios {
      for budget in budgets {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = [
          "--flood", scenario.rawValue, "--budget", "\(budget)", "--flood-seconds",
          "\(load.seconds)", "--flood-rate", "\(load.rate)", "--refreshes", "\(load.refreshes)",
        ]
        try process.run()
        process.waitUntilExit()
        if process.terminationStatus != 0 {
          print("\(scenario.rawValue) \(budget): ended by \(process.terminationStatus)")
        }
      }
    }
  }

  /// One scenario under one budget, in this process.
  static func run(_ scenario: Scenario, budget: Int, _ load: Load) async throws {
    let meter = Meter()
    ProcessMemory.fit(ByteCount(budget << 20))
    let cacheBytes = min(96 << 20, budget << 17)
    let store = SpanStore(limit: ByteCount(budget << 20 - cacheBytes))
    let backend = LocalBackend(cacheBytes: cacheBytes) { store.snapshot() }
    let isOver = Flag()
    let longestSnapshot = Mutex(0.0)
    let refreshing = Task.detached {
      while !isOver.isSet, load.refreshes > 0 {
        let start = ContinuousClock.now
        _ = store.snapshot()
        let taken = Stopwatch.seconds(since: start)
        longestSnapshot.withLock { $0 = max($0, taken) }
        try await refresh(backend)
        let left = 1 / Double(load.refreshes) - Stopwatch.seconds(since: start)
        if left > 0 { try await Task.sleep(for: .seconds(left)) }
      }
    }
    let watching = Task.detached {
      var number = 0
      while !isOver.isSet {
        meter.sample()
        if number % 5 == 0 {
          let held = store.totals.bytes + backend.cachedBytes
          ProcessMemory.giveBack(held: held, budget: budget << 20)
        }
        number += 1
        try await Task.sleep(for: .milliseconds(50))
      }
    }
    var source = Flood(scenario)
    var (sent, longestAdd, made) = (0, 0.0, 0.0)
    let start = ContinuousClock.now
    let cpu = Meter.cpuSeconds
    while Stopwatch.seconds(since: start) < load.seconds {
      let making = Meter.threadSeconds
      // As large as a fiftieth of a second's spans, as an exporter's batches are.
      let batch = source.batch(load.rate == 0 ? 2_000 : max(1, load.rate / 50))
      made += Meter.threadSeconds - making
      sent += batch.spans.count
      let adding = ContinuousClock.now
      store.add(batch)
      longestAdd = max(longestAdd, Stopwatch.seconds(since: adding))
      if load.rate > 0 {
        let ahead = Double(sent) / Double(load.rate) - Stopwatch.seconds(since: start)
        if ahead > 0 { try await Task.sleep(for: .seconds(ahead)) }
      }
    }
    let elapsed = Stopwatch.seconds(since: start)
    let used = Meter.cpuSeconds - cpu - made
    meter.sample()
    isOver.set()
    _ = try? await refreshing.value
    _ = try? await watching.value
    let totals = store.totals
    let allowed = Double(budget << 20) * 1.25 / 1e6 + 60
    print(
      pad(scenario.rawValue, 16), pad("\(budget)", 11), pad("\(Int(Double(sent) / elapsed))", 10),
      pad(figure(Double(totals.bytes + backend.cachedBytes) / 1e6), 8),
      pad(figure(Double(meter.peak) / 1e6), 12),
      pad(figure(Double(ProcessMemory.residentBytes) / 1e6), 12), pad(figure(allowed), 11),
      pad(figure(used / elapsed * 100), 6), pad(figure(longestAdd * 1e3), 15),
      pad(figure(longestSnapshot.withLock { $0 } * 1e3), 20), "\(totals.spans)")
  }

  private static func pad(_ text: String, _ width: Int) -> String {
    text.padding(toLength: max(width, text.count), withPad: " ", startingAt: 0)
  }

  private static func figure(_ value: Double) -> String { String(format: "%.1f", value) }

  /// What a screen asks for when something has come.
  private static func refresh(_ backend: LocalBackend) async throws {
    var list = TraceListRequest()
    list.limit = 1_000
    _ = try await backend.traces(list)
    for text in [
      "VISUALIZE COUNT, P99(duration_ms) GROUP BY service.name", "VISUALIZE HEATMAP(duration_ms)",
    ] {
      _ = try await backend.run(try QueryText.parse(text), RunOptions(graphColumns: 120))
    }
  }
}

/// Set once, by any thread.
private final class Flag: Sendable {
  private let value = Atomic(false)
  var isSet: Bool { value.load(ordering: .relaxed) }
  func set() { value.store(true, ordering: .relaxed) }
}

/// What this process takes.
private final class Meter: Sendable {
  private let largest = Atomic(0)

  /// Bytes resident, the most of all samples.
  var peak: Int { largest.load(ordering: .relaxed) }

  func sample() { largest.max(ProcessMemory.residentBytes, ordering: .relaxed) }

  /// CPU time of all threads, and of this one.
  static var cpuSeconds: Double { seconds(CLOCK_PROCESS_CPUTIME_ID) }
  static var threadSeconds: Double { seconds(CLOCK_THREAD_CPUTIME_ID) }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

/// Batches of one scenario, the same in every run.
private struct Flood {
  private let scenario: FloodBench.Scenario
  private var number: UInt64 = 0
  private let epoch: UInt64 = 1_767_225_600_000_000_000

  init(_ scenario: FloodBench.Scenario) { self.scenario = scenario }

  mutating func batch(_ count: Int) -> SpanBatch {
    var batch = SpanBatch()
    var scope = ScopeRecord()
    scope.name = batch.append(text: "flood")
    batch.scopes.append(scope)
    for service in 0..<8 {
      var resource = ResourceRecord()
      resource.attributes = batch.append(attributes: [
        .init(FieldName.serviceName, .text("service-\(service)")),
        .init("host.name", .text("host-\(service)")),
      ])
      batch.resources.append(resource)
    }
    // Huge values are few.
    let spans = scenario == .hugeValues ? max(1, count / 100) : count
    for _ in 0..<spans { add(to: &batch) }
    return batch
  }

  private mutating func add(to batch: inout SpanBatch) {
    number += 1
    var span = SpanRecord()
    (span.traceHigh, span.traceLow) = (0x5EED, trace)
    span.spanID = number
    span.parentID = scenario == .endlessTrace ? (number > 1 ? number / 2 : 0) : parent
    span.start = epoch + number * 50_000
    span.end = span.start + (number % 97) * 1_000_000
    span.kind = .server
    span.status = number % 50 == 0 ? .error : .ok
    span.name = batch.append(text: "GET /route/\(number % 20)")
    span.resource = UInt32(number % 8)
    var attributes: [AttributeValue.Entry] = [
      .init("http.request.method", .text("GET")),
      .init("http.route", .text("/route/\(number % 20)")),
      .init("http.response.status_code", .integer(number % 50 == 0 ? 500 : 200)),
      .init("user.id", .text("user-\(number % 5_000)")),
    ]
    switch scenario {
    case .newKeys:
      for key in 0..<5 { attributes.append(.init("key.\(number).\(key)", .integer(Int64(key)))) }
    case .newValues:
      for key in 0..<5 {
        attributes.append(.init("value.\(key)", .text("value number \(number) of \(key)")))
      }
    case .hugeValues:
      attributes.append(
        .init("body", .text(String(repeating: "\(number) huge ", count: 4_000))))
    case .manyResources:
      var resource = ResourceRecord()
      resource.attributes = batch.append(attributes: [
        .init(FieldName.serviceName, .text("service-\(number)")),
        .init("service.instance.id", .text("instance-\(number)")),
      ])
      span.resource = UInt32(batch.resources.count)
      batch.resources.append(resource)
    case .manyEvents:
      span.events = RecordRange(start: UInt32(batch.events.count), count: 20)
      for index in 0..<20 {
        var event = EventRecord()
        event.time = span.start + UInt64(index)
        event.name = batch.append(text: "event-\(index)")
        event.attributes = batch.append(attributes: [
          .init("message", .text("message \(number) of event \(index)"))
        ])
        batch.events.append(event)
      }
    case .smallTraces, .endlessTrace, .lateSpans: break
    }
    span.attributes = batch.append(attributes: attributes)
    batch.spans.append(span)
  }

  /// Five spans a trace; every second of the late ones belongs to any trace there ever was.
  private var trace: UInt64 {
    switch scenario {
    case .endlessTrace: 1
    case .lateSpans where number % 2 == 0: ByteHash.fold(number) % (number / 5 + 1) + 1
    default: number / 5 + 1
    }
  }

  private var parent: UInt64 { number % 5 == 0 ? 0 : number / 5 * 5 }
}
