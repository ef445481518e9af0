import Telemetry
import TestSupport

/// Traces with few names and values, so that groups, clashes and near misses are common.
struct RandomSpans {
  private var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  static let base: UInt64 = 1_700_000_000_000_000_000
  static let texts = [
    "GET", "get", "", "200", "200.0", "1e2", "-5", "naïve 🐝", "nai\u{308}ve", "a%b", "x_y",
    "/fib?index=1", "/fib?index=10", "true",
  ]

  /// Up to `limit` spans, linked.
  mutating func next(limit: Int) -> [PlainSpan] {
    var spans: [PlainSpan] = []
    let count = Int.random(in: 0...limit, using: &random)
    var trace: UInt64 = 0
    while spans.count < count {
      trace += 1
      var own: [PlainSpan] = []
      for _ in 0..<Int.random(in: 1...6, using: &random) { own.append(span(trace, own)) }
      spans += own
    }
    PlainSpan.link(spans)
    return spans
  }

  private mutating func span(_ trace: UInt64, _ before: [PlainSpan]) -> PlainSpan {
    let span = PlainSpan()
    span.trace = trace
    span.id = UInt64(before.count + 1) + trace * 100
    switch Int.random(in: 0..<8, using: &random) {
    case 0: span.parentID = 0
    case 1: span.parentID = 9_999_000 + trace
    default: span.parentID = before.randomElement(using: &random)?.id ?? 0
    }
    let step: UInt64 = chance(3) ? 1_000_000 : 777_777
    span.start = Self.base + UInt64.random(in: 0...40, using: &random) * 50 * step
    let length = UInt64.random(in: 0...30, using: &random) * step
    span.end = chance(12) ? span.start - 5 : span.start + length
    span.name = pick(["a", "b", "ünï", ""])
    span.kind = SpanKind.allCases.randomElement(using: &random) ?? .unspecified
    span.status = SpanStatus.allCases.randomElement(using: &random) ?? .unset
    span.message = pick(["", "failed", "no route"])
    span.library = (pick(["", "lib"]), pick(["", "1.0"]))
    span.own = entries(["text", "int", "dbl", "bool", "mixed", "array", "both"], share: 2)
    if chance(8) { span.own.append(.init("exception.type", .text("Own"))) }
    span.resource = entries(["both", "only.resource"], share: 2)
    if chance(2) {
      let service: AttributeValue = chance(8) ? .integer(3) : .text(pick(["web", "api"]))
      span.resource.append(.init("service.name", service))
    }
    span.scope = entries(["both", "weird name"], share: 3)
    while chance(3) {
      span.events.append(
        PlainEvent(
          name: pick(["retry", "exception", "a"]),
          time: span.start + UInt64.random(in: 0...3, using: &random) * 1_000_000,
          attributes: entries(["text", "int", "exception.type"], share: 2)))
    }
    return span
  }

  private mutating func entries(_ keys: [String], share: Int) -> [AttributeValue.Entry] {
    keys.filter { _ in !chance(share) }.map { AttributeValue.Entry($0, value(of: $0)) }
  }

  private mutating func value(of key: String) -> AttributeValue {
    switch key {
    case "text", "only.resource", "weird name": .text(pick(Self.texts))
    case "exception.type": .text(pick(["IOError", "Timeout"]))
    case "int": .integer(integer())
    case "dbl": .double(double())
    case "bool": .bool(chance(2))
    case "array": .array((0..<Int.random(in: 0...3, using: &random)).map { _ in element() })
    default: plain()
    }
  }

  /// A batch keeps arrays as JSON, where NaN is a text: what it compares as there is no question for
  /// the engine.
  private mutating func element() -> AttributeValue {
    let value = plain()
    if case .double(let number) = value, number.isNaN { return .integer(integer()) }
    return value
  }

  private mutating func plain() -> AttributeValue {
    switch Int.random(in: 0..<6, using: &random) {
    case 0: .text(pick(Self.texts))
    case 1: .integer(integer())
    case 2: .double(double())
    case 3: .bool(chance(2))
    case 4: .integer([100, 200][chance(2) ? 0 : 1])
    default: .text(pick(Self.texts))
    }
  }

  private mutating func integer() -> Int64 {
    chance(10)
      ? Int64.random(in: -1 << 40...1 << 40, using: &random) : .random(in: -5...5, using: &random)
  }

  /// Eighths, which add up exactly in any order.
  private mutating func double() -> Double {
    chance(20) ? .nan : Double(Int.random(in: -40...800, using: &random)) / 8 + 0
  }

  private mutating func chance(_ times: Int) -> Bool {
    Int.random(in: 0..<times, using: &random) == 0
  }

  private mutating func pick(_ texts: [String]) -> String {
    texts.randomElement(using: &random) ?? ""
  }
}
