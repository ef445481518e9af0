import QueryEngine
import QueryLanguage
import SpanStore
import Telemetry
import TestSupport
import Testing

/// A few spans that start far from all others must not decide what graphs reach to.
@Suite("Strays")
struct StrayTests {
  private static let minute: UInt64 = 60_000_000_000
  /// 2026-05-28T20:26:40Z
  private static let base: UInt64 = 1_780_000_000_000_000_000

  private static func backend(_ starts: [UInt64], service: String = "shop") -> LocalBackend {
    let store = SpanStore(limit: ByteCount(1 << 28))
    var batch = SpanBatch()
    batch.scopes.append(ScopeRecord())
    var resource = ResourceRecord()
    resource.attributes = batch.append(
      attributes: [.init(FieldName.serviceName, .text(service))])
    batch.resources.append(resource)
    for (index, start) in starts.enumerated() {
      var span = SpanRecord()
      (span.traceHigh, span.traceLow) = (7, UInt64(index + 1))
      span.spanID = UInt64(index + 1)
      (span.start, span.end) = (start, start &+ 1_000_000)
      span.name = batch.append(text: "GET")
      batch.spans.append(span)
    }
    store.add(batch)
    store.finish()
    return LocalBackend { store.snapshot() }
  }

  /// One a second for ten minutes.
  private static let usual = (0..<600).map { base + UInt64($0) * 1_000_000_000 }

  private static func run(
    _ starts: [UInt64], _ text: String = "VISUALIZE COUNT", _ change: (inout RunOptions) -> Void
  ) async throws -> QueryResult {
    var options = RunOptions(graphColumns: 60)
    options.fitsRange = true
    change(&options)
    return try await backend(starts).run(QueryText.parse(text), options)
  }

  private static func sum(_ result: QueryResult) -> Double {
    result.series.flatMap(\.values).compactMap(\.self).reduce(0, +)
  }

  @Test(
    "One far away is counted in the table, told, and not on the graphs",
    arguments: [0, 1, 1_735_689_600_000_000_000, 4_102_444_800_000_000_000, UInt64.max - 5])
  func one(start: UInt64) async throws {
    let result = try await Self.run(Self.usual + [start]) { _ in }
    #expect(result.total == [.integer(601)])
    #expect(Self.sum(result) == 600)
    #expect(result.strays == Strays(count: 1, first: UnixNanos(start), last: UnixNanos(start)))
    #expect(result.start == UnixNanos(Self.base))
    #expect(result.end == UnixNanos(Self.base + 599_000_000_001))
    #expect(result.times.count > 30)
  }

  @Test("With strays the graphs hold every span, one that starts at zero too")
  func included() async throws {
    for fits in [true, false] {
      let result = try await Self.run(Self.usual + [0]) {
        ($0.fitsRange, $0.includesStrays) = (fits, true)
      }
      #expect(result.total == [.integer(601)] && Self.sum(result) == 601)
      #expect(result.start == .zero && result.strays == nil)
    }
  }

  @Test("Behind a stray of decades one of a day is found too")
  func several() async throws {
    let day = Self.base + 26 * 60 * Self.minute
    let many = (0..<3_000).map { Self.base + UInt64($0) * 200_000_000 }
    let result = try await Self.run(many + [1, day]) { _ in }
    #expect(result.strays == Strays(count: 2, first: UnixNanos(1), last: UnixNanos(day)))
    #expect(Self.sum(result) == 3_000)
  }

  @Test("What is not that far, not that few, or few among few, is no stray")
  func usualSpans() async throws {
    let near = Self.base + 99 * 10 * Self.minute
    let pair = [1, 2] as [UInt64]
    let week = (0..<6).map { Self.base + UInt64($0) * 1_440 * Self.minute }
    for starts in [Self.usual + [near], Self.usual + pair, week, [Self.base], [0, 0]] {
      let result = try await Self.run(starts) { _ in }
      #expect(result.strays == nil, "\(starts.suffix(2))")
      #expect(Self.sum(result) == Double(starts.count))
    }
  }

  @Test("EVERY that strays would make too many buckets of leaves them out, with a warning")
  func every() async throws {
    let result = try await Self.run(Self.usual + [0], "VISUALIZE COUNT EVERY 1s") {
      $0.fitsRange = false
    }
    #expect(Self.sum(result) == 600 && result.total == [.integer(601)])
    #expect(result.warnings.map(\.text).contains { $0.contains("1 span starts far from the rest") })
  }

  @Test("LAST of a file counts back from the newest span that is no stray")
  func last() async throws {
    let result = try await Self.run(
      Self.usual + [4_102_444_800_000_000_000], "VISUALIZE COUNT LAST 1m"
    ) {
      _ in
    }
    #expect(result.spansMatched == 60 || result.spansMatched == 61)
  }

  @Test("LAST begins with the first span, and with the range where that is later")
  func lived() async throws {
    let now = UnixNanos(Self.base + 30 * 1_000_000_000)
    let starts = Array(Self.usual.prefix(31))
    let young = try await Self.run(starts, "VISUALIZE COUNT LAST 10m") { $0.now = now }
    #expect(young.start == UnixNanos(Self.base) && young.end == now)
    let later = UnixNanos(Self.base + 20 * Self.minute)
    let old = try await Self.run(Self.usual, "VISUALIZE COUNT LAST 15m") { $0.now = later }
    #expect(old.start == UnixNanos(Self.base + 5 * Self.minute))
    let asked = try await Self.run(starts, "VISUALIZE COUNT LAST 10m") {
      ($0.now, $0.fitsRange) = (now, false)
    }
    #expect(asked.start == now.advanced(by: -600_000_000_000))
  }

  @Test("Where nothing in the range matches, what matches outside is counted")
  func outside() async throws {
    let text = "VISUALIZE COUNT WHERE service.name = shop FROM 2026-06-01 TO 2026-06-02"
    #expect(try await Self.run(Self.usual, text) { _ in }.matchedOutside == 600)
    let other = "VISUALIZE COUNT WHERE service.name = web FROM 2026-06-01 TO 2026-06-02"
    #expect(try await Self.run(Self.usual, other) { _ in }.matchedOutside == 0)
  }

  @Test("Any starts: the graphs and the strays together are all spans")
  func laws() async throws {
    let seed = TestSeed.next()
    var random = SeededGenerator(seed: seed)
    for _ in 0..<60 {
      let reach = UInt64(1) << UInt64.random(in: 20...60, using: &random)
      let count = Int.random(in: 1...400, using: &random)
      var starts = (0..<count).map { _ in Self.base / 2 + .random(in: 0...reach, using: &random) }
      for _ in 0..<Int.random(in: 0...3, using: &random) {
        starts.append(.random(in: 0...UInt64.max, using: &random))
      }
      let result = try await Self.run(starts) { _ in }
      let told = result.strays?.count ?? 0
      #expect(Self.sum(result) == Double(starts.count - told), "seed \(seed)")
      #expect(result.total == [.integer(Int64(starts.count))])
      #expect(told <= max(1, starts.count / 1_000) + starts.count { $0 == 0 })
    }
  }
}
