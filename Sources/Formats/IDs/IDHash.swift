import Telemetry

/// Ids made of texts that are none: the same for the same bytes in every run, for they are written
/// into files and links. The constants must never change.
///
/// Two texts of one file get the same id about as often as two random ids do.
enum IDHash {
  /// 16 bytes, never zero.
  static func traceID(_ bytes: UnsafeBufferPointer<UInt8>) -> TraceID {
    let high = hash(bytes, 0x243F_6A88_85A3_08D3)
    let low = hash(bytes, 0x1319_8A2E_0370_7344)
    return TraceID(high: high, low: high | low == 0 ? 1 : low)
  }

  /// 8 bytes, never zero.
  static func spanID(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    let id = hash(bytes, 0xA409_3822_299F_31D0)
    return id == 0 ? 1 : id
  }

  /// The id of a span with a readable name: `step-1` of one trace is not `step-1` of another.
  static func spanID(_ named: UInt64, in trace: TraceID) -> UInt64 {
    let id = fold(fold(named ^ trace.low) &+ trace.high)
    return id == 0 ? 1 : id
  }

  /// Multiplies and folds eight bytes at a time, the first the lowest.
  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>, _ seed: UInt64) -> UInt64 {
    var state = fold(seed ^ UInt64(truncatingIfNeeded: bytes.count))
    var word: UInt64 = 0
    var shift: UInt64 = 0
    for byte in bytes {
      word |= UInt64(byte) << shift
      shift += 8
      guard shift == 64 else { continue }
      state = fold(state ^ word) &+ seed
      (word, shift) = (0, 0)
    }
    return fold(fold(state ^ word) &+ seed)
  }

  private static func fold(_ value: UInt64) -> UInt64 {
    let product = (value ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    return product.high ^ product.low
  }
}
