import Telemetry
import TestSupport
import Testing

@testable import Formats

/// Records read where they lie come out as those that are pieced together.
@Suite struct WholeRecordTests {
  private static let fixtures = ["python-pretty.txt", "go-modern-pretty.txt", "go-2019.txt"]

  /// Cuts in every line, so that no indented record is ever whole.
  private func pieced(_ text: String) -> StreamRun { StreamRun(Array(text.utf8)) { 7 } }

  private func expectSame(_ text: String, _ comment: Comment) {
    let (whole, pieces) = (StreamRun(text), pieced(text))
    #expect(whole.spans == pieces.spans, comment)
    #expect(whole.report.lines == pieces.report.lines, comment)
    #expect(whole.report.bytes == pieces.report.bytes, comment)
    #expect(whole.report.badRecords == pieces.report.badRecords, comment)
    #expect(whole.report.firstBad == pieces.report.firstBad, comment)
    #expect(whole.report.output.lines == pieces.report.output.lines, comment)
  }

  private func text(_ name: String) throws -> String {
    String(decoding: try StreamRun.fixture(name), as: UTF8.self)
  }

  @Test(
    "Indented records, one after another, with other line ends and text around", arguments: fixtures
  )
  func around(name: String) throws {
    let record = try text(name)
    let single = StreamRun(record).report
    #expect(single.spans > 0)
    let texts = [
      record + record, "\u{FEFF}" + record, record.replacing("\n", with: "\r\n"),
      "hello\n" + record + "bye\n" + record, record.dropLast() + "", record.dropLast() + " done\n",
      record.dropLast() + record, "{\n" + record, "{}\n" + record, record + "{\n  \"a\": 1\n}\n",
      record + "{\n  \"a\": 1\n" + record,
    ]
    for (index, text) in texts.enumerated() {
      expectSame(text, "\(name), case \(index)")
      #expect(StreamRun(text).report.spans >= single.spans, "\(name), case \(index)")
    }
  }

  @Test("An indented log line, a coloured text and a cut inside a record", arguments: fixtures)
  func inside(name: String) throws {
    let record = try text(name)
    let lines = record.split(separator: "\n").map { String($0) }
    let middle = lines.count / 2
    for foreign in ["  at main.go:12", "\tpanic: x", "\u{1B}[31m  \u{1B}[0m", "", "  \"", "}", "{"]
    {
      let torn = lines[..<middle] + [foreign] + lines[middle...]
      expectSame(
        torn.joined(separator: "\n") + "\n" + record, "\(name), \(foreign.debugDescription)")
    }
  }

  @Test("The place of a bad record counts the lines of those read before it")
  func offset() throws {
    let record = try text("python-pretty.txt")
    let line = try text("python-oneline.jsonl")
    let broken = line.replacing("\"kind\":", with: "\"kind\"")
    let run = StreamRun(record + line + record + broken + line)
    #expect(run.report.spans == 4)
    #expect(run.report.badRecords == 1)
    let before = record + line + record
    #expect(run.report.firstBad?.offset == before.utf8.count)
    #expect(run.report.firstBad?.line == before.count(where: { $0 == "\n" }) + 1)
  }

  @Test("A resource printed with every span is kept once")
  func resources() throws {
    for name in ["python-oneline.jsonl", "python-pretty.txt", "go-modern.jsonl"] {
      let record = try text(name)
      let one = StreamRun(record).batch
      let many = StreamRun(String(repeating: record, count: 50)).batch
      #expect(many.spans.count == 50 * one.spans.count)
      #expect(many.resources.count == one.resources.count)
      let resource = one.resources[0].attributes
      #expect(many.attributes.count < 50 * one.attributes.count - 40 * Int(resource.count))
      #expect(many.arena.count < 50 * (one.arena.count - 100))
    }
  }

  @Test(
    "Words of kinds, in any case and behind a dot",
    arguments: [
      ("SpanKind.SERVER", SpanKind.server), ("internal", .internal), ("Consumer", .consumer),
      ("PRODUCER", .producer), ("a.b.client", .client), ("unspecified", .unspecified),
    ])
  func kinds(word: String, kind: SpanKind) {
    var span = SpanRecord()
    var word = word
    word.withUTF8 { span.setKind(word: $0) }
    #expect(span.kind == kind)
    #expect(!span.marks.contains(.unknownEnum))
  }

  @Test("Unknown words of kinds are marked", arguments: ["", ".", "SERVER.", "serves", "serverx"])
  func unknownKinds(word: String) {
    var span = SpanRecord()
    var word = word
    word.withUTF8 { span.setKind(word: $0) }
    #expect(span.kind == .unspecified)
    #expect(span.marks.contains(.unknownEnum))
  }
}
