import Intake
import QueryEngine
package import QueryLanguage
import SpanStore
package import Telemetry

/// Reads whole inputs into memory, for commands that answer and end.
package struct InputLoading {
  /// In the order in which they are read; `-` is standard input.
  package let files: [String]
  private let store: SpanStore
  private let sink: StoreSink
  /// Why inputs could not be read, in their order; the others were.
  package private(set) var failures: [Failure] = []
  /// How long the reading took.
  package private(set) var elapsed = Nanoseconds.zero

  /// - Parameters:
  ///   - files: paths; `-`, or none at all, is standard input.
  ///   - memory: bytes that spans may take; the oldest traces go first.
  package init(_ files: [String], memory: ByteCount) {
    self.files = files.isEmpty ? ["-"] : files
    store = SpanStore(limit: memory)
    sink = StoreSink(store)
  }

  /// Reads everything; several files at once would only share the same cores. One that cannot be
  /// read is noted in ``failures``, and the next is read.
  ///
  /// - Throws: why the first cannot be read, when none can.
  package mutating func run() async throws(Failure) {
    let start = ContinuousClock.now
    for file in files {
      do {
        if file == "-" {
          try await StandardInputSource().load(into: sink, counters: sink.counters)
        } else {
          try await FileSource(file).load(into: sink, counters: sink.counters)
        }
      } catch {
        failures.append(Failure(error))
      }
    }
    if failures.count == files.count, let first = failures.first { throw first }
    store.finish()
    ProcessMemory.giveBack()
    let length = (ContinuousClock.now - start).components
    elapsed = Nanoseconds(
      length.seconds * 1_000_000_000 + length.attoseconds / 1_000_000_000)
  }

  /// What answers requests about the spans read.
  package var backend: any QueryBackend {
    let store = store
    return LocalBackend { store.snapshot() }
  }

  /// What was read, and what became of it.
  package var counts: IntakeCounts {
    var counts = sink.counters.counts
    counts.add(store.totals.dropped)
    return counts
  }

  /// Why there is nothing to ask about; nil when there are spans.
  package var emptiness: Failure? {
    let counts = counts
    guard counts.spans == 0 else { return nil }
    var found: [String] = []
    if counts.otherLines > 0 { found.append("\(counts.otherLines) lines of other output") }
    if counts.logRecords > 0 { found.append("\(counts.logRecords) log records") }
    if counts.metrics > 0 { found.append("\(counts.metrics) metrics") }
    found += counts.hints
    return Failure(
      .nothing, what: files.joined(separator: ", "), why: "no span in the input",
      hint: found.isEmpty ? nil : "it holds \(found.joined(separator: ", "))")
  }
}
