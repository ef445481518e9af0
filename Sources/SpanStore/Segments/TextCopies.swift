import Telemetry

/// Puts texts of a dictionary into a batch.
///
/// When most of a dictionary is wanted it is copied in one piece, and rows with equal texts share
/// them; a few rows get a copy each, so that opening a small trace costs what the trace has.
struct TextCopies {
  private let texts: TextDictionary
  /// Where the whole dictionary begins in the arena; nil: each text is copied when it is wanted.
  private let base: UInt32?

  /// - Parameter uses: how many texts will be asked for, repeated ones included.
  init(_ texts: TextDictionary, uses: Int, into batch: inout SpanBatch) {
    self.texts = texts
    guard uses > 1, uses >= texts.count / 2 else {
      base = nil
      return
    }
    base = texts.bytes.withUnsafeBufferPointer { batch.append(bytes: $0) }.offset
  }

  @inline(__always)
  func range(_ code: Int, _ batch: inout SpanBatch) -> ByteRange {
    guard let base else { return texts.withBytes(code) { batch.append(bytes: $0) } }
    let range = texts.range(code)
    return ByteRange(
      offset: base &+ UInt32(truncatingIfNeeded: range.lowerBound),
      length: UInt32(truncatingIfNeeded: range.count))
  }
}
