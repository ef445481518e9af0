package import Telemetry

/// What a stretch of input held besides its spans: counters, and the newest other output.
///
/// A report is a delta. Sources pass a fresh one to each call and add its counts to their totals.
@dynamicMemberLookup
package struct DecodeReport: Sendable {
  /// Its members are members of the report too.
  package var counts = IntakeCounts()
  /// The newest lines that are no telemetry.
  package var output: OutputTail

  /// - Parameter keepsAllOutput: every line of other output is kept, not the newest alone: for
  ///   short stretches whose reader passes the lines on.
  package init(keepsAllOutput: Bool = false) {
    output = keepsAllOutput ? OutputTail(capacity: nil) : OutputTail()
  }

  package subscript<Value>(dynamicMember member: WritableKeyPath<IntakeCounts, Value>) -> Value {
    get { counts[keyPath: member] }
    set { counts[keyPath: member] = newValue }
    _modify { yield &counts[keyPath: member] }
  }

  /// Whether there is nothing in it worth passing on.
  package var isEmpty: Bool { counts.isEmpty }

  /// Spans, log records and metrics together.
  var records: Int { self.spans + self.logRecords + self.metrics }

  /// Adds what another stretch held.
  package mutating func merge(_ other: DecodeReport) {
    counts.add(other.counts)
    output.append(other.output)
  }

  /// Moves the positions named in the report, for a stretch that was decoded on its own and starts
  /// `lines` lines and `bytes` bytes into its source.
  package mutating func move(lines: Int, bytes: Int) {
    counts.firstBad?.line += lines
    counts.firstBad?.offset += bytes
  }

  /// Says where the first bad record begins, when whoever read it could not know.
  @inline(__always)
  mutating func locateBad(in source: String, at position: TextPosition) {
    guard counts.firstBad?.source.isEmpty == true else { return }
    counts.firstBad?.source = source
    counts.firstBad?.line = position.line
    counts.firstBad?.offset = position.offset
  }

  /// Counts spans whose times cannot be read; where they are is said by ``locateBad(in:at:)``.
  mutating func addUnreadableTimes(_ spans: Int) {
    guard spans > 0 else { return }
    counts.badRecords += spans
    if counts.firstBad != nil { return }
    let reason = DecodeError(.unreadableTime(spans: spans), at: 0).message
    counts.firstBad = BadRecord(source: "", line: 0, offset: 0, reason: reason)
  }

  /// Counts a bad record.
  mutating func addBad(_ bad: @autoclosure () -> BadRecord) { counts.addBad(bad()) }
}
