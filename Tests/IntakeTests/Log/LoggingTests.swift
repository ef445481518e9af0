import Formats
import Foundation
import Intake
import Logging
import Telemetry
import Testing

/// What sources write into the log.
@Suite struct LoggingTests {
  private let folder: TemporaryFolder
  private let counters: IntakeCounters

  init() throws {
    folder = try TemporaryFolder()
    let file = LogFile(folder.path("log"))
    counters = IntakeCounters(log: Logger(label: "intake") { LogFileHandler(file, label: $0) })
  }

  private var text: String {
    (try? String(contentsOfFile: folder.path("log"), encoding: .utf8)) ?? ""
  }

  @Test("a receiver logs where it listens, whom it refused and why, and that it stopped")
  func receiver() async throws {
    let receiver = Receiver(sink: CollectingSink(), counters: counters)
    let address = try await receiver.listen(.http, on: ListenAddress(host: "127.0.0.1", port: 0))
    _ = try await HTTPClient.send("POST", "/traces", to: address.port)
    let taken = ListenAddress(host: "127.0.0.1", port: address.port)
    _ = try? await receiver.listen(.grpc, on: taken)
    await receiver.stop()
    #expect(text.contains("info intake: listening on \(address) flag=--http"))
    #expect(text.contains("refused a request: OTLP/HTTP: nothing at /traces"))
    #expect(text.contains("from=127.0.0.1:"))
    #expect(text.contains("cannot listen: --grpc \(taken): port \(address.port) is in use"))
    #expect(text.contains("stopped listening"))
  }

  @Test("a file's first bad record is logged with its place")
  func badRecord() async throws {
    let whole = SpanLines.lines(["a"])
    let path = try folder.write(whole + Array(#"{"resourceSpans":[{"#.utf8) + [0x0A], "spans.jsonl")
    try await FileSource(path).load(into: CollectingSink(), counters: counters)
    #expect(
      text.contains("1 bad in \(path), the first at line 2, byte \(whole.count): "), "\(text)")
  }
}
