/// What came in and what became of it: the one set of counters from decoders to the screen.
///
/// A decoder fills one for a stretch of input, sources add theirs up, the store adds what it drops;
/// the header, Home and `--stats` read the sum. Every counter only grows.
package struct IntakeCounts: Hashable, Sendable {
  /// Spans decoded, resends included.
  package var spans = 0
  /// Bytes decoded, after unpacking.
  package var bytes = 0
  /// Lines seen, ended or not.
  package var lines = 0
  /// Lines, or parts of lines, that are no telemetry: log text between spans.
  package var otherLines = 0
  /// Records that were telemetry by their look but could not be read.
  package var badRecords = 0
  /// The first of them in the order of the input.
  package var firstBad: BadRecord?
  /// Metrics (not data points), recognised and not kept.
  package var metrics = 0
  /// Log records, recognised and not kept.
  package var logRecords = 0
  /// OTLP messages whose signal is neither traces, logs nor metrics.
  package var unknownSignals = 0
  /// Attributes whose values are none of the specification, kept as texts.
  package var unreadValues = 0
  /// Objects with the ids of a span in a shape that is not read.
  package var unreadShapes = UnreadShapes()
  /// Spans that a collector's debug exporter says it exported, printed or not.
  package var announcedSpans = 0
  /// Whether a line looks like OTLP written as YAML.
  package var hasYAML = false
  /// Requests answered, of either protocol and any signal, refused ones included.
  package var requests = 0
  /// Requests and connections that were refused, by reason.
  package var refusals = RefusalCounts()
  /// Identical resends of spans, dropped.
  package var duplicates = 0
  /// Spans and traces let go when the memory was full.
  package var evictedSpans = 0
  /// Traces of which nothing is held any more.
  package var evictedTraces = 0

  package init() {}

  /// Whether nothing was counted.
  package var isEmpty: Bool { self == IntakeCounts() }

  /// Adds what another stretch, source or store counted. The bad record that comes first by offset
  /// stays the first one when both are of one source.
  package mutating func add(_ other: IntakeCounts) {
    spans += other.spans
    bytes += other.bytes
    lines += other.lines
    otherLines += other.otherLines
    badRecords += other.badRecords
    metrics += other.metrics
    logRecords += other.logRecords
    unknownSignals += other.unknownSignals
    unreadValues += other.unreadValues
    unreadShapes.add(other.unreadShapes)
    announcedSpans += other.announcedSpans
    hasYAML = hasYAML || other.hasYAML
    requests += other.requests
    refusals.add(other.refusals)
    duplicates += other.duplicates
    evictedSpans += other.evictedSpans
    evictedTraces += other.evictedTraces
    guard let theirs = other.firstBad else { return }
    guard let ours = firstBad else { return firstBad = theirs }
    if ours.source == theirs.source, theirs.offset < ours.offset { firstBad = theirs }
  }

  /// Counts a bad record.
  package mutating func addBad(_ bad: @autoclosure () -> BadRecord) {
    badRecords += 1
    if firstBad == nil { firstBad = bad() }
  }
}
