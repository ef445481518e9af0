/// One value of a parsed JSON document, as a position on simdjson's tape.
///
/// Valid until the ``TapeParser`` it came from parses again or is given back. Reading allocates
/// nothing; text is unescaped UTF-8 in the parser's string buffer.
///
/// Source: https://github.com/simdjson/simdjson/blob/master/doc/tape.md
struct TapeValue {
  let tape: UnsafePointer<UInt64>
  let strings: UnsafePointer<UInt8>
  let index: Int

  /// What a value is. Raw values are the tape's type bytes.
  enum Kind: UInt8 {
    case object = 0x7B
    case array = 0x5B
    case text = 0x22
    case integer = 0x6C
    /// A whole number above `Int64.max`.
    case unsigned = 0x75
    case double = 0x64
    case yes = 0x74
    case no = 0x66
    case null = 0x6E
  }

  @inline(__always) private var word: UInt64 { tape[index] }

  @inline(__always) private var payload: UInt64 { word & 0x00FF_FFFF_FFFF_FFFF }

  @inline(__always) var type: UInt8 { UInt8(truncatingIfNeeded: word >> 56) }

  @inline(__always) var kind: Kind { Kind(rawValue: type) ?? .null }

  @inline(__always) var isObject: Bool { type == Kind.object.rawValue }
  @inline(__always) var isArray: Bool { type == Kind.array.rawValue }
  @inline(__always) var isText: Bool { type == Kind.text.rawValue }
  @inline(__always) var isNull: Bool { type == Kind.null.rawValue }

  /// The position behind this value and all it contains.
  @inline(__always) var next: Int {
    switch type {
    case Kind.object.rawValue, Kind.array.rawValue: Int(truncatingIfNeeded: word & 0xFFFF_FFFF)
    case Kind.integer.rawValue, Kind.unsigned.rawValue, Kind.double.rawValue: index &+ 2
    default: index &+ 1
    }
  }

  /// Members of an object or elements of an array, up to 16,777,215; 0 for other values.
  var count: Int {
    isObject || isArray ? Int(truncatingIfNeeded: payload >> 32) : 0
  }

  @inline(__always)
  func at(_ index: Int) -> TapeValue { TapeValue(tape: tape, strings: strings, index: index) }

  /// The bytes of a text; empty for other values.
  ///
  /// At least eight bytes are readable behind it.
  @inline(__always) var text: UnsafeBufferPointer<UInt8> {
    isText ? uncheckedText : UnsafeBufferPointer(start: strings, count: 0)
  }

  /// The bytes of a value known to be a text.
  @inline(__always) var uncheckedText: UnsafeBufferPointer<UInt8> {
    let start = strings + Int(truncatingIfNeeded: payload)
    let count = UnsafeRawPointer(start).loadUnaligned(as: UInt32.self)
    return UnsafeBufferPointer(start: start + 4, count: Int(count))
  }

  /// A whole number that fits, also one written as `1.0`; nil for other values.
  @inline(__always) var integer: Int64? {
    switch type {
    case Kind.integer.rawValue: Int64(bitPattern: tape[index &+ 1])
    case Kind.double.rawValue: Int64(exactly: Double(bitPattern: tape[index &+ 1]))
    default: nil
    }
  }

  /// A whole number that is not negative, also one written as `1.0`; nil for other values.
  @inline(__always) var unsigned: UInt64? {
    switch type {
    case Kind.integer.rawValue: UInt64(exactly: Int64(bitPattern: tape[index &+ 1]))
    case Kind.unsigned.rawValue: tape[index &+ 1]
    case Kind.double.rawValue: UInt64(exactly: Double(bitPattern: tape[index &+ 1]))
    default: nil
    }
  }

  /// Any number, whole ones rounded to the nearest double; nil for other values.
  @inline(__always) var double: Double? {
    switch type {
    case Kind.integer.rawValue: Double(Int64(bitPattern: tape[index &+ 1]))
    case Kind.unsigned.rawValue: Double(tape[index &+ 1])
    case Kind.double.rawValue: Double(bitPattern: tape[index &+ 1])
    default: nil
    }
  }

  @inline(__always) var bool: Bool? {
    switch type {
    case Kind.yes.rawValue: true
    case Kind.no.rawValue: false
    default: nil
    }
  }
}
