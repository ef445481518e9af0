import Explorer
import QueryLanguage
import Screen
import Telemetry
import Views

/// A program on its Home screen, with hand-made answers to what Home asks.
///
/// 100 seconds in ten buckets: `web` has 500 spans, `api` 300 and `db` 100, spread evenly; `web` has
/// five errors, all in the last bucket.
struct HomeStage {
  var state = AppState()
  private(set) var requests: [(requestID: RequestID, request: Request)] = []

  static let start = UnixNanos(1_700_000_000_000_000_000)
  static let traceID = TraceID(high: 1, low: 0x1002)

  init(_ width: Int = 120, _ height: Int = 36, isUnicode: Bool = true) {
    let now = Self.start.advanced(by: 100_000_000_000)
    let setup = AppSetup(
      width: width, height: height, isUnicode: isUnicode, now: now.advanced(by: -1_000_000_000))
    take(state.update(.start(setup)))
    answerAll()
    var feed = Feed()
    feed.spans = 900
    feed.services = 3
    feed.serviceNames = ["web", "api", "db"]
    take(state.update(.feed(feed, generation: 1)))
    take(state.update(.tick(now)))
    answerAll()
  }

  mutating func press(_ keys: Key...) {
    for key in keys { take(state.update(.key(key))) }
  }

  mutating func answerAll() {
    for (requestID, request) in requests {
      if let response = Self.response(requestID.slot.name, request) {
        _ = state.update(.response(requestID, response))
      }
    }
  }

  var grid: Grid { AppView.draw(state) }
  var lines: [String] {
    grid.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  private mutating func take(_ effects: [Effect]) {
    let asked = effects.compactMap { effect -> (RequestID, Request)? in
      if case .ask(let requestID, let request) = effect { (requestID, request) } else { nil }
    }
    if !asked.isEmpty { requests = asked }
  }

  private static let services: [(name: String, count: Double, p50: Double)] = [
    ("web", 500, 12), ("api", 300, 4), ("db", 100, 1),
  ]

  private static func response(_ slot: String, _ request: Request) -> Response? {
    switch (slot, request) {
    case ("services", .query(let query, _)):
      .result(
        result(
          query,
          services.map { [.integer(Int64($0.count)), .double($0.p50), .double(80), .double(120)] },
          services.map { (service: $0.name, values: every(10, $0.count / 10)) }
        ))
    case ("errors", .query(let query, _)):
      .result(
        result(
          query, [[.integer(5)]],
          [("web", every(9, nil) + [5])]))
    case ("durations", .query(let query, _)): .result(durations(query))
    case ("operations", .query(let query, _)):
      .result(
        operations(
          query, [("web", "GET /", 40), ("web", "GET /slow", 300), ("api", "Get", 9)]))
    case ("traces", .traces): .traces(traces)
    case ("events", .events): .events(EventList([event]))
    default: nil
    }
  }

  private static func every(_ count: Int, _ value: Double?) -> [Double?] {
    [Double?](repeating: value, count: count)
  }

  private static func blank(_ query: Query) -> QueryResult {
    var result = QueryResult(query: query)
    (result.start, result.end) = (start, start.advanced(by: 100_000_000_000))
    result.granularity = .seconds(10)
    result.times = (0..<10).map { start.advanced(by: $0 * 10_000_000_000) }
    return result
  }

  private static func result(
    _ query: Query, _ figures: [[ResultValue]], _ series: [(service: String, values: [Double?])]
  ) -> QueryResult {
    var result = blank(query)
    for (row, line) in series.enumerated() {
      result.rows.append([.text(line.service)] + figures[row])
      result.series.append(
        .init(calculation: 0, row: row, group: [.text(line.service)], values: line.values))
    }
    return result
  }

  private static func durations(_ query: Query) -> QueryResult {
    var result = blank(query)
    for (calculation, value) in [12.0, 80, 120].enumerated() {
      let values = [Double?](repeating: value, count: 10)
      result.series.append(.init(calculation: calculation, row: 0, group: [], values: values))
    }
    return result
  }

  private static func operations(
    _ query: Query, _ rows: [(service: String, name: String, p99: Double)]
  ) -> QueryResult {
    var result = blank(query)
    result.rows = rows.map {
      [.text($0.service), .text($0.name), .integer(10), .double($0.p99)]
    }
    return result
  }

  private static var traces: TraceList {
    var list = TraceList()
    list.traces = (1...3).map { number in
      TraceSummary(
        id: TraceID(high: 1, low: UInt64(0x1000 + number)), rootService: "web",
        rootName: "GET /\(number)", start: start, duration: .seconds(Int64(number)),
        spanCount: number, errorCount: 0, serviceCount: 1)
    }
    list.total = 3
    return list
  }

  private static let event = EventLine(
    time: start, service: "api", spanName: "Get", name: "exception", detail: "no such key",
    isException: true, span: SpanKey(trace: traceID, span: SpanID(7)))
}
