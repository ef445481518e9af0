import Explorer
package import Formats
package import Intake
package import Logging
package import SpanStore
import Synchronization
package import Telemetry

/// Puts what sources deliver into the store, and keeps what the screen says about it.
package final class StoreSink: SpanSink {
  package let store: SpanStore
  /// What sources have counted; what the store dropped is in ``SpanStore/totals``.
  package let counters: IntakeCounters
  /// Takes lines of other output at once.
  private let output: (@Sendable (SourceID, [String]) -> Void)?
  private let seen = Mutex(Seen())

  private struct Seen {
    /// Services in the order they were first seen.
    var services: [String] = []
    var known: Set<String> = []
    var output: [(source: String, text: String)] = []
    /// Lines that came faster than they were taken.
    var missed = 0
  }

  /// Services that are remembered by name: whatever names one after each span cannot fill the memory.
  private static let serviceLimit = 10_000

  /// Lines kept until somebody takes them.
  private static let outputLimit = 2_000

  /// - Parameters:
  ///   - log: where sources write what they meet.
  ///   - output: takes every line of other output, in order by source.
  package init(
    _ store: SpanStore, log: Logger = .silent,
    output: (@Sendable (SourceID, [String]) -> Void)? = nil
  ) {
    self.store = store
    self.output = output
    counters = IntakeCounters(log: log)
  }

  package var takesAllOutput: Bool { output != nil }

  package func receive(_ batch: consuming SpanBatch, from source: SourceID) {
    let batch = batch
    learn(batch)
    store.add(batch)
  }

  /// Sources count in `counters` themselves; what is left is the text between spans.
  package func report(_ report: DecodeReport, from source: SourceID) {
    guard !report.output.isEmpty else { return }
    let lines = report.output.lines
    output?(source, lines)
    keep(lines.map { (source.name, $0) }, missed: report.output.missedLines)
  }

  /// Adds a line of the program's own to the output.
  func note(_ text: String) {
    output?(.own, [text])
    keep([(SourceID.own.name, text)])
  }

  private func keep(_ lines: [(source: String, text: String)], missed: Int = 0) {
    seen.withLock { seen in
      seen.missed += missed
      seen.output += lines
      let surplus = seen.output.count - Self.outputLimit
      if surplus > 0 {
        seen.output.removeFirst(surplus)
        seen.missed += surplus
      }
    }
  }

  var services: [String] { seen.withLock { $0.services } }

  /// Lines of other output since the last call.
  func takeOutput() -> [(source: String, text: String)] {
    seen.withLock { seen in
      defer { (seen.output, seen.missed) = ([], 0) }
      guard seen.missed > 0 else { return seen.output }
      let line = "\(Figures.count(seen.missed)) lines came too fast and are not listed"
      return [(SourceID.own.name, line)] + seen.output
    }
  }

  private func learn(_ batch: SpanBatch) {
    for resource in batch.resources {
      var name = FieldName.unknownService
      for record in batch.attributes[resource.attributes.indices]
      where batch.keyText(record.key) == FieldName.serviceName {
        if case .text(let text) = batch.value(record) { name = text }
      }
      seen.withLock { seen in
        guard seen.known.count < Self.serviceLimit else { return }
        if seen.known.insert(name).inserted { seen.services.append(name) }
      }
    }
  }
}
