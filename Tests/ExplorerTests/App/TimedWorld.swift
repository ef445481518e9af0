import Explorer
import QueryLanguage
import Screen
import Telemetry
import TestSupport

/// A program and the world around it under a clock of their own: spans come, requests take their
/// time, keys are pressed.
///
/// Knows what each request was about, so that it can say what the screen shows without looking
/// into the program.
struct TimedWorld {
  private enum Event {
    case action(Action)
    case report
    case response(RequestID, Request, generation: UInt64)
    case alarm
  }

  private(set) var state = AppState()
  private(set) var now = UnixNanos(1_700_000_000_000_000_000)
  /// Of the spans held; the program learns of it some time later.
  private(set) var generation: UInt64 = 0
  /// The generation that the last response in a slot was about.
  private(set) var shown: [Slot: UInt64] = [:]
  /// Asked by nobody, and sooner after the request before it than the limit allows.
  private(set) var hurried: [(slot: Slot, after: Nanoseconds)] = []
  /// Requests the program waits for; a second one in a slot voids the first.
  private(set) var open: [Slot: RequestID] = [:]
  private(set) var steps = 0
  private var asked: [Slot: UnixNanos] = [:]
  /// Slots whose last request was issued when the program knew of no span.
  private var askedOfNothing: Set<Slot> = []
  private var pending: [(at: UnixNanos, order: Int, event: Event)] = []
  private var order = 0
  private var random: SeededGenerator

  static let limit = Nanoseconds.milliseconds(250)

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
    deliver(.start(AppSetup(now: now)))
  }

  // MARK: What happens

  /// Spans come in; the program is told within a quarter of a second.
  mutating func receive() {
    generation += 1
    schedule(.report, in: .milliseconds(.random(in: 0...250, using: &random)))
  }

  mutating func press(_ key: Key) { deliver(.key(key), isByPerson: true) }

  mutating func resize() {
    deliver(.resize(width: .random(in: 60...200, using: &random), height: 30), isByPerson: true)
  }

  /// Lets time pass, and what is due happen.
  mutating func wait(_ length: Nanoseconds) {
    let end = now.advanced(by: length.count)
    while let next = nextEvent, next.at <= end { happen(next.index) }
    now = end
  }

  /// Lets everything happen that is on its way.
  ///
  /// - Returns: false when that never ends.
  mutating func settle() -> Bool {
    let last = steps + 2_000
    while let next = nextEvent, steps < last { happen(next.index) }
    return steps < last
  }

  // MARK: How

  private var nextEvent: (index: Int, at: UnixNanos)? {
    let first = pending.indices.min {
      (pending[$0].at, pending[$0].order) < (pending[$1].at, pending[$1].order)
    }
    return first.map { ($0, pending[$0].at) }
  }

  private mutating func schedule(_ event: Event, in length: Nanoseconds) {
    order += 1
    pending.append((now.advanced(by: length.count), order, event))
  }

  private mutating func happen(_ index: Int) {
    let next = pending.remove(at: index)
    now = max(now, next.at)
    steps += 1
    switch next.event {
    case .action(let action): deliver(action)
    case .report:
      var feed = state.context.feed
      feed.spans = Int(generation)
      deliver(.feed(feed, generation: generation))
    case .response(let requestID, let request, let generation):
      if open[requestID.slot] == requestID {
        open[requestID.slot] = nil
        shown[requestID.slot] = generation
      }
      deliver(.response(requestID, response(request)))
    case .alarm: deliver(nil)
    }
  }

  private mutating func deliver(_ action: Action?, isByPerson: Bool = false) {
    let before = state.screen
    let effects = state.update(.tick(now)) + (action.map { state.update($0) } ?? [])
    let isAutomatic = !isByPerson && state.screen == before
    for effect in effects {
      switch effect {
      case .ask(let requestID, let request): ask(requestID, request, isAutomatic)
      case .cancel(let slot):
        open[slot] = nil
        // Who cancels a request does not want what it would have shown.
        shown[slot] = generation
      case .wake(let length):
        pending.removeAll { if case .alarm = $0.event { true } else { false } }
        schedule(
          .alarm, in: Nanoseconds(length.count + .random(in: 0...20_000_000, using: &random)))
      default: break
      }
    }
  }

  private mutating func ask(_ requestID: RequestID, _ request: Request, _ isAutomatic: Bool) {
    if isAutomatic, let last = asked[requestID.slot] {
      let length = Nanoseconds(from: last, to: now)
      let isFirst = askedOfNothing.contains(requestID.slot) && state.context.feed.spans > 0
      if length < Self.limit, !isFirst { hurried.append((requestID.slot, length)) }
    }
    asked[requestID.slot] = now
    if state.context.feed.spans == 0 {
      askedOfNothing.insert(requestID.slot)
    } else {
      askedOfNothing.remove(requestID.slot)
    }
    open[requestID.slot] = requestID
    // The store may be ahead of what the program was told; a request is about what it was told.
    let about = state.context.generation
    let longest: Int64 = Int.random(in: 0...3, using: &random) == 0 ? 2_000 : 60
    schedule(
      .response(requestID, request, generation: about),
      in: .milliseconds(.random(in: 0...longest, using: &random)))
  }

  private mutating func response(_ request: Request) -> Response {
    if Int.random(in: 0..<12, using: &random) == 0 { return .failure(QueryError("no")) }
    switch request {
    case .query(let query, _):
      var result = QueryResult(query: query)
      (result.start, result.end) = (now.advanced(by: -1_000_000_000), now)
      return .result(result)
    case .traces:
      var list = TraceList()
      list.total = Bool.random(using: &random) ? 30_000 : 0
      return .traces(list)
    case .compare: return .failure(QueryError("nothing to compare"))
    case .trace: return .trace(nil)
    case .catalog: return .catalog(FieldCatalog())
    case .events: return .events(EventList())
    case .ranks: return .ranks([])
    case .notes: return .notes([])
    }
  }
}
