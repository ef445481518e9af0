import Explorer
import QueryLanguage
import Screen
import Telemetry
import TestSupport
import Testing

/// Whatever the order of spans, responses, alarms and keys, the screen ends up to date.
@Suite struct FreshnessLaws {
  private static let keys: [Key] =
    [
      "1", "2", "3", " ", "]", "[", "s", "r", "+", "0", "R", "u", "l", "Z", "T", "t", "?",
    ].map { .character($0) } + [.tab, .escape, .enter, .down]

  /// A while of everything at once, then quiet.
  private static func run(_ seed: UInt64) -> TimedWorld {
    var random = SeededGenerator(seed: seed)
    var world = TimedWorld(seed: random.next())
    for _ in 0..<Int.random(in: 1...40, using: &random) {
      switch Int.random(in: 0..<10, using: &random) {
      case 0..<4: world.receive()
      case 4..<7: world.press(keys.randomElement(using: &random) ?? .tab)
      case 7: world.resize()
      default: world.wait(.milliseconds(.random(in: 0...700, using: &random)))
      }
    }
    return world
  }

  /// Runs that once ended on an old response.
  private static let stale: [UInt64] = [12_984_191_252_717_766_888, 1_653_110_501_198_791_951]

  private static func seeds() -> [UInt64] {
    var random = SeededGenerator(seed: TestSeed.next())
    return stale + (0..<400).map { _ in random.next() }
  }

  @Test("the screen ends on responses about the newest spans", arguments: seeds())
  func newest(seed: UInt64) {
    var world = Self.run(seed)
    var isSettled = world.settle()
    #expect(isSettled, "seed \(seed): requests without end")
    for _ in 0..<8 where world.state.context.isPaused {
      world.press(.escape)
      world.press(.character(" "))
    }
    isSettled = world.settle()
    #expect(isSettled && !world.state.context.isPaused)
    #expect(world.state.context.generation == world.generation)
    #expect(world.open.isEmpty)
    // What the screen asks when it is drawn anew is what it shows.
    var probe = world.state
    for case .ask(let requestID, _) in probe.update(.resize(width: 101, height: 31)) {
      #expect(
        world.shown[requestID.slot] == world.generation,
        "seed \(seed): \(requestID.slot) is stale on \(world.state.screen)")
    }
    #expect(world.shown[.catalog] == world.generation, "seed \(seed): the catalog is stale")
  }

  @Test("nothing is asked sooner than the limit allows, but what a person asks", arguments: seeds())
  func limit(seed: UInt64) {
    var world = Self.run(seed)
    let isSettled = world.settle()
    #expect(isSettled && world.hurried.isEmpty, "seed \(seed): \(world.hurried)")
  }

  @Test("the first spans are asked about at once, however short ago nothing was asked about")
  func first() {
    var state = AppState()
    let start = UnixNanos(1_700_000_000_000_000_000)
    var effects = state.update(.start(AppSetup(now: start)))
    while !effects.isEmpty {
      guard case .ask(let requestID, let request) = effects.removeFirst() else { continue }
      let response: Response =
        switch request {
        case .catalog: .catalog(FieldCatalog())
        case .query(let query, _): .result(QueryResult(query: query))
        case .traces: .traces(TraceList())
        default: .events(EventList())
        }
      effects += state.update(.response(requestID, response))
    }
    _ = state.update(.tick(start.advanced(by: 20_000_000)))
    var feed = state.context.feed
    feed.spans = 5
    var slots: Set<Slot> = []
    for case .ask(let requestID, _) in state.update(.feed(feed, generation: 1)) {
      slots.insert(requestID.slot)
    }
    #expect(slots.contains(.catalog) && slots.count > 1, "asked \(slots)")
  }
}
