package import Explorer
package import QueryLanguage
package import Screen
import Telemetry

/// A program on its Query screen, keys in, questions answered at once from a sketch of spans.
package struct QueryStage {
  package var state = AppState()
  package var answers: SketchAnswers
  /// What the last keys wanted of the world, questions included.
  package private(set) var effects: [Effect] = []
  /// False: questions stay open, as with a slow source.
  package var isAnswering = true
  private var open: [(Ticket, Question)] = []

  package init(
    width: Int = 100, height: Int = 30, isUnicode: Bool = true,
    spans: [SketchSpan] = SketchSpan.sample
  ) {
    answers = SketchAnswers(spans)
    var setup = AppSetup(
      width: width, height: height, isUnicode: isUnicode,
      now: SketchSpan.beginning.advanced(by: 60_000_000_000))
    setup.clock = ClockStyle(mode: .utc)
    settle(state.update(.start(setup)))
    var feed = Feed()
    feed.spans = spans.count
    settle(state.update(.feed(feed, generation: 1)))
    press(.character("2"))
  }

  package mutating func press(_ keys: Key...) {
    effects = []
    for key in keys { settle(state.update(.key(key))) }
  }

  package mutating func press(_ key: Key, times: Int) {
    for _ in 0..<times { press(key) }
  }

  /// Types a text key by key.
  package mutating func type(_ text: String) {
    effects = []
    for character in text { settle(state.update(.key(.character(character)))) }
  }

  package mutating func send(_ action: Action) {
    effects = []
    settle(state.update(action))
  }

  /// Answers what was left open.
  package mutating func answerAll() {
    let waiting = open
    open = []
    for (ticket, question) in waiting {
      settle(state.update(.answer(ticket, answers.answer(question))))
    }
  }

  /// More spans came in, and a moment passed.
  package mutating func receive(_ spans: [SketchSpan]) {
    answers.spans += spans
    var feed = state.around.feed
    feed.spans = answers.spans.count
    send(.feed(feed, generation: state.around.generation + 1))
    send(.tick(state.around.now.advanced(by: 300_000_000)))
  }

  private mutating func settle(_ new: [Effect]) {
    effects += new
    for effect in new {
      guard case .ask(let ticket, let question) = effect else { continue }
      if isAnswering {
        settle(state.update(.answer(ticket, answers.answer(question))))
      } else {
        open.append((ticket, question))
      }
    }
  }

  package var model: QueryModel { state.query }
  package var queryText: String { QueryText.print(model.query) }

  package var askedTraces: [TraceListRequest] {
    effects.compactMap { effect in
      if case .ask(_, .traces(let request)) = effect { request } else { nil }
    }
  }

  package var isCopying: String? {
    effects.lazy.compactMap { if case .copy(let text) = $0 { text } else { nil } }.first
  }
}
