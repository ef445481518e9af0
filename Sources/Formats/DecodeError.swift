/// Why some input is not what its format says, and where.
///
/// What was whole before the position is in the batch already: bad input costs one record, never the
/// records around it.
package struct DecodeError: Error, Equatable {
  /// What is wrong, for whoever acts on it; people read ``message``.
  package enum Reason: Equatable, Sendable {
    /// The input ends inside a record.
    case truncated
    /// A protobuf field has a wire type that is none, or a length past its message.
    case badWireFormat
    /// The text is no JSON; the parser's own words.
    case badJSON(String)
    /// Valid JSON or protobuf, but nothing that holds spans.
    case notTelemetry
    /// A single record is larger than the limit, in bytes.
    case tooLarge(limit: Int)
    /// Times of so many spans are none in any known spelling; the other spans are kept.
    case unreadableTime(spans: Int)
    /// A compressed message could not be unpacked; the unpacker's own words.
    case badCompression(String)
  }

  package var reason: Reason
  /// Bytes from the start of the payload.
  package var offset: Int

  package init(_ reason: Reason, at offset: Int) { (self.reason, self.offset) = (reason, offset) }

  /// One line without a final stop, fit for a status bar.
  package var message: String {
    switch reason {
    case .truncated: "the input ends inside a record"
    case .badWireFormat: "not a protobuf message"
    case .badJSON(let why): "not JSON: \(why)"
    case .notTelemetry: "no spans, logs or metrics in it"
    case .tooLarge(let limit): "a record of more than \(limit >> 20) MiB"
    case .unreadableTime(1): "the times of a span cannot be read"
    case .unreadableTime(let spans): "the times of \(spans) spans cannot be read"
    case .badCompression(let why): "cannot be unpacked: \(why)"
    }
  }
}
