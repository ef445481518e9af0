import Telemetry
import Testing

@testable import Workspace

@Suite struct IntakeNewsTests {
  @Test("a kind is told when it first comes and at each tenfold")
  func tenfold() {
    var news = IntakeNews()
    var told: [Int] = []
    for count in 1...1_000 {
      var counts = IntakeCounts()
      counts.logRecords = count
      if !news.lines(counts).isEmpty { told.append(count) }
    }
    #expect(told == [1, 10, 100, 1_000])
  }

  @Test("a bad record is told with its place and reason")
  func badRecord() {
    var news = IntakeNews()
    var counts = IntakeCounts()
    counts.addBad(BadRecord(source: "a.jsonl", line: 3, offset: 120, reason: "no closing brace"))
    #expect(
      news.lines(counts) == [
        "1 record that cannot be read; the first in a.jsonl, line 3, byte 120: no closing brace"
      ])
    #expect(news.lines(counts).isEmpty)
  }
}
