import QueryLanguage
import Synchronization
import Testing

@testable import QueryEngine
@testable import SpanStore

@Suite("Cancelling inside a segment")
struct CancellationTests {
  /// Counts how often it is asked, and says yes from some time on.
  private final class Counter: Sendable {
    private let count = Mutex(0)
    let limit: Int

    init(limit: Int) { self.limit = limit }

    var asked: Int { count.withLock { $0 } }

    func ask() -> Bool {
      count.withLock { count in
        count += 1
        return count > limit
      }
    }
  }

  private static let texts = TextDictionary((0..<100_000).map { "/product/\($0)/xx" })

  private static var column: FieldColumn {
    FieldColumn(.coded(PackedInts((0..<100_000).map { $0 }), .texts(texts)))
  }

  private static let tests = [
    #"f contains "/999""#, "f contains absent", #"f matches "product/[0-9]+/y""#,
    #"f matches "(x|xx)+$""#, #"f like "%9%x_x""#, #"f starts-with "/p""#,
    #"f does-not-match "[^/]+$""#, #"f > "/q""#, "f in (a, b)",
  ]

  /// - Parameter text: an operator with its operand, of the field `f`.
  private static func test(_ text: String) throws -> ValueTest {
    let filter = try #require(try QueryText.parse("WHERE \(text)").filter)
    guard case .test(_, let op, let operand) = filter else {
      throw QueryError("\(text) is no test")
    }
    let kind = try #require(try OperatorTest.test(op).compile(operand))
    return ValueTest(kind, isNegated: op.isNegated)
  }

  @Test("A test of a huge dictionary asks again and again, and stops when told", arguments: tests)
  func dictionary(_ text: String) throws {
    let test = try Self.test(text)
    let patient = Counter(limit: .max)
    try Cancellation.$isCancelled.withValue(patient.ask) {
      _ = try ColumnTest.rows(test, Self.column)
    }
    // 1.8 MB of text; none of the scans looks at more than a stride and an entry between two asks.
    #expect(patient.asked >= Self.texts.bytes.count / Cancellation.textStride / 2)
    let impatient = Counter(limit: 3)
    #expect(throws: CancellationError.self) {
      try Cancellation.$isCancelled.withValue(impatient.ask) {
        _ = try ColumnTest.rows(test, Self.column)
      }
    }
    #expect(impatient.asked == 4)
  }

  @Test("So does a test of single rows")
  func rows() throws {
    let test = try Self.test("f contains 7")
    for values: FieldColumn.Values in [
      .integers(PackedInts((0..<50_000).map { $0 * 3 }), .plain),
      .doubles((0..<50_000).map { Double($0) }), .spanIDs((0..<50_000).map { $0 }),
    ] {
      let counter = Counter(limit: 5)
      #expect(throws: CancellationError.self) {
        try Cancellation.$isCancelled.withValue(counter.ask) {
          _ = try ColumnTest.rows(test, FieldColumn(values))
        }
      }
      #expect(counter.asked == 6)
    }
  }

  @Test("So does sorting groups")
  func sorting() throws {
    let counter = Counter(limit: 2)
    var compared = 0
    #expect(throws: CancellationError.self) {
      try Cancellation.$isCancelled.withValue(counter.ask) {
        _ = try Array(0..<100_000).first(90_000) { a, b in
          compared += 1
          try Cancellation.check(at: compared)
          return a * 7_919 % 100_003 < b * 7_919 % 100_003
        }
      }
    }
    #expect(compared == 3 * Cancellation.stride)
  }
}
