package import Telemetry

/// Finds and reads the telemetry in a stream of any text, JSON or protobuf, mixed at will.
///
/// A decoder is a value that holds nothing but the unread tail of its input: a file, a pipe and a
/// test drive the same type, and the bytes may be cut anywhere between calls.
package struct StreamDecoder: Sendable {
  /// - Parameters:
  ///   - source: what reports call this input.
  ///   - unpack: unpacks zstd messages of a collector file; without it they are bad records.
  package init(source: String, unpack: MessageUnpacker? = nil) {}

  /// Appends every complete record in `bytes` to `batch` and keeps the rest.
  package mutating func decode(
    _ bytes: UnsafeRawBufferPointer, into batch: inout SpanBatch, report: inout DecodeReport
  ) {}

  /// Hands out what is whole although its line has not ended: the input is quiet for now.
  package mutating func flush(into batch: inout SpanBatch, report: inout DecodeReport) {}

  /// The input has ended: what is still open is judged, and nothing is kept.
  package mutating func finish(into batch: inout SpanBatch, report: inout DecodeReport) {}
}
