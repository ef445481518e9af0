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
    Logger("Splunk") {
      #"{"preview":false,"offset":\#($2),"result":{"_raw":"\#($1)","source":"\#($0)"}}"#
    },
    Logger("Loki") {
      #"{"streams":[{"stream":{"app":"\#($0)"},"values":[["177\#($2)","\#($1)"]]}]}"#
    },
    Logger("Insights") {
      #"{"results":[[{"field":"@timestamp","value":"\#($2)"},{"field":"@message","value":"\#($1)"},{"field":"@log","value":"\#($0)"}]]}"#
    },
    Logger("compose in docker") {
      #"{"log":"\#($0)-1  | \#($1)\n","stream":"stdout","time":"2026-03-01T10:00:01.\#($2)Z"}"#
    },
    Logger("docker in filebeat") { source, text, number in
      let inner = escaped(#"{"log":"\#(text)\n","stream":"stdout"}"#)
      return
        #"{"@timestamp":"2026-03-01T10:00:01.\#(number)Z","message":"\#(inner)","pod":"\#(source)"}"#
    },
    Logger("coloured in docker") {
      #"{"log":"\u001b[32m\#($1)\u001b[0m\n","stream":"\#($0)","time":"2026-03-01T10:00:01.\#($2)Z"}"#
    },
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

  /// A document that lists log lines.
  struct Listing: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// Makes it of the texts, each in quotes.
    var document: @Sendable (_ texts: [String]) -> String

    init(_ name: String, _ document: @escaping @Sendable ([String]) -> String) {
      (testDescription, self.document) = (name, document)
    }

    /// One element a text, on lines of their own or not.
    static func list(_ texts: [String], _ isIndented: Bool, _ element: (String, Int) -> String)
      -> String
    {
      let ends = isIndented ? ("[\n    ", ",\n    ", "\n  ]") : ("[", ",", "]")
      let elements = texts.enumerated().map { element($0.element, $0.offset) }
      return ends.0 + elements.joined(separator: ends.1) + ends.2
    }
  }

  static let listings = [false, true].flatMap { isIndented in
    let end = isIndented ? "\n" : ""
    return [
      Listing("get-log-events, \(isIndented)") { texts in
        let list = Listing.list(texts, isIndented) {
          "{\(end)\"timestamp\": 17\($1),\(end)\"message\": \($0),\(end)\"ingestionTime\": 1}"
        }
        return "{\(end)  \"events\": \(list),\(end)  \"nextForwardToken\": \"f/1\"\(end)}\n"
      },
      Listing("Elasticsearch, \(isIndented)") { texts in
        let list = Listing.list(texts, isIndented) {
          "{\"_id\": \"\($1)\", \"_source\": {\"message\": \($0), \"pod\": \"web\"}}"
        }
        return "{\(end)  \"took\": 1,\(end)  \"hits\": {\"hits\": \(list)}\(end)}\n"
      },
      Listing("gcloud, \(isIndented)") { texts in
        Listing.list(texts, isIndented) {
          "{\(end)\"insertId\": \"\($1)\",\(end)\"textPayload\": \($0)\(end)}"
        } + "\n"
      },
      Listing("Loki, the newest first, \(isIndented)") { texts in
        let list = Listing.list(texts.reversed(), isIndented) {
          "[\"\(1_772_359_200_999_999_999 - $1)\", \($0)]"
        }
        return
          "{\(end)\"data\": {\"result\": [{\"stream\": {\"app\": \"x\"}, \"values\": \(list)}]}\(end)}\n"
      },
    ]
  }

  @Test("Records whose lines one document lists, however many", arguments: listings)
  func documents(listing: Listing) throws {
    for name in Self.fixtures {
      let lines = try Self.lines(name)
      let plain = StreamRun(lines.map { $0 + "\n" }.joined())
      let texts = lines.map { "\"\(Self.escaped($0))\\n\"" }
      let run = StreamRun("before\n" + listing.document(texts) + "after\n")
      #expect(run.spans == plain.spans, "\(name)")
      // Of a list, elements that carry nothing of a record are other output.
      #expect(run.report.badRecords == 0 && run.report.output.lines.contains("before"), "\(name)")
    }
    let record = try Self.lines("python-oneline.jsonl")[0]
    let many = StreamRun(
      listing.document((0..<300).map { _ in "\"\(Self.escaped(record))\"" }))
    #expect(many.report.spans == 300)
  }

  @Test("One text of many lines, indented as `jq` prints it")
  func wholeText() throws {
    for name in Self.fixtures {
      let lines = try Self.lines(name)
      let plain = StreamRun(lines.map { $0 + "\n" }.joined())
      let text = lines.map { Self.escaped($0) }.joined(separator: "\\n")
      let run = StreamRun("{\n  \"changed\": true,\n  \"stdout\": \"\(text)\"\n}\n")
      #expect(run.spans == plain.spans, "\(name)")
    }
  }

  @Test(
    "Texts in quotes in lines that are no JSON",
    arguments: [
      #"time="2026-03-01T10:00:00Z" level=info msg="@""#,
      #"[0] kube.var.log: [[1772359200.123, {}], {"log"=>"@"}]"#,
      #"["@","@"]"#, #""@""#,
    ])
  func quoted(line: String) throws {
    let record = try Self.lines("python-oneline.jsonl")[0]
    let run = StreamRun(line.replacing("@", with: Self.escaped(record)) + "\nbye\n")
    #expect(run.report.spans == line.count { $0 == "@" })
    #expect(run.report.output.lines == ["bye"])
  }

  @Test("Fields of CSV double their quotes")
  func csv() throws {
    let record = try Self.lines("python-oneline.jsonl")[0]
    let field = record.replacing("\"", with: "\"\"")
    let run = StreamRun("time,_raw\n1,\"\(field)\"\n2,\"plain\"\n")
    #expect(run.names == ["GET /fib"])
    #expect(run.report.output.lines == ["time,_raw", "2,\"plain\""])
  }

  @Test("journald writes a coloured line as a list of its bytes")
  func bytes() throws {
    let lines = try Self.lines("python-pretty.txt")
    let log = lines.map { line in
      let bytes = Array("\u{1B}[36m\(line)\u{1B}[0m".utf8).map { "\($0)" }
      return "{\"_PID\":\"7\",\"MESSAGE\":[\(bytes.joined(separator: ","))]}\n"
    }.joined()
    #expect(StreamRun(log).spans == StreamRun(lines.joined(separator: "\n")).spans)
  }

  @Test(
    "Requests as base64, as queues of the clouds carry them",
    arguments: [
      #"{"Records":[{"kinesis":{"data":"@"}}]}"#, #"{"message":{"data":"@","attributes":{}}}"#,
      #"{"body":"@","isBase64Encoded":true}"#,
    ])
  func base64(line: String) throws {
    let json = try Self.lines("three-signals.otlp.jsonl")[0]
    let plain = StreamRun(json)
    let run = StreamRun(line.replacing("@", with: Base64.text(Array(json.utf8))))
    #expect(!plain.spans.isEmpty && run.spans == plain.spans)
    let notes = Base64.text(Array("{\"a\": \"no request at all, but JSON\"}".utf8))
    let other = StreamRun(line.replacing("@", with: notes))
    #expect(other.report.otherLines == 1 && other.report.badRecords == 0)
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
