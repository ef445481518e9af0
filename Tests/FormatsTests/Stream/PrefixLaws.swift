import Telemetry
import TestSupport
import Testing

@testable import Formats

/// What stands before every line of a source is learned, whatever program put it there.
@Suite struct PrefixLaws {
  /// What a program puts before the line of that number, for a source of that name.
  struct Shipper: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var prefix: @Sendable (_ source: String, _ line: Int) -> String

    init(_ name: String, _ prefix: @escaping @Sendable (String, Int) -> String) {
      (testDescription, self.prefix) = (name, prefix)
    }
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  /// A clock that goes on with the lines and passes a minute.
  private static func clock(_ line: Int) -> String { "10:\(two(line / 60)):\(two(line % 60))" }

  static let shippers = [
    Shipper("docker compose") { source, _ in "\(source)-1  | " },
    Shipper("kubectl --timestamps") { _, line in "2026-03-01T\(clock(line)).\(line)23456789Z " },
    Shipper("kubectl --prefix") { source, _ in "[pod/\(source)-5d9c7-abcde/\(source)] " },
    Shipper("kubectl --prefix --timestamps") { source, line in
      "[pod/\(source)-5d9c7/\(source)] 2026-03-01T\(clock(line)).5Z "
    },
    Shipper("CRI") { _, line in "2026-03-01T\(clock(line)).123456789Z stdout F " },
    Shipper("journalctl") { source, line in "Mar  1 \(clock(line)) box \(source)[12]: " },
    Shipper("journalctl -o short-iso") { source, line in
      "2026-03-01T\(clock(line))+0000 box \(source)[12]: "
    },
    Shipper("journalctl -o short-precise") { source, line in
      "Mar 01 \(clock(line)).123456 box \(source)[12]: "
    },
    Shipper("stern") { source, _ in "\(source)-5d9c7-abcde \(source) " },
    Shipper("swarm") { source, _ in "shop_\(source).1.k3j2h1g0f9e8@node-1    | " },
    Shipper("foreman") { source, line in "\(clock(line)) \(source).1  | " },
    Shipper("turbo") { source, _ in "\(source):dev: " },
    Shipper("Heroku") { source, line in
      "2026-03-01T\(clock(line)).123456+00:00 app[\(source).1]: "
    },
    Shipper("dapr") { source, _ in "== APP - \(source) == " },
    Shipper("concurrently") { source, _ in "[\(source)] " },
    Shipper("concurrently by number") { source, _ in "[\(source.utf8.count)] " },
    Shipper("Actions") { _, line in "2026-03-01T\(clock(line)).1234567Z " },
    Shipper("a time in brackets") { source, line in "[\(clock(line))] \(source) " },
    Shipper("dmesg") { source, line in
      let seconds = "\(line + 995).123456"
      return "[\(String(repeating: " ", count: 12 - seconds.count))\(seconds)] \(source): "
    },
    Shipper("line numbers") { source, line in
      let number = "\(line + 1)"
      return "\(source)" + String(repeating: " ", count: 6 - number.count) + number + "  "
    },
    Shipper("grep") { source, line in "\(source).log:\(line + 1):" },
    Shipper("coloured") { source, _ in "\u{1B}[36m\(source) |\u{1B}[0m " },
    Shipper("quoted mail") { _, _ in "> " },
    Shipper("cat -n") { _, line in
      let number = "\(line + 1)"
      return String(repeating: " ", count: 6 - number.count) + number + "\t"
    },
    Shipper("Tilt") { source, _ in String(repeating: " ", count: 12 - source.count) + source + " │ "
    },
    Shipper("Cloud Foundry") { _, line in
      "   2026-03-01T\(clock(line)).\(two(line % 100))+0100 [APP/PROC/WEB/0] OUT "
    },
    Shipper("diff") { _, _ in "+" },
  ]

