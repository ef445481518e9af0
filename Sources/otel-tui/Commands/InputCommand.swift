import ArgumentParser
import Telemetry
import Workspace

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What commands that read an input whole have in common.
enum InputCommand {
  /// Reads files, or standard input where none is named, and tells what could not be read.
  ///
  /// - Parameter mayBeEmpty: whether the caller answers for an input without spans itself.
  /// - Throws: when no input can be read, or none has a span. After the answer, ``finish(_:)`` throws
  ///   when some could not be read.
  static func load(
    _ files: [String], memory: ByteCount, mayBeEmpty: Bool = false
  ) async throws(Failure) -> InputLoading {
    if files.isEmpty, isatty(0) == 1 {
      throw Failure(
        .usage, what: "input", why: "no file is named and standard input is a terminal",
        hint: "otel-tui query 'VISUALIZE COUNT' traces.jsonl, or pipe spans in")
    }
    var loading = InputLoading(files, memory: memory)
    try await loading.run()
    for failure in loading.failures { Failure.tell(failure.text) }
    tellBad(loading.counts)
    if !mayBeEmpty, let emptiness = loading.emptiness { throw emptiness }
    return loading
  }

  /// Ends a command that has answered.
  ///
  /// - Throws: the exit status of an input that cannot be read, when there was one.
  static func finish(_ failures: [Failure]) throws {
    if !failures.isEmpty { throw ExitCode(Failure.Status.input.rawValue) }
  }

  /// Says on standard error how many records could not be read, and where the first is.
  static func tellBad(_ counts: IntakeCounts) {
    guard let bad = counts.firstBad else { return }
    Failure.tell(
      "otel-tui: \(bad.source): \(counts.badRecords) bad, the first at \(bad.position): \(bad.reason)\n"
    )
  }
}
