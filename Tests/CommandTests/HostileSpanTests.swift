import Foundation
import Telemetry
import Testing

/// Spans whose every text tries to take over the terminal.
@Suite(.timeLimit(.minutes(5))) struct HostileSpanTests {
  static let commandLines: [[String]] = [
    ["query", "VISUALIZE COUNT GROUP BY name, service.name, host"],
    ["query", "WHERE name exists"],
    ["query", "VISUALIZE COUNT, HEATMAP(duration_ms) GROUP BY name", "--format", "chart"],
    ["query", "VISUALIZE COUNT GROUP BY name", "--format", "json", "--stats"],
    ["query", "WHERE \u{1B}]0;x\u{7} = 1"],
    ["trace", "slowest"], ["trace", "slowest", "--fields", "host"],
    ["trace", "slowest", "--format", "json"],
    ["compare", "host exists", "--baseline", "duration_ms >= 0"], ["compare", "error"],
    ["compare", "name exists", "--format", "json"], ["compare", "\u{1B}]0;x\u{7} = 1"],
    ["fields"], ["fields", "--format", "json"],
    ["trace", "\u{1B}[2J"],
  ]

  @Test("no command prints a control character of a span", arguments: commandLines)
  func commands(_ command: [String]) async throws {
    let folder = try CommandFolder()
    let file = try #require(
      Bundle.module.url(forResource: "Fixtures/hostile", withExtension: "jsonl"))
    let run = try await ProgramRun(command + [file.path], in: folder)
    #expect(!(run.output + run.errors).isEmpty)
    #expect(Self.unsafeScalars(run.output) == [])
    #expect(Self.unsafeScalars(run.errors) == [])
  }

  @Test("names of files are told without what is in them for a terminal")
  func fileNames() async throws {
    let folder = try CommandFolder()
    let name = "\u{1B}]52;c;UFdO\u{7}\u{202E}.jsonl"
    let missing = try await ProgramRun(["fields", name], in: folder)
    #expect(missing.status == 3)
    #expect(Self.unsafeScalars(missing.errors) == [])
    try folder.write("{\"resourceSpans\":[{\n", name)
    let bad = try await ProgramRun(["fields", name], in: folder)
    #expect(bad.status == 1)
    #expect(Self.unsafeScalars(bad.errors) == [])
  }

  @Test("JSON with escapes means the same")
  func json() throws {
    let text = "[\"a\u{202E}\u{9B}\u{E0041}\u{FEFF}é🙂\u{200D}\u{7F}\"]"
    let escaped = PlainText.json(Array(text.utf8))
    #expect(Self.unsafeScalars(escaped) == [])
    #expect(String(decoding: escaped, as: UTF8.self).contains(#"\u202e\u009b\udb40\udc41\ufeffé🙂"#))
    let read = try JSONSerialization.jsonObject(with: Data(escaped)) as? [String]
    #expect(read == ["a\u{202E}\u{9B}\u{E0041}\u{FEFF}é🙂\u{200D}\u{7F}"])
  }

  @Test("lines stay lines, and nothing else of them")
  func lines() {
    #expect(PlainText.lines("a\r\nb\u{1B}c\n\rd\te") == "a\nb\u{FFFD}c\n d e")
    #expect(PlainText.line("a\nb") == "a b")
    #expect(PlainText.line("plain é 名前") == "plain é 名前")
  }

  /// Scalars that a terminal obeys or hides, by the names of the standards: ECMA-48's two sets of
  /// controls, Unicode's separators, marks of direction and of byte order, tags.
  private static func unsafeScalars(_ bytes: [UInt8]) -> [String] {
    let ranges: [ClosedRange<UInt32>] = [
      0x00...0x09, 0x0B...0x1F, 0x7F...0x9F, 0x061C...0x061C, 0x200E...0x200F, 0x2028...0x202E,
      0x2066...0x2069, 0xFEFF...0xFEFF, 0xE0000...0xE007F,
    ]
    let text = String(decoding: bytes, as: UTF8.self)
    return text.unicodeScalars.filter { scalar in ranges.contains { $0.contains(scalar.value) } }
      .map { String($0.value, radix: 16) }
  }
}
