import Foundation

/// The program as people run it: arguments in, bytes and a status out.
struct ProgramRun {
  var status: Int32
  var output: [UInt8]
  var errors: [UInt8]

  var text: String { String(decoding: output, as: UTF8.self) }
  var errorText: String { String(decoding: errors, as: UTF8.self) }

  /// - Parameters:
  ///   - folder: where it runs, and where its answers are kept meanwhile.
  ///   - environment: beside the little that the program needs.
  init(
    _ arguments: [String], in folder: CommandFolder, environment: [String: String] = [:]
  ) async throws {
    let process = Process()
    process.executableURL = Self.program
    process.arguments = arguments
    process.currentDirectoryURL = folder.url
    process.environment = [
      "HOME": folder.url.path, "LC_ALL": "C.UTF-8", "XDG_STATE_HOME": folder.url.path,
      "PATH": "/usr/bin:/bin",
    ].merging(environment) { $1 }
    let out = folder.aside("stdout")
    let err = folder.aside("stderr")
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: out)
    process.standardError = try FileHandle(forWritingTo: err)
    status = try await withCheckedThrowingContinuation { continuation in
      process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
      do { try process.run() } catch { continuation.resume(throwing: error) }
    }
    output = Array(try Data(contentsOf: out))
    errors = Array(try Data(contentsOf: err))
  }

  /// Beside the tests, where the package builds it.
  private static var program: URL {
    #if canImport(Darwin)
      let tests = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL
      let folder = (tests ?? Bundle.main.bundleURL).deletingLastPathComponent()
    #else
      let folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    #endif
    return folder.appending(path: "otel-tui")
  }
}

/// A folder that goes when the test is over.
final class CommandFolder: Sendable {
  let url: URL
  private let other: URL

  init() throws {
    let base = FileManager.default.temporaryDirectory.appending(path: "commands-\(UUID())")
    url = base.appending(path: "work")
    other = base.appending(path: "aside")
    for folder in [url, other] {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }
  }

  deinit { try? FileManager.default.removeItem(at: url.deletingLastPathComponent()) }

  func path(_ name: String) -> String { url.appending(path: name).path }

  /// A file beside the folder, so that what is in the folder is the program's.
  func aside(_ name: String) -> URL {
    let file = other.appending(path: "\(name)-\(UUID())")
    _ = FileManager.default.createFile(atPath: file.path, contents: nil)
    return file
  }

  func write(_ text: String, _ name: String) throws {
    try Data(text.utf8).write(to: url.appending(path: name))
  }

  func text(_ name: String) -> String? {
    (try? Data(contentsOf: url.appending(path: name))).map { String(decoding: $0, as: UTF8.self) }
  }

  /// How many spans of ``SpanLine`` a file holds.
  func spans(_ name: String) -> Int? { text(name).map { $0.ranges(of: #""name":"span-"#).count } }

  /// What is in the folder, hidden files too, but for the program's own state.
  var names: [String] {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
    return all.filter { $0 != "otel-tui" && $0 != ".local" && $0 != ".config" }.sorted()
  }
}

/// Lines of OTLP JSON, one span in each.
enum SpanLine {
  static func line(_ number: Int) -> String {
    let digits = String(number, radix: 16)
    let id = String(repeating: "0", count: 15 - digits.count) + digits + "1"
    return #"{"resourceSpans":[{"resource":{"attributes":[]},"scopeSpans":[{"scope":{},"spans":[{"#
      + #""traceId":"0000000000000000\#(id)","spanId":"\#(id)","name":"span-\#(number)","#
      + #""startTimeUnixNano":"1700000000000000000","endTimeUnixNano":"1700000000100000000"}]}]}]}"#
      + "\n"
  }

  static func lines(_ numbers: Range<Int>) -> String { numbers.map(line).joined() }
}
