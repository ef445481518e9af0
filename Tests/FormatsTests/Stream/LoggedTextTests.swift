import Telemetry
import TestSupport
import Testing

@testable import Formats

/// Lines of records inside the texts of JSON log lines.
@Suite struct LoggedTextTests {
  /// How a program logs a line: members around the text, the text under its name.
  struct Logger: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var line: @Sendable (_ source: String, _ text: String, _ number: Int) -> String

    init(_ name: String, _ line: @escaping @Sendable (String, String, Int) -> String) {
      (testDescription, self.line) = (name, line)
    }
  }

  static let loggers = [
    Logger("docker json-file") {
      #"{"log":"\#($1)\n","stream":"\#($0)","time":"2026-03-01T10:00:01.\#($2)Z"}"#
    },
    Logger("docker with blanks") {
      #"{ "stream": "\#($0)", "time": "2026-03-01T10:00:01.\#($2)Z", "log": "\#($1)\n" }"#
    },
    Logger("fluentd driver") { source, text, _ in
      #"{"log":"\#(text)","container_id":"9f\#(source)","container_name":"/\#(source)","source":"stdout"}"#
    },
    Logger("fluent-bit") {
      #"{"@timestamp":"2026-03-01T10:00:01.\#($2)Z","log":"\#($1)","kubernetes":{"pod_name":"\#($0)"}}"#
    },
    Logger("fluent-bit of CRI lines") {
      #"{"log":"2026-03-01T10:00:01.\#($2)Z stdout F \#($1)","kubernetes":{"pod_name":"\#($0)"}}"#
    },
    Logger("journald") {
      #"{"__REALTIME_TIMESTAMP":"17\#($2)","_SYSTEMD_UNIT":"\#($0)","MESSAGE":"\#($1)","_PID":"7"}"#
    },
    Logger("GCP") { #"{"insertId":"a\#($2)","textPayload":"\#($1)","labels":{"pod":"\#($0)"}}"# },
    Logger("zap") { #"{"level":"info","ts":\#($2).5,"logger":"\#($0)","msg":"\#($1)"}"# },
    Logger("CloudWatch") {
      #"{"events":[{"timestamp":17\#($2),"message":"\#($1)\n","logStreamName":"\#($0)"}]}"#
    },
  ]

  private static func lines(_ name: String) throws -> [String] {
    String(decoding: try StreamRun.fixture(name), as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false
    ).map { String($0) }.dropLast()
  }

  /// As the inside of a JSON text.
  private static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\t", with: "\\t")
  }

  private static func log(_ lines: [String], _ logger: Logger, _ source: String) -> [String] {
    lines.enumerated().map { "\(logger.line(source, escaped($0.element), $0.offset))\n" }
  }

  private static let fixtures = [
    "python-oneline.jsonl", "python-pretty.txt", "node-console.txt", "cpp-ostream.txt",
    "dotnet-console.txt", "go-modern-pretty.txt", "ruby-console.txt", "three-signals.otlp.jsonl",
  ]

  @Test("Records whose lines are logged one by one", arguments: loggers)
  func records(logger: Logger) throws {
    for name in Self.fixtures {
      let lines = try Self.lines(name)
      let plain = StreamRun(lines.map { $0 + "\n" }.joined())
      let run = StreamRun(Self.log(lines, logger, "web").joined())
      #expect(run.spans == plain.spans, "\(name)")
      #expect(run.report.badRecords == 0, "\(name)")
    }
  }

  @Test("Two sources that take turns", arguments: loggers)
  func interleaved(logger: Logger) throws {
    let (python, node) = (try Self.lines("python-pretty.txt"), try Self.lines("node-console.txt"))
    var logs = [Self.log(python, logger, "web")[...], Self.log(node, logger, "store")[...]]
    var random = SeededGenerator(seed: 9)
    var log = ""
    while logs.contains(where: { !$0.isEmpty }) {
      log += logs[Int.random(in: 0..<2, using: &random)].popFirst() ?? ""
    }
    let plain = StreamRun((python + node).map { $0 + "\n" }.joined())
    #expect(StreamRun(log).spans.sorted() == plain.spans.sorted())
  }

  @Test("Docker cuts long lines into pieces without a line end")
  func pieces() throws {
    let record = try Self.lines("python-oneline.jsonl")[0]
    let long = record.replacing(
      "\"attributes\": {",
      with: "\"attributes\": {\"x\": \"\(String(repeating: "y", count: 40_000))\", ",
      maxReplacements: 1)
    var log = ""
    var rest = long[...]
    while !rest.isEmpty {
      let piece = rest.prefix(16 << 10)
      rest = rest.dropFirst(piece.count)
      let end = rest.isEmpty ? "\\n" : ""
      log += "{\"log\":\"\(Self.escaped(String(piece)))\(end)\",\"stream\":\"stdout\"}\n"
    }
    let run = StreamRun(log)
    #expect(run.names == ["GET /fib"])
    #expect(run.report.badRecords == 0)
  }

  @Test("A JSON log line without a record stays other output, whole")
  func other() {
    let line = #"{"level":"info","message":"listening on {port}","n":1}"#
    let run = StreamRun(line + "\n")
    #expect(run.report.output.lines == [line])
    #expect(run.report.otherLines == 1)
  }
}
