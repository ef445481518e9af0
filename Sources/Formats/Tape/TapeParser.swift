import CSimdJSON
import Synchronization

/// Parses JSON documents onto a tape, one at a time, reusing its memory.
///
/// Borrowed with ``borrow(_:)``: decoders are values and may be copied or moved between threads,
/// so none of them owns one.
///
/// - Note: unchecked because it wraps C memory; the pool gives a parser to one borrower only, and
///   the lock orders the hand-over.
final class TapeParser: @unchecked Sendable {
  /// Bytes a caller may promise behind a document to have it parsed where it lies.
  static let padding = Int(CSIMDJSON_PADDING)

  private let parser: OpaquePointer
  private var scratch: [UInt8] = []

  private init?() {
    guard let parser = csimdjson_parser_new() else { return nil }
    self.parser = parser
  }

  deinit { csimdjson_parser_free(parser) }

  private static let idle = Mutex<[TapeParser]>([])

  /// Parsers kept for the next borrower: one for each thread that decodes at once.
  private static let idleLimit = 16

  /// The longest document a parser stays allocated for: it holds about 14 bytes for each of its
  /// bytes, which after a single huge request would never come back.
  private static let keptCapacity = 4 << 20

  /// Lends a parser to `body`.
  ///
  /// - Throws: what `body` throws; ``DecodeError`` when there is no memory for a parser.
  static func borrow<Result: ~Copyable>(
    _ body: (TapeParser) throws(DecodeError) -> Result
  ) throws(DecodeError) -> Result {
    let pooled = idle.withLock { $0.popLast() }
    guard let parser = pooled ?? TapeParser() else {
      throw DecodeError(.badJSON("out of memory"), at: 0)
    }
    defer {
      if csimdjson_capacity(parser.parser) <= keptCapacity {
        parser.scratch.removeAll(keepingCapacity: true)
        idle.withLock { if $0.count < idleLimit { $0.append(parser) } }
      }
    }
    return try body(parser)
  }

  /// The root of one document; it replaces the document parsed before.
  ///
  /// What JSON forbids and real exporters print is repaired first: bare `NaN` and `Infinity`,
  /// invalid UTF-8, raw control characters in texts, halves of surrogate pairs.
  ///
  /// - Parameter slack: bytes readable behind the document; with fewer than ``padding`` of them
  ///   the document is copied.
  /// - Throws: ``DecodeError`` with the parser's words.
  /// - Complexity: O(*n*), roughly a byte a cycle.
  func parse(
    _ json: UnsafeBufferPointer<UInt8>, slack: Int = 0
  ) throws(DecodeError) -> TapeValue {
    guard let base = json.baseAddress, !json.isEmpty else {
      throw DecodeError(.badJSON("empty"), at: 0)
    }
    var error: Int32
    if slack >= Self.padding {
      error = csimdjson_parse(parser, base, json.count)
    } else {
      scratch.removeAll(keepingCapacity: true)
      scratch.append(contentsOf: json)
      error = parseScratch()
    }
    if error != 0 {
      scratch.removeAll(keepingCapacity: true)
      if JSONRepair.copy(json, to: &scratch) { error = parseScratch() }
    }
    guard error == 0 else {
      throw DecodeError(.badJSON(String(cString: csimdjson_error_text(error))), at: 0)
    }
    return TapeValue(tape: csimdjson_tape(parser), strings: csimdjson_strings(parser), index: 1)
  }

  private func parseScratch() -> Int32 {
    let count = scratch.count
    scratch.append(contentsOf: repeatElement(0x20, count: Self.padding))
    return scratch.withUnsafeBufferPointer { csimdjson_parse(parser, $0.baseAddress, count) }
  }
}
