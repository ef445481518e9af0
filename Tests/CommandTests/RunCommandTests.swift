import Foundation
import Testing

/// `otel-tui run --headless` as scripts use it.
@Suite(.timeLimit(.minutes(2))) struct RunCommandTests {
  private func run(
    _ arguments: [String], _ script: String, in folder: CommandFolder
  ) async throws -> ProgramRun {
    try await ProgramRun(
      ["run", "--headless", "--settle", "0"] + arguments + ["--", "sh", "-c", script], in: folder)
  }

  @Test("without a query the status is the command's, and its output is on standard error")
  func commandStatus() async throws {
    let folder = try CommandFolder()
    let run = try await run([], "echo out; echo err >&2; exit 7", in: folder)
    #expect(run.status == 7)
    #expect(run.output.isEmpty)
    let lines = run.errorText.split(separator: "\n").map(String.init)
    #expect(lines.contains("out") && lines.contains("err"))
    #expect(lines.contains { $0.hasPrefix("otel-tui: sh exited with status 7") })
  }

  @Test(
    "the answer is on standard output; its status or the command's says that something is wrong")
  func answers() async throws {
    let folder = try CommandFolder()
    try folder.write(SpanLine.lines(0..<5), "spans.jsonl")
    let query = ["--query", "VISUALIZE COUNT", "--format", "csv"]
    let found = try await run(query, "cat spans.jsonl", in: folder)
    #expect(found.status == 0)
    #expect(found.text.split(whereSeparator: \.isNewline).last?.hasSuffix("5") == true)
    #expect(try await run(query, "cat spans.jsonl; exit 9", in: folder).status == 9)
    let nothing = try await run(
      ["--query", "VISUALIZE COUNT WHERE error"], "cat spans.jsonl", in: folder)
    #expect(nothing.status == 1)
  }

  @Test("a wrong query is told before the command runs")
  func wrongQuery() async throws {
    let folder = try CommandFolder()
    let run = try await run(["--query", "VISUALIZE NOPE"], "touch ran", in: folder)
    #expect(run.status == 2)
    #expect(folder.text("ran") == nil)
  }

  @Test("what a command prints reaches a terminal without what it would obey")
  func hostileOutput() async throws {
    let folder = try CommandFolder()
    let run = try await run([], "printf 'a\\033[31mb\\n'", in: folder)
    #expect(!run.errors.contains(0x1B))
    #expect(run.errorText.contains("ab"))
  }

  @Test(
    "wrong use",
    arguments: [
      (["run"], "no command is named"),
      (["run", "--for", "3s", "--", "true"], "is for --headless"),
      (["run", "--headless", "--for", "x", "--", "true"], "no length of time"),
      (["run", "--nope", "--", "true"], "Unknown option '--nope'"),
    ])
  func usage(arguments: [String], words: String) async throws {
    let run = try await ProgramRun(arguments, in: try CommandFolder())
    #expect(run.status == 2)
    #expect(run.errorText.contains(words))
  }

  @Test("a limit is no failure where spans came, and nothing matched where none did")
  func limits() async throws {
    let folder = try CommandFolder()
    try folder.write(SpanLine.lines(0..<1), "spans.jsonl")
    let spans = try await run(["--spans", "1"], "cat spans.jsonl; exec sleep 600", in: folder)
    #expect(spans.status == 0)
    #expect(try await run(["--for", "100ms"], "exec sleep 600", in: folder).status == 1)
  }
}
