import QueryLanguage
import TestSupport
import Testing

@Suite struct RoundTripLaws {
  @Test("what a query prints reads back as the same query", arguments: 0..<60 as Range<UInt64>)
  func printed(seed: UInt64) throws {
    var random = RandomQuery(seed: seed)
    for turn in 0..<100 {
      let query = random.query()
      let text = QueryText.print(query)
      do {
        let back = try QueryText.parse(text)
        guard back != query else { continue }
        Issue.record("seed \(seed), turn \(turn): \(text)\nreads back as \(QueryText.print(back))")
      } catch {
        Issue.record("seed \(seed), turn \(turn): \(error.rendered(in: text))")
      }
      return
    }
  }

  @Test("clause by clause it reads back as well", arguments: 0..<20 as Range<UInt64>)
  func clauses(seed: UInt64) throws {
    var random = RandomQuery(seed: seed)
    for turn in 0..<50 {
      let query = random.query()
      var texts: [QueryClause: String] = [:]
      for clause in QueryClause.allCases { texts[clause] = query.text(of: clause) }
      let back = try Query(clauses: texts)
      #expect(back == query, "seed \(seed), turn \(turn): \(texts)")
    }
  }

  @Test("clauses may come in any order", arguments: 0..<20 as Range<UInt64>)
  func shuffled(seed: UInt64) throws {
    var random = RandomQuery(seed: seed)
    for _ in 0..<50 {
      let query = random.query()
      let lines = QueryText.lines(query).shuffled(using: &random.random)
      let text = lines.joined(separator: "\n")
      #expect(try QueryText.parse(text) == query, "seed \(seed): \(text)")
    }
  }

  @Test("no damage to a text makes the parser trap", arguments: 0..<40 as Range<UInt64>)
  func damaged(seed: UInt64) {
    var random = RandomQuery(seed: seed)
    for _ in 0..<100 {
      var bytes = Array(QueryText.print(random.query()).utf8)
      for _ in 0..<3 where !bytes.isEmpty {
        let index = Int.random(in: 0..<bytes.count, using: &random.random)
        switch Int.random(in: 0..<3, using: &random.random) {
        case 0: bytes.remove(at: index)
        case 1: bytes[index] = UInt8.random(in: 0...255, using: &random.random)
        default: bytes.insert(contentsOf: bytes[..<index], at: index)
        }
      }
      let text = String(decoding: bytes, as: UTF8.self)
      do throws(QueryError) {
        let query = try QueryText.parse(text)
        let again = QueryText.print(query)
        let back = try? QueryText.parse(again)
        #expect(back == query, "seed \(seed): \(text)")
      } catch {
        let range = error.range ?? 0..<0
        #expect(range.upperBound <= text.utf8.count, "seed \(seed): \(text)")
        #expect(!error.rendered(in: text).isEmpty)
      }
    }
  }
}
