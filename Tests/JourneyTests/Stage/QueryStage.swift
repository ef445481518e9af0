import Explorer
import QueryLanguage
import Screen
import SpanStore
import Telemetry
import TestSupport
import Testing
import Views

/// A program on its Query screen: keys in, questions answered at once by the engine, frames out.
struct QueryStage: Sendable {
  private(set) var state = AppState()
  private(set) var spans: [SketchSpan] = []
  /// What the last keys wanted of the world, questions included.
  private(set) var effects: [Effect] = []
  /// What was said when the spans had come.
  private(set) var firstNotice: String?
  /// False: questions stay open, as with a slow source.
  var isAnswering = true
  private var open: [(RequestID, Request)] = []
  private let engine = Engine()

  init(
    width: Int = 100, height: Int = 30, isUnicode: Bool = true, localOffset: Int = 0,
    spans: [SketchSpan] = SketchSpan.sample, isLive: Bool = false,
    age: Nanoseconds = .seconds(60)
  ) async {
    var setup = AppSetup(
      width: width, height: height, isUnicode: isUnicode,
      now: SketchSpan.beginning.advanced(by: age.count))
    setup.isLive = isLive
    setup.clock = ClockStyle(mode: .utc, localOffset: localOffset)
    add(spans)
    await settle(state.update(.start(setup)))
    await settle(state.update(feed))
    firstNotice = state.notice?.text
    // The catalog is asked for now and then only.
    await settle(state.update(.tick(setup.now.advanced(by: 3_000_000_000))))
    await press(.character("2"))
  }

  mutating func press(_ keys: Key...) async {
    effects = []
    for key in keys { await settle(state.update(.key(key))) }
  }

  mutating func press(_ key: Key, times: Int) async {
    effects = []
    for _ in 0..<times { await settle(state.update(.key(key))) }
  }

  /// Types a text key by key.
  mutating func type(_ text: String) async {
    effects = []
    for character in text { await settle(state.update(.key(.character(character)))) }
  }

  /// A click on the first cell of a text, or two.
  mutating func click(_ text: String, times: Int = 1) async {
    guard let at = AppView.draw(state).position(of: text) else {
      Issue.record("'\(text)' is not on the screen:\n\(frame)")
      return
    }
    for _ in 0..<times { await mouse((.press, at.x, at.y), (.release, at.x, at.y)) }
  }

  /// Each event over the frame that is shown then.
  mutating func mouse(_ events: (MouseEvent.Kind, Int, Int)...) async {
    effects = []
    for (kind, x, y) in events {
      let (event, region) = AppView.draw(state).event(kind, x, y)
      await settle(state.update(.mouse(event, over: region)))
    }
  }

  mutating func send(_ action: Action) async {
    effects = []
    await settle(state.update(action))
  }

  /// Answers what was left open.
  mutating func answerAll() async {
    let waiting = open
    open = []
    for (requestID, request) in waiting {
      await settle(state.update(.response(requestID, await engine.response(request))))
    }
  }

  /// More spans come in, and a moment passes.
  mutating func receive(_ spans: [SketchSpan]) async {
    add(spans)
    await send(feed)
    await send(.tick(state.context.now.advanced(by: 300_000_000)))
  }

  private mutating func add(_ spans: [SketchSpan]) {
    self.spans += spans
    engine.store.add(SpanBatch(spans))
  }

  /// What the program is told of the store.
  private var feed: Action {
    var feed = state.context.feed
    feed.spans = spans.count
    feed.newestStart = spans.map(\.start).max()
    return .feed(feed, generation: engine.store.generation)
  }

  private mutating func settle(_ new: [Effect]) async {
    effects += new
    for effect in new {
      guard case .ask(let requestID, let request) = effect else { continue }
      if isAnswering {
        await settle(state.update(.response(requestID, await engine.response(request))))
      } else {
        open.append((requestID, request))
      }
    }
  }

  var model: QueryModel { state[QueryModel.self] }
  var queryText: String { QueryText.print(model.query) }
  var frame: String { AppView.draw(state).text }

  var askedTraces: [TraceListRequest] {
    effects.compactMap { effect in
      if case .ask(_, .traces(let request)) = effect { request } else { nil }
    }
  }

  var isCopying: String? {
    effects.lazy.compactMap { if case .copy(let text) = $0 { text } else { nil } }.first
  }
}
