import Intake
package import Telemetry

/// What `--stats` says of the input, as JSON.
package enum IngestStatistics {
  /// An object of every counter, how long the reading took, and what the process holds now.
  package static func json(_ counts: IntakeCounts, elapsed: Nanoseconds) -> String {
    var json = JSONWriter()
    json.object { json in
      json.member("spans") { $0.integer(counts.spans) }
      json.member("bytes") { $0.integer(counts.bytes) }
      json.member("lines") { $0.integer(counts.lines) }
      json.member("skipped_lines") { $0.integer(counts.otherLines) }
      json.member("bad_records") { $0.integer(counts.badRecords) }
      json.member("first_error") { json in
        guard let bad = counts.firstBad else { return json.null() }
        json.string("\(bad.source):\(bad.line): \(bad.reason)")
      }
      json.member("metrics") { $0.integer(counts.metrics) }
      json.member("log_records") { $0.integer(counts.logRecords) }
      json.member("unknown_signals") { $0.integer(counts.unknownSignals) }
      json.member("unread_values") { $0.integer(counts.unreadValues) }
      json.member("hints") { json in json.array(counts.hints) { $0.string($1) } }
      json.member("requests") { $0.integer(counts.requests) }
      json.member("refused") { json in
        json.object { json in
          for entry in counts.refusals.entries {
            json.member(entry.reason.rawValue) { $0.integer(entry.count) }
          }
        }
      }
      json.member("duplicates") { $0.integer(counts.duplicates) }
      json.member("evicted_spans") { $0.integer(counts.evictedSpans) }
      json.member("evicted_traces") { $0.integer(counts.evictedTraces) }
      json.member("elapsed_ms") { $0.double(elapsed.milliseconds) }
      json.member("resident_bytes") { $0.integer(ProcessMemory.residentBytes) }
    }
    return json.text
  }
}
