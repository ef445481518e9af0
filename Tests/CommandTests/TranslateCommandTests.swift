import Foundation
import Testing

/// `otel-tui translate` as scripts use it.
@Suite(.timeLimit(.minutes(2))) struct TranslateCommandTests {
  @Test("prints the query in our language")
  func translated() async throws {
    let run = try await ProgramRun(
      ["translate", "{ status = error } | rate() by (name)"], in: try CommandFolder())
    #expect(run.status == 0)
    #expect(
      run.text
        == "VISUALIZE PER_SEC(COUNT) WHERE status_code = \"error\" GROUP BY name\n")
  }

  @Test("what has no counterpart is status 2, with its position")
  func refused() async throws {
    let run = try await ProgramRun(["translate", "{} | rate() | > 5"], in: try CommandFolder())
    #expect(run.status == 2 && run.output.isEmpty)
    #expect(
      run.errorText.contains("TraceQL: a filter of single points has no counterpart at 15"))
    #expect(run.errorText.contains("hint: HAVING"))
  }
}
