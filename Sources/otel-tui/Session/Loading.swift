import Formats
import Foundation
import Intake
import QueryEngine
import QueryLanguage
import SpanStore
import Telemetry

/// Reads the inputs of a command without a screen into a store.
struct Loading {
  var files: [String]
  let store: SpanStore
  let sink: StoreSink
  private(set) var elapsed = Nanoseconds.zero

  init(_ files: [String], memory: ByteCount) throws(Failure) {
    self.files = files
    if files.isEmpty {
      guard isatty(0) == 0 else {
        throw Failure(
          .usage, what: "input", why: "no file is named and standard input is a terminal",
          hint: "otel-tui query 'VISUALIZE COUNT' traces.jsonl, or pipe spans in")
      }
      self.files = ["-"]
    }
    store = SpanStore(limit: memory)
    sink = StoreSink(store)
  }

  /// Reads everything; several files at once would only share the same cores.
  mutating func run() async throws(Failure) {
    let start = ContinuousClock.now
    do {
      for file in files {
        if file == "-" {
          try await StandardInputSource().load(into: sink, counters: sink.counters)
        } else {
          try await FileSource(file).load(into: sink, counters: sink.counters)
        }
      }
    } catch {
      throw Failure(error)
    }
    store.finish()
    ProcessMemory.giveBack()
    let length = ContinuousClock.now - start
    elapsed = Nanoseconds(
      length.components.seconds * 1_000_000_000 + length.components.attoseconds / 1_000_000_000)
    let totals = sink.counters.counts
    if let bad = totals.firstBad {
      let place = bad.line > 0 ? "line \(bad.line), byte \(bad.offset)" : "byte \(bad.offset)"
      Failure.tell(
        "otel-tui: \(bad.source): \(totals.badRecords) bad, the first at \(place): \(bad.reason)\n")
    }
    guard totals.spans > 0 else {
      throw Failure(
        .nothing, what: files.joined(separator: ", "), why: "no span in the input",
        hint: totals.otherLines > 0
          ? "\(totals.otherLines) lines were read as other output" : nil)
    }
  }

  var backend: LocalBackend {
    let store = store
    return LocalBackend { store.snapshot() }
  }

  /// The object that `--stats` adds.
  var statistics: String {
    let totals = sink.counters.counts
    let bad = totals.firstBad.map { bad in
      ValueJSON.text(.text("\(bad.source):\(bad.line): \(bad.reason)"))
    }
    let milliseconds = ValueJSON.number(elapsed.milliseconds)
    return "{\"spans\":\(totals.spans),\"bytes\":\(totals.bytes),"
      + "\"skipped_lines\":\(totals.otherLines),\"bad_records\":\(totals.badRecords),"
      + "\"first_error\":\(bad ?? "null"),\"elapsed_ms\":\(milliseconds),"
      + "\"resident_bytes\":\(ProcessMemory.residentBytes)}"
  }
}
