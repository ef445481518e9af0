import Explorer
import QueryLanguage
import Testing
import Workspace

@Suite struct WriterTests {
  private let rendering = WriteRendering(
    screenSVG: { "<svg/>" }, screenText: { "screen" }, traceText: { _ in "trace" })

  @Test("files without a name take the first number that is free; none is ever written over")
  func freeName() async throws {
    let folder = try TemporaryFolder()
    _ = try folder.write("mine", "otel-tui-1.svg")
    let writer = Writer(backend: GatedBackend(), folder: folder.url)
    #expect(try await writer.write(WriteJob(.screenSVG), rendering) == "otel-tui-2.svg")
    #expect(try await writer.write(WriteJob(.screenText), rendering) == "otel-tui-1.txt")
    #expect(try folder.text("otel-tui-1.svg") == "mine")
    #expect(try folder.text("otel-tui-2.svg") == "<svg/>")
    #expect(try folder.text("otel-tui-1.txt") == "screen\n")
  }

  @Test("a file that is there is not written over")
  func existing() async throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("mine", "a.txt")
    let writer = Writer(backend: GatedBackend(), folder: folder.url)
    let failure = await #expect(throws: WriteFailure.self) {
      try await writer.write(WriteJob(.text("other"), path: path), rendering)
    }
    #expect(failure?.reason.contains("is there already") == true)
    #expect(try folder.text("a.txt") == "mine")
  }
}
