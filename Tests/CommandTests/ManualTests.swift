import Foundation
import Testing

/// Manual pages, `version`, and words that are no command.
@Suite(.timeLimit(.minutes(2))) struct ManualTests {
  private func page(_ name: String) async throws -> String {
    let run = try await ProgramRun(["manual", name], in: try CommandFolder())
    #expect(run.status == 0)
    return run.text
  }

  @Test("the program's page has every command that its help lists, options and keys")
  func program() async throws {
    let folder = try CommandFolder()
    let page = try await page("otel-tui")
    #expect(page.hasPrefix(".TH OTEL-TUI 1 "))
    let help = try await ProgramRun(["--help"], in: folder)
    let commands = help.text.split(separator: "\n")
      .drop { !$0.hasPrefix("SUBCOMMANDS") }.dropFirst()
      .filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") && !$0.contains("See '") }
      .compactMap { $0.split(separator: " ").first.map(String.init) }
    #expect(commands.count > 8)
    for command in commands where command != "explore" {
      #expect(page.contains(".SS \"otel\\-tui \(command)\""), "\(command)")
    }
    for word in ["\\-\\-follow", "\\-\\-memory SIZE", "OTEL_EXPORTER_OTLP_ENDPOINT", "Shift\\-Tab"]
    {
      #expect(page.contains(word), "\(word)")
    }
    #expect(!page.contains("manual"), "a command that help does not show")
  }

  @Test("the language's page has clauses, calculations, operators and fields")
  func language() async throws {
    let page = try await page("otel-tui-query")
    let words = [
      "VISUALIZE", "P99.9(f)", "COUNT_DISTINCT(f)", "CONCURRENCY", "ROUND", "starts\\-with",
      "between",
      "duration_ms", "meta.invalid_duration",
    ]
    for word in words { #expect(page.contains(word), "\(word)") }
  }

  @Test(
    "no line of a page is a request that a text has made",
    arguments: ["otel-tui", "otel-tui-query"])
  func requests(name: String) async throws {
    let known: Set<String> = [
      ".TH", ".SH", ".SS", ".TP", ".PP", ".nf", ".fi", ".RS", ".RE", ".nh", ".ad",
    ]
    for line in try await page(name).split(separator: "\n") where line.hasPrefix(".") {
      #expect(known.contains(String(line.prefix { $0 != " " })), "\(line)")
    }
  }

  @Test("version says number, origin and Swift, as an option and as a command")
  func version() async throws {
    let folder = try CommandFolder()
    let option = try await ProgramRun(["--version"], in: folder)
    let command = try await ProgramRun(["version"], in: folder)
    #expect(option.text == command.text)
    #expect(option.text.hasPrefix("otel-tui 0."))
    #expect(option.text.contains("Swift 6"))
  }

  @Test(
    "a word that is no command leads to the nearest",
    arguments: [(["qurey"], "otel-tui query"), (["recrod", "x"], "otel-tui record")])
  func nearest(arguments: [String], hint: String) async throws {
    let run = try await ProgramRun(arguments, in: try CommandFolder())
    #expect(run.status == 3)
    #expect(run.errorText.contains("did you mean: \(hint)"))
  }
}
