import Foundation
import Telemetry
import Workspace

/// What commands that read an input whole have in common.
enum InputCommand {
  /// Reads files, or standard input where none is named, and tells what could not be read.
  ///
  /// - Parameter mayBeEmpty: whether the caller answers for an input without spans itself.
  /// - Throws: when an input cannot be read, or has no span.
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
    tellBad(loading.counts)
    if !mayBeEmpty, let emptiness = loading.emptiness { throw emptiness }
    return loading
  }

  /// Says on standard error how many records could not be read, and where the first is.
  static func tellBad(_ counts: IntakeCounts) {
    guard let bad = counts.firstBad else { return }
    Failure.tell(
      "otel-tui: \(bad.source): \(counts.badRecords) bad, the first at \(bad.position): \(bad.reason)\n"
    )
  }
}
