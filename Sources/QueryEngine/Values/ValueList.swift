import SpanStore
import Telemetry

/// Values of any type in flat arrays, each with its hash.
///
/// Two values are the same when they have the same type and content; numbers by value, 1 and 1.0,
/// and all NaNs are one. The first entry is always "no value".
struct ValueList: Sendable {
  enum Kind: UInt8 {
    case missing, integer, double, milliseconds, bool, text, bytes, json, time, spanID, traceID

    init(_ unit: IntegerUnit) {
      self =
        switch unit {
        case .plain: .integer
        case .milliseconds: .milliseconds
        case .time: .time
        }
    }
  }

  private(set) var kinds: [UInt8] = [Kind.missing.rawValue]
  /// The value's bits, or where its bytes begin in `arena`.
  private(set) var bits: [UInt64] = [0]
  private(set) var lengths: [UInt32] = [0]
  private(set) var hashes: [UInt64] = [0]
  private(set) var arena: [UInt8] = []

  /// The position of "no value".
  static let missing: UInt32 = 0

  init() {}

  var count: Int { kinds.count }

  /// Heap bytes, about.
  var byteCount: Int { kinds.count * 21 + arena.count }

  /// - Complexity: O(length).
  mutating func append(_ value: Scalar) {
    switch value {
    case .integer(let value): append(.integer, UInt64(bitPattern: value))
    case .double(let value): append(double: value)
    case .milliseconds(let value): append(.milliseconds, UInt64(bitPattern: value))
    case .bool(let value): append(.bool, value ? 1 : 0)
    case .time(let value): append(.time, value)
    case .spanID(let value): append(.spanID, value)
    case .traceID(let value):
      withUnsafeBytes(of: (value.high, value.low)) { raw in
        raw.withMemoryRebound(to: UInt8.self) { append(.traceID, $0) }
      }
    case .text(let bytes): append(.text, bytes)
    case .bytes(let bytes): append(.bytes, bytes)
    case .json(let bytes): append(.json, bytes)
    }
  }

  /// Appends many values of a kind that has no bytes.
  mutating func append(_ kind: Kind, _ values: [UInt64]) {
    kinds.append(contentsOf: repeatElement(kind.rawValue, count: values.count))
    lengths.append(contentsOf: repeatElement(0, count: values.count))
    bits.append(contentsOf: values)
    let salt = UInt64(kind.rawValue) &<< 56
    hashes.append(contentsOf: values.lazy.map { ByteHash.fold($0 &+ salt) })
  }

  /// Appends many trace ids.
  mutating func append(_ traces: [TraceID]) {
    let total = count + traces.count
    kinds.append(contentsOf: repeatElement(Kind.traceID.rawValue, count: traces.count))
    lengths.append(contentsOf: repeatElement(16, count: traces.count))
    bits.reserveCapacity(total)
    hashes.reserveCapacity(total)
    arena.reserveCapacity(arena.count + traces.count * 16)
    for trace in traces {
      bits.append(UInt64(arena.count))
      withUnsafeBytes(of: (trace.high, trace.low)) { raw in
        raw.withMemoryRebound(to: UInt8.self) { bytes in
          hashes.append(ByteHash.hash(bytes) ^ UInt64(Kind.traceID.rawValue) &<< 40)
          arena.append(contentsOf: bytes)
        }
      }
    }
  }

  private mutating func append(_ kind: Kind, _ value: UInt64) {
    kinds.append(kind.rawValue)
    bits.append(value)
    lengths.append(0)
    hashes.append(Self.hash(kind, value))
  }

  private static func hash(_ kind: Kind, _ value: UInt64) -> UInt64 {
    ByteHash.fold(value &+ UInt64(kind.rawValue) &<< 56)
  }

  /// A double that is a whole number is found among the integers.
  private mutating func append(double value: Double) {
    append(.double, value.isNaN ? Double.nan.bitPattern : (value + 0).bitPattern)
    if let integer = Int64(exactly: value) {
      hashes[hashes.count - 1] = Self.hash(.integer, UInt64(bitPattern: integer))
    }
  }

  private mutating func append(_ kind: Kind, _ bytes: UnsafeBufferPointer<UInt8>) {
    kinds.append(kind.rawValue)
    bits.append(UInt64(arena.count))
    lengths.append(UInt32(truncatingIfNeeded: bytes.count))
    hashes.append(ByteHash.hash(bytes) ^ UInt64(kind.rawValue) &<< 40)
    arena.append(contentsOf: bytes)
  }

  /// Appends many texts of a dictionary.
  ///
  /// - Complexity: O(bytes).
  mutating func append(_ texts: TextDictionary, codes: [UInt32]) {
    let total = count + codes.count
    kinds.append(contentsOf: repeatElement(Kind.text.rawValue, count: codes.count))
    bits.reserveCapacity(total)
    lengths.reserveCapacity(total)
    hashes.reserveCapacity(total)
    texts.bytes.withUnsafeBufferPointer { bytes in
      texts.offsets.withUnsafeBufferPointer { offsets in
        for code in codes {
          let start = Int(offsets[Int(code)])
          let text = UnsafeBufferPointer(rebasing: bytes[start..<Int(offsets[Int(code) &+ 1])])
          bits.append(UInt64(arena.count))
          lengths.append(UInt32(truncatingIfNeeded: text.count))
          hashes.append(ByteHash.hash(text) ^ UInt64(Kind.text.rawValue) &<< 40)
          arena.append(contentsOf: text)
        }
      }
    }
  }

  /// Copies an entry of another list.
  mutating func append(_ other: ValueList, _ index: Int) {
    let kind = other.kinds[index]
    kinds.append(kind)
    lengths.append(other.lengths[index])
    hashes.append(other.hashes[index])
    if Self.hasBytes(kind) {
      bits.append(UInt64(arena.count))
      arena.append(contentsOf: other.arena[other.range(index)])
    } else {
      bits.append(other.bits[index])
    }
  }

  /// Whether a value is of this kind.
  func has(_ kind: Kind) -> Bool { kinds.contains(kind.rawValue) }

  func isInteger(_ index: Int) -> Bool { kinds[index] == Kind.integer.rawValue }

  static func hasBytes(_ kind: UInt8) -> Bool {
    switch Kind(rawValue: kind) {
    case .text, .bytes, .json, .traceID: true
    default: false
    }
  }

  func range(_ index: Int) -> Range<Int> {
    Int(bits[index])..<Int(bits[index]) + Int(lengths[index])
  }
}
