/// What a stretch of input held: counters, the first bad record and the newest other output.
///
/// A report is a delta. Sources pass a fresh one to each call and add it to their totals.
package struct DecodeReport: Sendable {
  /// Spans appended to the batch.
  package var spans = 0
  /// Bytes consumed.
  package var bytes = 0
  /// Lines seen, ended or not.
  package var lines = 0
  /// Records that were telemetry by their look but could not be read.
  package var badRecords = 0
  /// The first of them in the order of the input.
  package var firstBad: BadRecord?
  /// Lines, or parts of lines, that are no telemetry: log text between spans.
  package var otherLines = 0
  /// The newest of those lines.
  package var output = OutputTail()
  /// OTLP or console log records, recognised and counted only.
  package var logRecords = 0
  /// Metrics (not data points), recognised and counted only.
  package var metrics = 0
  /// OTLP messages whose signal is neither traces, logs nor metrics.
  package var unknownSignals = 0

  package init() {}

  /// Whether there is nothing in it worth passing on.
  package var isEmpty: Bool {
    spans == 0 && bytes == 0 && lines == 0 && badRecords == 0 && otherLines == 0
      && logRecords == 0 && metrics == 0 && unknownSignals == 0
  }

  /// Adds what another stretch held. The bad record that comes first by offset stays the first
  /// one when both are of one source.
  package mutating func merge(_ other: DecodeReport) {
    spans += other.spans
    bytes += other.bytes
    lines += other.lines
    badRecords += other.badRecords
    otherLines += other.otherLines
    logRecords += other.logRecords
    metrics += other.metrics
    unknownSignals += other.unknownSignals
    output.append(other.output)
    guard let theirs = other.firstBad else { return }
    guard let ours = firstBad else { return firstBad = theirs }
    if ours.source == theirs.source, theirs.offset < ours.offset { firstBad = theirs }
  }

  /// Moves the places named in the report, for a stretch that was decoded on its own and starts
  /// `lines` lines and `bytes` bytes into its source.
  package mutating func move(lines: Int, bytes: Int) {
    firstBad?.line += lines
    firstBad?.offset += bytes
  }

  /// Counts a bad record.
  mutating func addBad(_ bad: @autoclosure () -> BadRecord) {
    badRecords += 1
    if firstBad == nil { firstBad = bad() }
  }
}

/// A record that could not be read, and where it begins.
package struct BadRecord: Hashable, Sendable {
  /// The file's name, or whatever the source calls itself.
  package var source: String
  /// Line in the source, from 1; 0 in binary input.
  package var line: Int
  /// Bytes from the start of the source (unpacked, when it is compressed).
  package var offset: Int
  /// What is wrong, in words, without a final stop.
  package var reason: String

  package init(source: String, line: Int, offset: Int, reason: String) {
    (self.source, self.line, self.offset, self.reason) = (source, line, offset, reason)
  }
}
