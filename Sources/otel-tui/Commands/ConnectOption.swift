import API
import ArgumentParser
import Intake
import QueryLanguage
import Telemetry
import Workspace

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A program that runs elsewhere, asked instead of files.
struct ConnectOption: ParsableArguments {
  @Option(
    name: .customLong("connect"), defaultAsFlag: "127.0.0.1:4319", parsing: .next,
    help: ArgumentHelp(
      "Ask the otel-tui that runs with --api there instead of files. Without an address put it last.",
      valueName: "HOST:PORT"))
  var address: String?

  /// Of a running program this format is not there.
  static func onlyJSON(_ format: String) -> Failure {
    Failure(
      .usage, what: "--format \(format)", why: "is not there of a running program",
      hint: "--format json")
  }

  /// Nil: files are asked.
  ///
  /// - Throws: for a wrong address, or files besides.
  func program(files: [String]) throws(Failure) -> RunningProgram? {
    guard let address else { return nil }
    guard files.isEmpty else {
      throw Failure(
        .usage, what: "--connect", why: "asks a running program, and files are named too",
        hint: "leave out one of them")
    }
    do {
      return RunningProgram(try ListenAddress(parsing: address, flag: "--connect"))
    } catch {
      throw Failure(
        .usage, what: error.what, why: error.why, hint: "without an address put it last")
    }
  }
}

/// The program at the other end of `--connect`.
struct RunningProgram {
  private let address: ListenAddress
  private let client: APIClient

  /// The token is that of `OTEL_TUI_API_TOKEN`; of this machine also that of the state folder, which
  /// no other machine is told.
  init(_ address: ListenAddress) {
    self.address = address
    let named = ProcessInfo.processInfo.environment["OTEL_TUI_API_TOKEN"]
    client = APIClient(address, token: named ?? (address.isLoopback ? APIToken().read() : nil))
  }

  /// - Returns: JSON, without a newline behind it.
  func get(_ target: String) async throws(Failure) -> [UInt8] {
    let answer: APIClient.Answer
    do { answer = try await client.get(target) } catch { throw silence(error) }
    return try judged(answer)
  }

  /// - Parameter arguments: writes the members of the body.
  func post(
    _ target: String, _ arguments: (inout JSONWriter) -> Void
  ) async throws(Failure) -> [UInt8] {
    var json = JSONWriter()
    json.object(arguments)
    let answer: APIClient.Answer
    do { answer = try await client.post(target, json: json.bytes) } catch { throw silence(error) }
    return try judged(answer)
  }

  private func silence(_ error: any Error) -> Failure {
    Failure(
      .input, what: "--connect \(address)", why: "no program answers there",
      hint: "start one with otel-tui --api \(address)")
  }

  private func judged(_ answer: APIClient.Answer) throws(Failure) -> [UInt8] {
    guard answer.status != 200 else {
      return answer.body.last == 0x0A ? answer.body.dropLast() : answer.body
    }
    let told = ValueJSON.parse(answer.body)
    guard case .text(let why)? = told?["error"] else {
      throw Failure(
        .input, what: "--connect \(address)", why: "status \(answer.status), and no otel-tui",
        hint: "start one with otel-tui --api 127.0.0.1:0")
    }
    var failure = Failure(.input, what: "--connect \(address)", why: why)
    if case .text(let hint)? = told?["hint"] { failure.hint = hint }
    switch answer.status {
    case 400, 413: failure.status = .usage
    case 404: failure.status = .nothing
    default: break
    }
    throw failure
  }

  /// - Throws: for anything that is not JSON.
  func value(_ json: [UInt8]) throws(Failure) -> AttributeValue {
    if let value = ValueJSON.parse(json) { return value }
    throw Failure(.input, what: "--connect \(address)", why: "the answer is no JSON")
  }
}