  private static func lines(_ name: String) throws -> [String] {
    var bytes = try StreamRun.fixture(name)
    if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false
    ).map { String($0) }
  }

  private static func log(_ lines: [String], _ shipper: Shipper, _ source: String) -> [String] {
    lines.enumerated().map { "\(shipper.prefix(source, $0.offset))\($0.element)\n" }
  }

  /// Whole spans as text. Java's have the time of their line only, which a prefix may hold.
  private static func spans(_ run: StreamRun) -> [String] { run.spans.sorted() }

  @Test("Records of every format behind any prefix are those without", arguments: shippers)
  func any(shipper: Shipper) throws {
    for name in StreamRun.fixtures where name != "java-logging.txt" {
      let lines = try Self.lines(name)
      let plain = StreamRun(lines.map { $0 + "\n" }.joined())
      let run = StreamRun(Self.log(lines, shipper, "web").joined())
      #expect(Self.spans(run) == Self.spans(plain), "\(name)")
      #expect(run.report.badRecords == 0, "\(name)")
    }
  }

  /// Formats whose records are many lines.
  private static let long = [
    "python-pretty.txt", "node-console.txt", "go-modern-pretty.txt", "cpp-ostream.txt",
    "dotnet-console.txt", "ruby-console.txt", "rust-stdout.txt", "php-console.txt",
  ]

  @Test("Sources that take turns line by line are kept apart", arguments: shippers)
  func interleaved(shipper: Shipper) throws {
    // Without a name in it a prefix tells nothing apart.
    guard shipper.prefix("web", 0) != shipper.prefix("store", 0) else { return }
    // Behind one that begins blank, a line of another source looks like Ruby's indented ones until
    // the second line of the record has shown the prefix.
    guard shipper.prefix("web", 0).first != " " else { return }
    var random = SeededGenerator(seed: 3)
    for (index, one) in Self.long.enumerated() {
      let two = Self.long[(index + 3) % Self.long.count]
      let (first, second) = (try Self.lines(one), try Self.lines(two))
      var logs = [
        Self.log(first, shipper, "web")[...], Self.log(second, shipper, "store")[...],
        Self.log(first, shipper, "worker")[...],
      ]
      var log = ""
      while logs.contains(where: { !$0.isEmpty }) {
        log += logs[Int.random(in: 0..<logs.count, using: &random)].popFirst() ?? ""
      }
      let run = StreamRun(log)
      let plain = [first, second, first].flatMap {
        StreamRun($0.map { $0 + "\n" }.joined()).spans
      }
      #expect(Self.spans(run) == plain.sorted(), "\(one), \(two), seed 3")
    }
  }

  @Test("Records that stand indented as a whole", arguments: ["  ", "    ", "\t"])
  func indented(indent: String) throws {
    for name in Self.long {
      let lines = try Self.lines(name)
      let plain = StreamRun(lines.map { $0 + "\n" }.joined())
      let run = StreamRun(
        "log: |\n" + lines.map { $0.isEmpty ? "\n" : "\(indent)\($0)\n" }.joined())
      #expect(Self.spans(run) == Self.spans(plain), "\(name)")
    }
  }

  @Test("What a collector's logger puts before a request stands behind another prefix")
  func collectorBehindPrefix() throws {
    let lines = [
      "2026-03-01T10:00:01.123Z\tinfo\tResourceSpans #0", "Resource SchemaURL: ",
      "Resource attributes:", "     -> service.name: Str(greenhouse)", "ScopeSpans #0",
      "ScopeSpans SchemaURL: ", "InstrumentationScope valves 1.0", "Span #0",
      "    Trace ID       : 4fd0c1b2a3948576e5d4c3b2a1908f7e", "    Parent ID      : ",
      "    ID             : 00000000000000a1", "    Name           : open-valve",
      "    Kind           : Server", "    Start time     : 2026-03-01 10:00:00 +0000 UTC",
      "    End time       : 2026-03-01 10:00:00.25 +0000 UTC", "    Status code    : Error",
      "    Status message : stuck", "Attributes:", "     -> valve.id: Int(4)",
      "\t{\"kind\": \"exporter\", \"data_type\": \"traces\", \"name\": \"debug\"}",
    ]
    for shipper in Self.shippers {
      let run = StreamRun(Self.log(lines, shipper, "web").joined())
      #expect(run.names == ["open-valve"], "\(shipper)")
      #expect(run.attributes() == ["valve.id": "integer 4"], "\(shipper)")
    }
  }

  @Test("Two copies of a service whose names differ in a number are kept apart")
  func copies() throws {
    let (python, node) = (try Self.lines("python-pretty.txt"), try Self.lines("node-console.txt"))
    for (one, two) in [("web-1  | ", "web-2  | "), ("[1] ", "[2] "), ("a.1: ", "a.20: ")] {
      var log = ""
      for index in 0..<max(python.count, node.count) {
        if index < python.count { log += "\(one)\(python[index])\n" }
        if index < node.count { log += "\(two)\(node[index])\n" }
      }
      let run = StreamRun(log)
      let plain = StreamRun((python + node).map { $0 + "\n" }.joined())
      #expect(Self.spans(run) == Self.spans(plain), "\(one)")
    }
  }

  @Test("Text that a program printed before a record stands behind the prefix")
  func textBetween() throws {
    let lines = try Self.lines("python-pretty.txt")
    let log =
      "web-1  | starting\(lines[0])\n" + lines.dropFirst().map { "web-1  | \($0)\n" }.joined()
    let run = StreamRun(log)
    #expect(run.names == ["GET /"])
    #expect(run.report.output.lines == ["starting"])
  }

  @Test(
    "Tabs that a terminal copy turned into blanks",
    arguments: ["cpp-ostream.txt", "rust-stdout.txt"])
  func blanks(name: String) throws {
    let lines = try Self.lines(name)
    let expanded = lines.map { line in
      var out = ""
      for character in line {
        if character == "\t" {
          out += String(repeating: " ", count: 8 - out.count % 8)
        } else {
          out.append(character)
        }
      }
      return out
    }
    #expect(
      StreamRun(expanded.joined(separator: "\n")).spans
        == StreamRun(lines.joined(separator: "\n")).spans)
  }
}
