import Telemetry
import Testing

@testable import Formats

/// Lines of several sources in one log, each with what its log shipper puts before it.
@Suite struct StreamPrefixTests {
  private func lines(_ name: String) throws -> [String] {
    String(decoding: try StreamRun.fixture(name), as: UTF8.self).split(separator: "\n").map {
      String($0)
    }
  }

  @Test(
    "A pretty record is read behind any prefix",
    arguments: [
      "web-1  | ", "2026-11-22T22:57:43.123456789Z ", "2026-11-22T22:57:43.1+01:00 ",
      "2026-11-22T22:57:43.12345Z stdout F ", "[2021-06-02T01:10:26.364Z] ",
      "Nov 22 22:57:43 host app[12]: ", "Nov  2 22:57:43 host app: ",
      "web-1  | 2026-11-22T22:57:43.123456789Z ",
    ])
  func prefixes(prefix: String) throws {
    for name in ["python-pretty.txt", "go-modern-pretty.txt"] {
      let plain = StreamRun(try StreamRun.fixture(name))
      let log = try lines(name).map { prefix + $0 + "\n" }.joined()
      let run = StreamRun(log)
      #expect(run.spans == plain.spans)
      #expect(run.report.otherLines == 0)
      #expect(run.report.badRecords == 0)
    }
  }

  @Test("Two services' records that alternate line by line are both read")
  func interleaved() throws {
    let python = try lines("python-pretty.txt")
    let go = try lines("go-modern-pretty.txt")
    var log = ""
    for index in 0..<max(python.count, go.count) {
      if index < python.count { log += "web-1  | \(python[index])\n" }
      if index < go.count { log += "db-1   | \(go[index])\n" }
    }
    let run = StreamRun(log)
    #expect(Set(run.names) == ["GET /", "dbHandler/database"])
    #expect(run.report.badRecords == 0)
    #expect(run.report.otherLines == 0)
  }

  @Test("CRI's partial lines are joined")
  func partialLines() throws {
    let record = try lines("python-oneline.jsonl")[0]
    let cut = record.index(record.startIndex, offsetBy: 300)
    let time = "2026-11-22T22:57:43.12345Z stdout"
    let run = StreamRun("\(time) P \(record[..<cut])\n\(time) F \(record[cut...])\n")
    #expect(run.names == ["GET /fib"])
    #expect(run.report.otherLines == 0)
  }

  @Test("Docker's json-file log holds the record inside a text")
  func dockerFile() throws {
    let record = try lines("python-oneline.jsonl")[0]
    let escaped = record.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    let run = StreamRun(
      "{\"log\":\"\(escaped)\\n\",\"stream\":\"stdout\",\"time\":\"2026-11-22T22:57:43Z\"}\n")
    #expect(run.names == ["GET /fib"])
  }

  @Test("A pretty record in Docker's json-file log is joined from its lines")
  func dockerPretty() throws {
    let log = try lines("python-pretty.txt").map { line in
      let escaped = line.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      return "{\"log\":\"\(escaped)\\n\",\"stream\":\"stdout\",\"time\":\"2026-11-22T22:57:43Z\"}\n"
    }.joined()
    let run = StreamRun(log)
    #expect(run.names == ["GET /"])
    #expect(run.report.badRecords == 0)
  }

  @Test("Lines that only look prefixed stay whole in the other output")
  func otherLines() {
    let text = """
      2026-11-22T22:57:43.123Z listening
      web-1  | ready
      Nov 22 22:57:43 host app[12]: bye
      [2021-06-02T01:10:26.364Z] done

      """
    let run = StreamRun(text)
    #expect(run.report.otherLines == 4)
    #expect(run.report.output.lines == text.split(separator: "\n").map { String($0) })
  }
}
