import Explorer
import Intake
import Telemetry
import Testing

@testable import Workspace

@Suite struct FeedStateTests {
  private let now = UnixNanos(1_700_000_000_000_000_000)

  private func feed(_ actions: [Action]) -> Feed? {
    actions.compactMap { if case .feed(let feed, _) = $0 { feed } else { nil } }.last
  }

  /// A state that has told all it knows.
  private func settled() -> FeedState {
    var state = FeedState(limit: ByteCount(1 << 30))
    _ = state.actions(FeedState.Reading(), now: now)
    return state
  }

  @Test("nothing changed means nothing is told")
  func idle() {
    var state = settled()
    #expect(state.actions(FeedState.Reading(), now: now).isEmpty)
    state.setSource("a.jsonl", .file, .active)
    #expect(feed(state.actions(FeedState.Reading(), now: now)) != nil)
    #expect(state.actions(FeedState.Reading(), now: now).isEmpty)
  }

  @Test("a source that comes, ends or fails is told of, although no span came")
  func sources() {
    var state = settled()
    state.setSource("stdin", .pipe, .active)
    #expect(feed(state.actions(.init(), now: now))?.sources.map(\.state) == [.active])
    state.setSource("stdin", .pipe, .ended)
    #expect(feed(state.actions(.init(), now: now))?.sources.map(\.state) == [.ended])
    state.setSource("b.jsonl", .file, .failed, problem: "b.jsonl: is a folder")
    let sources = feed(state.actions(.init(), now: now))?.sources
    #expect(sources?.map(\.name) == ["stdin", "b.jsonl"])
    #expect(sources?.last?.problem == "b.jsonl: is a folder")
  }

  @Test("an address alone is told, and so is liveness alone")
  func addressesAndLiveness() {
    var state = settled()
    state.setAddress(.grpc, "127.0.0.1:4317")
    #expect(feed(state.actions(.init(), now: now))?.grpcAddress == "127.0.0.1:4317")
    state.setAddress(.http, "127.0.0.1:4318")
    #expect(feed(state.actions(.init(), now: now))?.httpAddress == "127.0.0.1:4318")
    state.setLive(true)
    #expect(feed(state.actions(.init(), now: now))?.isLive == true)
  }

  @Test("every counter alone reaches the screen")
  func counters() {
    let changes: [(String, (inout IntakeCounts) -> Void)] = [
      ("bytes", { $0.bytes = 1 }), ("lines", { $0.lines = 1 }),
      ("other lines", { $0.otherLines = 1 }), ("bad records", { $0.badRecords = 1 }),
      ("metrics", { $0.metrics = 1 }), ("log records", { $0.logRecords = 1 }),
      ("unknown signals", { $0.unknownSignals = 1 }), ("requests", { $0.requests = 1 }),
      ("refusals", { $0.refusals.add(.tls, latest: "TLS") }),
      ("duplicates", { $0.duplicates = 1 }), ("evicted spans", { $0.evictedSpans = 1 }),
      ("evicted traces", { $0.evictedTraces = 1 }),
    ]
    for (name, change) in changes {
      var state = settled()
      var reading = FeedState.Reading()
      change(&reading.counts)
      #expect(feed(state.actions(reading, now: now))?.counts == reading.counts, "\(name)")
    }
  }

  @Test("a generation alone is told, for screens to ask anew")
  func generation() {
    var state = settled()
    var reading = FeedState.Reading()
    reading.generation = 7
    let told = state.actions(reading, now: now).compactMap { action -> UInt64? in
      if case .feed(_, let generation) = action { generation } else { nil }
    }
    #expect(told == [7])
  }

  @Test("output is numbered on, and what is not kept is said in it")
  func output() {
    var state = settled()
    var reading = FeedState.Reading()
    reading.output = [("stdin", "listening"), ("receiver", "refused: TLS")]
    reading.counts.metrics = 3
    let lines = state.actions(reading, now: now).flatMap { action -> [OutputLine] in
      if case .output(let lines) = action { lines } else { [] }
    }
    #expect(lines.map(\.number) == [1, 2, 3])
    #expect(lines.map(\.source) == ["stdin", "receiver", "otel-tui"])
    #expect(lines.last?.text == "3 metrics: accepted, counted, not kept")
  }
}
