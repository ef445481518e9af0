import Testing

@Suite struct ConnectTests {
  @Test(arguments: [["query", "VISUALIZE COUNT"], ["trace", "slowest"], ["fields"]])
  func nothingListensIsSaidWithWhatToDo(_ command: [String]) async throws {
    let run = try await ProgramRun(command + ["--connect", "127.0.0.1:1"], in: CommandFolder())
    #expect(run.status == 3)
    #expect(run.errorText.contains("no program answers there"))
    #expect(run.errorText.contains("hint: start one with otel-tui --api 127.0.0.1:1"))
  }

  @Test func filesAndARunningProgramExcludeEachOther() async throws {
    let run = try await ProgramRun(
      ["fields", "spans.jsonl", "--connect"], in: CommandFolder())
    #expect(run.status == 2)
  }
}
