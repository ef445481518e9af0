import QueryLanguage
import TestSupport
import Testing

@testable import QueryEngine

@Suite("Numbering equal values of many lists")
struct NumberingLaws {
  /// Few and many, so that both ways are taken: on the caller's thread and on all cores.
  @Test("Equal pairs have equal numbers without a gap", arguments: [0, 1, 40, 30_000])
  func pairs(_ size: Int) async throws {
    let seed = TestSeed.next()
    var random = SeededGenerator(seed: seed)
    let keys = (0..<5).map { _ in
      (0..<Int.random(in: 0...size, using: &random)).map { _ in
        UInt64.random(in: 0...UInt64(size), using: &random) << 32
          | UInt64.random(in: 0...3, using: &random)
      }
    }
    let found = try await PairNumbers(keys)
    #expect(found.count == Set(keys.joined()).count, "seed \(seed)")
    try Self.check(keys, found.numbers, 0..<found.count, seed)
  }

  @Test("Equal values have equal numbers from 1 on without a gap", arguments: [0, 1, 40, 30_000])
  func values(_ size: Int) async throws {
    let seed = TestSeed.next()
    var random = SeededGenerator(seed: seed)
    let values = (0..<5).map { _ in
      (0..<Int.random(in: 0...size, using: &random)).map { _ in
        "v\(Int.random(in: 0...size, using: &random))"
      }
    }
    let lists = values.map { texts in
      var list = ValueList()
      for var text in texts { text.withUTF8 { list.append(.text($0)) } }
      return list
    }
    var interner = ValueInterner()
    let numbers = try await interner.numbers(ofAll: lists)
    #expect(interner.limit == Set(values.joined()).count + 1, "seed \(seed)")
    #expect(numbers.allSatisfy { $0.first == 0 })
    try Self.check(values, numbers.map { Array($0.dropFirst()) }, 1..<interner.limit, seed)
    for (texts, own) in zip(values, numbers) {
      for (text, number) in zip(texts, own.dropFirst()) {
        let (list, index) = interner.location(number)
        #expect(list.result(index) == .text(text), "seed \(seed)")
      }
    }
  }

  /// That numbers are equal where keys are, and that every number of a range is taken.
  private static func check<Key: Hashable>(
    _ keys: [[Key]], _ numbers: [[UInt32]], _ range: Range<Int>, _ seed: UInt64
  ) throws {
    var known: [Key: UInt32] = [:]
    for (keys, numbers) in zip(keys, numbers) {
      try #require(keys.count == numbers.count)
      for (key, number) in zip(keys, numbers) {
        #expect(known[key] ?? number == number, "seed \(seed)")
        known[key] = number
      }
    }
    #expect(known.values.sorted() == range.map { UInt32($0) }, "seed \(seed)")
  }
}
