import Telemetry
import TestSupport
import Testing

@testable import Formats

/// Two threads that print at once mix up their lines: that may cost the records it hits, but never
/// the program, and no record of the batch points at what is not its own.
@Suite struct InterleavingLaws {
  /// Lines of a file, with their ends.
  static func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
      $0 + [UInt8(ascii: "\n")]
    }
  }

  /// Takes the lines of two files in random turns.
  static func interleave(
    _ one: [ArraySlice<UInt8>], _ two: [ArraySlice<UInt8>], _ random: inout SeededGenerator
  ) -> [UInt8] {
    var (first, second) = (one[...], two[...])
    var out: [UInt8] = []
    while !first.isEmpty || !second.isEmpty {
      let takesFirst = second.isEmpty || (!first.isEmpty && Bool.random(using: &random))
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        guard let line = takesFirst ? first.popFirst() : second.popFirst() else { break }
        out += line
      }
    }
    return out
  }

  @Test("Halves of any two fixtures, line by line in turns", arguments: [1, 2, 3] as [UInt64])
  func fixtures(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let files = try StreamRun.fixtures.map { Self.lines(try StreamRun.fixture($0)) }
    for (i, one) in files.enumerated() {
      for (j, two) in files.enumerated() {
        let cut = Int.random(in: 0...one.count, using: &random)
        let bytes = Self.interleave(Array(one[cut...]), two, &random)
        expectValid(
          StreamRun(bytes).batch,
          "\(StreamRun.fixtures[i]) from line \(cut), \(StreamRun.fixtures[j]), seed \(seed)")
      }
    }
  }

  @Test(
    "Recorded files whose formats print a line at a time",
    .enabled(if: SampleFolder.isThere(), "the recorded samples are not beside the repository"),
    arguments: [
      "cpp-ostream/fib-cpp.v1.29.0-dev.txt", "rust-stdout/subset.v0.32.handmade.txt",
      "dotnet-console/subset.v1.18.handmade.txt", "ruby-console/fib-ruby.v1.13.0.txt",
    ])
  func samples(file: String) throws {
    let bytes = try #require(SampleFolder.bytes(file))
    let lines = Self.lines(bytes)
    var random = SeededGenerator(seed: 5)
    for round in 0..<10 {
      let middle = lines.count / 2
      let mixed = Self.interleave(Array(lines[..<middle]), Array(lines[middle...]), &random)
      expectValid(StreamRun(mixed).batch, "\(file), seed 5, round \(round)")
    }
  }

  @Test(
    "A record that stands whole among the mixed-up lines of others is found",
    arguments: [1, 2, 3, 4] as [UInt64])
  func whole(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let files = try StreamRun.fixtures.map { Self.lines(try StreamRun.fixture($0)) }
    func ids(_ batch: SpanBatch) -> [String] {
      batch.spans.map { "\($0.traceID.hex) \(SpanID($0.spanID).hex) \(batch.text($0.name))" }
    }
    for (index, name) in StreamRun.fixtures.enumerated() {
      let whole = Array(files[index].joined())
      let expected = ids(StreamRun(whole).batch)
      for _ in 0..<6 {
        let one = Int.random(in: 0..<files.count, using: &random)
        let two = Int.random(in: 0..<files.count, using: &random)
        // The same format's lines could not be told from its own.
        guard one != index, two != index else { continue }
        let (first, second) = (files[one], files[two])
        let head = Self.interleave(
          Array(first[..<(first.count / 2)]), Array(second[..<(second.count / 2)]), &random)
        let tail = Self.interleave(
          Array(first[(first.count / 2)...]), Array(second[(second.count / 2)...]), &random)
        let found = ids(StreamRun(head + whole + tail).batch)
        let missing = expected.filter { !found.contains($0) }
        #expect(
          missing.isEmpty,
          "\(name) among \(StreamRun.fixtures[one]) and \(StreamRun.fixtures[two]), seed \(seed)")
      }
    }
  }

  private func expectValid(_ batch: SpanBatch, _ comment: Comment) {
    func fits(_ range: RecordRange, _ count: Int) -> Bool {
      range.count == 0 || Int(range.start) + Int(range.count) <= count
    }
    let attributes = batch.attributes.count
    #expect(
      batch.spans.allSatisfy {
        fits($0.attributes, attributes) && fits($0.events, batch.events.count)
          && fits($0.links, batch.links.count) && Int($0.resource) < batch.resources.count
          && Int($0.scope) < batch.scopes.count
      }, comment)
    #expect(batch.events.allSatisfy { fits($0.attributes, attributes) }, comment)
    #expect(batch.links.allSatisfy { fits($0.attributes, attributes) }, comment)
    #expect(batch.resources.allSatisfy { fits($0.attributes, attributes) }, comment)
    #expect(batch.scopes.allSatisfy { fits($0.attributes, attributes) }, comment)
  }

  @Test(
    "What two threads made of one record stays a record of its own",
    arguments: [
      """
      {
        name          : x
        span_id       : 0bdd7abdf6e19e00
        events        :
      \t{
        events        :
      }

      """,
      """
      {
        name          : x
        span_id       : 0bdd7abdf6e19e00
        events        : \n\t{\n\t  name          : e\n\t  attributes    : \n\t\tmsg: one
        events        : two\n\t}\n}

      """,
      """
      Span #0
      \tTraceId      : 19e95248395b5efe5ae84dac01fb1f09
      \tSpanId       : 0bdd7abdf6e19e00
      \tStart time   : 2026-11-22 22:57:47.108054
      \tAttributes:
      \t\t ->  a: I64(1)
      \tEvent #0
      \tAttributes:
      \t\t ->  b: I64(2)
      \tAttributes:
      \t\t ->  c: I64(3)
      \tLink #0
      \t\t ->  d: I64(4)
      \tEvents:
      \tAttributes:
      \t\t ->  e: I64(5)

      """,
    ])
  func mixedUp(text: String) {
    let run = StreamRun(text)
    #expect(run.batch.spans.count == 1)
    expectValid(run.batch, "\(text)")
  }

  @Test(
    "A duration whose parts are none is none",
    arguments: ["00:-9223372036854775808:00", "0:0:99", "1.2.3:00:00", "+1:00:00", "1:1", ":::"])
  func durations(text: String) {
    var text = text
    #expect(text.withUTF8 { DotnetConsole.duration($0) } == nil)
  }

  @Test("Durations of .NET")
  func validDurations() {
    func nanos(_ text: String) -> Int64? {
      var text = text
      return text.withUTF8 { DotnetConsole.duration($0) }
    }
    #expect(nanos("00:00:00.0372610") == 37_261_000)
    #expect(nanos("-1.02:03:04") == -(((24 + 2) * 60 + 3) * 60 + 4) * 1_000_000_000)
  }
}
