import QueryEngine
import QueryLanguage
import SpanStore
import Telemetry
import TestSupport
import Testing

/// The condition made of a value selects the spans that show it, and no others.
@Suite struct ValueFilterLaws {
  /// Values that look alike, in one field and in fields of one type.
  private static let odd: [(String, [AttributeValue])] = [
    (
      "mixed",
      [
        .text("200"), .integer(200), .double(200), .double(200.5), .text("200.0"), .bool(true),
        .text("true"), .array([.integer(200)]), .array([.text("200")]), .text("[200]"),
        .array([]), .text("[]"), .map([]), .text("{}"), .double(.nan), .text("NaN"),
        .double(.infinity), .double(-.infinity), .text("Infinity"), .integer(.max), .integer(.min),
        .double(0x1p63), .text("9223372036854775807"), .bytes([1, 2]), .text(""), .empty,
        .array([.double(.nan), .text("a\"b\\"), .bool(false), .empty]), .double(-0.0), .integer(0),
      ]
    ),
    ("ints", [.integer(.max), .integer(.max - 1), .integer(.min), .integer(0)]),
    ("doubles", [.double(.nan), .double(.infinity), .double(-0.0), .double(0.1), .double(1e300)]),
    (
      "texts",
      [.text("naïve"), .text("nai\u{308}ve"), .text(""), .text("a\u{0}\n\"'`"), .text("5")]
    ),
    ("arrays", [.array([]), .array([.integer(1)]), .array([.array([.integer(1)])])]),
    ("bools", [.bool(true), .bool(false)]),
    ("bytes", [.bytes([]), .bytes([255, 0])]),
  ]

  private static func spans(_ random: inout SeededGenerator) -> SpanBatch {
    var batch = SpanBatch()
    for index in 0..<120 {
      let span = PlainSpan()
      span.trace = UInt64(index / 4 + 1)
      span.id = UInt64(index + 1)
      span.parentID = index % 4 == 0 ? 0 : UInt64(index / 4 * 4 + 1)
      let starts: [UInt64] = [0, 5, RandomSpans.base, 1 << 63, (1 << 63) + 7, .max]
      span.start = (starts.randomElement(using: &random) ?? 0)
      span.end = span.start == .max ? .max : span.start + UInt64.random(in: 0...3, using: &random)
      span.name = ["", "a", "5", "5.0", "NaN"].randomElement(using: &random) ?? ""
      span.library = ("lib", ["", "1", "1.0"].randomElement(using: &random) ?? "")
      for (key, values) in odd where Int.random(in: 0..<4, using: &random) > 0 {
        span.own.append(.init(key, values.randomElement(using: &random) ?? .empty))
      }
      span.append(to: &batch)
    }
    // A name that is no UTF-8.
    let start = UInt32(batch.arena.count)
    batch.arena += [0x61, 0xFF]
    batch.spans[7].name = ByteRange(offset: start, length: 2)
    return batch
  }

  @Test("For every value of every field", arguments: [8, 65_536])
  func values(segmentRows: Int) async throws {
    let seed = TestSeed.next()
    var random = SeededGenerator(seed: seed)
    let store = SpanStore(limit: ByteCount(1 << 30), segmentRows: segmentRows)
    store.add(Self.spans(&random))
    store.finish()
    let backend = LocalBackend { store.snapshot() }
    let catalog = try await backend.catalog()
    // In milliseconds several lengths of centuries read alike, which no span's own has here.
    let names =
      BuiltinField.allCases.filter { $0 != .traceDurationMS }.map(\.rawValue)
      + Self.odd.map(\.0)
    for name in names {
      for relation in FieldRef.Relation.allCases {
        let field = FieldRef(name, of: relation)
        var query = Query(visualize: [.count], groupBy: [field])
        query.limit = .max
        let groups = try await backend.run(query, RunOptions(seriesLimit: 0)).rows
        #expect(groups.reduce(0) { $0 + Int($1[1].number ?? 0) } == 120, "seed \(seed): \(name)")
        for row in groups {
          let type = catalog.type(of: field)
          let only = Filter.whether(field, is: row[0], of: type)
          let comment: Comment = "seed \(seed): \(only.text) for \(row)"
          // It is what a person may read, change and send again.
          #expect(try QueryText.parseFilter(only.text) == only, comment)
          query.filter = only
          let found = try await backend.run(query, RunOptions(seriesLimit: 0)).rows
          #expect(found.map(\.description) == [row.description], comment)
          query.filter = Filter.whether(field, isNot: row[0], of: type)
          let rest = try await backend.run(query, RunOptions(seriesLimit: 0)).rows
          #expect(
            rest.count
              == groups.count {
                !Self.isSame($0[0], row[0]) && ($0[0] != .missing || row[0] == .missing)
              }
              || row[0].number?.isNaN == true, comment)
          var request = TraceListRequest()
          request.group = [.init(field, row[0])]
          let matches = try await backend.traces(request).traces.reduce(0) { $0 + $1.matches }
          #expect(matches == Int(row[1].number ?? 0), comment)
        }
      }
    }
  }

  /// Byte by byte: texts that Unicode calls equivalent are different values.
  private static func isSame(_ a: ResultValue, _ b: ResultValue) -> Bool {
    a == b && "\(a)".utf8.elementsEqual("\(b)".utf8)
  }
}
