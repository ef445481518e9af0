import Foundation
import Testing

/// Commands that are given several files.
@Suite(.timeLimit(.minutes(5))) struct SeveralInputsTests {
  private let folder: CommandFolder

  init() throws {
    folder = try CommandFolder()
    try folder.write(SpanLine.lines(0..<2), "a.jsonl")
    try folder.write(SpanLine.lines(2..<5), "b.jsonl")
  }

  private func run(_ arguments: String...) async throws -> ProgramRun {
    try await ProgramRun(arguments, in: folder)
  }

  @Test("a file that cannot be read is named, the others are read, and the status says so")
  func unreadable() async throws {
    let query = try await run(
      "query", "VISUALIZE COUNT", "a.jsonl", "missing.jsonl", "b.jsonl", "--format", "csv")
    #expect(query.status == 3)
    #expect(query.text.contains("5"))
    #expect(query.errorText.contains("missing.jsonl: "))
    let fields = try await run("fields", "missing.jsonl", "a.jsonl", "other.jsonl")
    #expect(fields.status == 3)
    #expect(fields.text.contains("service.name") || fields.text.contains("name"))
    #expect(fields.errorText.contains("missing.jsonl: "))
    #expect(fields.errorText.contains("other.jsonl: "))
    let trace = try await run("trace", "slowest", "a.jsonl", "missing.jsonl")
    #expect(trace.status == 3 && !trace.text.isEmpty)
    let convert = try await run("convert", "a.jsonl", "missing.jsonl", "b.jsonl", "-o", "out.jsonl")
    #expect(convert.status == 3)
    #expect(folder.spans("out.jsonl") == 5)
    #expect(convert.errorText.contains("missing.jsonl: "))
  }

  @Test("when none can be read, nothing is answered or written")
  func none() async throws {
    let query = try await run("query", "VISUALIZE COUNT", "missing.jsonl", "other.jsonl")
    #expect(query.status == 3 && query.text.isEmpty)
    let convert = try await run("convert", "missing.jsonl", "-o", "out.jsonl")
    #expect(convert.status == 3)
    #expect(folder.names == ["a.jsonl", "b.jsonl"])
  }
}
