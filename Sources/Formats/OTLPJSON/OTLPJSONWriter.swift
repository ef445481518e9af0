package import Telemetry

/// Writes spans as OTLP JSON, one line a call, as the specification's JSON encoding says: ids in
/// hex, 64-bit integers as strings, enums as numbers.
package struct OTLPJSONWriter: Sendable {
  package init() {}

  /// Appends one line with the given rows of the batch, grouped by resource and scope, and a line
  /// end. No rows, no line.
  package mutating func write(
    _ rows: some Sequence<Int>, of batch: SpanBatch, to out: inout [UInt8]
  ) {}

  /// Appends one line with every row.
  package mutating func write(_ batch: SpanBatch, to out: inout [UInt8]) {
    write(batch.spans.indices, of: batch, to: &out)
  }
}
