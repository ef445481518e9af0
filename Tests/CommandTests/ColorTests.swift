import Foundation
import Testing

@testable import otel_tui

/// Colour by https://no-color.org and https://bixense.com/clicolors, width by `COLUMNS`.
@Suite(.timeLimit(.minutes(5))) struct ColorTests {
  @Test(
    "who decides about colour",
    arguments: [
      ([:], true, false), (["TERM": "xterm"], true, true), (["TERM": "xterm"], false, false),
      (["TERM": "dumb"], true, false), (["TERM": "xterm", "NO_COLOR": "1"], true, false),
      (["TERM": "xterm", "NO_COLOR": ""], true, true), (["CLICOLOR_FORCE": "1"], false, true),
      (["CLICOLOR_FORCE": "0", "TERM": "xterm"], false, false),
      (["CLICOLOR_FORCE": "1", "NO_COLOR": "1"], true, false),
      (["TERM": "xterm", "CLICOLOR": "0"], true, false),
    ] as [([String: String], Bool, Bool)])
  func choice(environment: [String: String], isTerminal: Bool, isColored: Bool) {
    #expect(
      ColorChoice(environment: { environment[$0] }, isTerminal: isTerminal).isColored == isColored)
  }

  static let commandLines: [[String]] = [
    ["query", "VISUALIZE COUNT GROUP BY name"], ["trace", "slowest"], ["fields"],
  ]

  @Test(
    "in a pipe every command is plain, forced it is coloured and otherwise the same",
    arguments: commandLines)
  func forced(_ command: [String]) async throws {
    let folder = try CommandFolder()
    let file = try #require(
      Bundle.module.url(forResource: "Fixtures/hostile", withExtension: "jsonl")
    ).path
    let plain = try await ProgramRun(command + [file], in: folder)
    let colored = try await ProgramRun(
      command + [file], in: folder, environment: ["CLICOLOR_FORCE": "1"])
    let refused = try await ProgramRun(
      command + [file], in: folder, environment: ["CLICOLOR_FORCE": "1", "NO_COLOR": "1"])
    #expect(!plain.text.contains("\u{1B}") && refused.output == plain.output)
    #expect(colored.text.contains("\u{1B}["))
    // Nothing but colours, and none left on.
    let bare = colored.text.replacing(/\u{1B}\[(1|2|36|31|33|0)m/, with: "")
    #expect(bare == plain.text)
    for line in colored.text.split(separator: "\n") where line.contains("\u{1B}") {
      let marks = line.matches(of: /\u{1B}\[([0-9]+)m/).map { String($0.1) }
      #expect(marks.count.isMultiple(of: 2) && marks.last == "0", "\(line.debugDescription)")
    }
  }

  @Test(
    "COLUMNS is the width of every table",
    arguments: commandLines.filter { $0[0] != "trace" } + [
      ["query", "VISUALIZE COUNT", "--format", "chart"]
    ])
  func width(_ command: [String]) async throws {
    let folder = try CommandFolder()
    let file = try #require(
      Bundle.module.url(forResource: "Fixtures/hostile", withExtension: "jsonl")
    ).path
    for columns in [60, 90] {
      let run = try await ProgramRun(
        command + [file], in: folder, environment: ["COLUMNS": "\(columns)"])
      let widest = run.text.split(separator: "\n").map(\.count).max() ?? 0
      #expect(widest <= columns && widest > 0, "\(run.text)")
    }
  }
}
