/// Reads protobuf fields from a stretch of a payload, without objects and without traps.
///
/// A failure is sticky: the reader stands at its end, hands out zeros, and says so in
/// ``failure``. Loops thus end by themselves, and the hot path has no throwing calls.
///
/// Source: protobuf encoding, https://protobuf.dev/programming-guides/encoding
struct WireReader {
  /// The payload's first byte; positions count from here.
  let base: UnsafePointer<UInt8>
  private(set) var offset: Int
  private(set) var end: Int
  /// Where reading went wrong, or -1.
  private(set) var failure = -1

  init(_ base: UnsafePointer<UInt8>, _ range: Range<Int>) {
    self.base = base
    offset = range.lowerBound
    end = range.upperBound
  }

  var hasFailed: Bool { failure >= 0 }

  mutating func fail() {
    if failure < 0 { failure = offset }
    offset = end
  }

  /// The next field's number and wire type in the low 3 bits, or 0 at the end.
  @inline(__always)
  mutating func tag() -> UInt64 {
    guard offset < end else { return 0 }
    let tag = varint()
    if tag < 8 || tag > 0xFFFF_FFFF { fail() }
    return hasFailed ? 0 : tag
  }

  @inline(__always)
  mutating func varint() -> UInt64 {
    if offset < end, base[offset] < 0x80 {
      offset &+= 1
      return UInt64(base[offset &- 1])
    }
    return longVarint()
  }

  /// A varint of more than one byte; bits past the 64th are dropped as protobuf asks.
  private mutating func longVarint() -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while offset < end, shift < 70 {
      let byte = base[offset]
      offset &+= 1
      if shift < 64 { value |= UInt64(byte & 0x7F) << shift }
      if byte < 0x80 { return value }
      shift &+= 7
    }
    fail()
    return 0
  }

  @inline(__always)
  mutating func fixed64() -> UInt64 {
    guard end &- offset >= 8 else {
      fail()
      return 0
    }
    offset &+= 8
    return UInt64(
      littleEndian: UnsafeRawPointer(base + (offset &- 8)).loadUnaligned(as: UInt64.self))
  }

  @inline(__always)
  mutating func fixed32() -> UInt32 {
    guard end &- offset >= 4 else {
      fail()
      return 0
    }
    offset &+= 4
    return UInt32(
      littleEndian: UnsafeRawPointer(base + (offset &- 4)).loadUnaligned(as: UInt32.self))
  }

  /// The content of a length-delimited field; the reader moves behind it.
  @inline(__always)
  mutating func bytes() -> Range<Int> {
    let length = varint()
    guard length <= UInt64(end &- offset), !hasFailed else {
      fail()
      return offset..<offset
    }
    offset &+= Int(truncatingIfNeeded: length)
    return offset &- Int(truncatingIfNeeded: length)..<offset
  }

  /// Like ``bytes()``, but a length past the end gives what is there: the message was cut, and
  /// what is whole inside is still wanted.
  mutating func bytesOrRest() -> (range: Range<Int>, isCut: Bool) {
    let length = varint()
    guard !hasFailed else { return (offset..<offset, true) }
    let start = offset
    if length <= UInt64(end - offset) {
      offset += Int(length)
      return (start..<offset, false)
    }
    offset = end
    return (start..<end, true)
  }

  /// Steps over a field whose tag has been read.
  mutating func skip(_ tag: UInt64) {
    switch tag & 7 {
    case 0: _ = varint()
    case 1: _ = fixed64()
    case 2: _ = bytes()
    case 3: skipGroup()
    case 5: _ = fixed32()
    default: fail()
    }
  }

  /// Steps over a group, which no OTLP message has but an unknown field may be. Nested groups
  /// are counted, so hostile nesting costs no stack.
  private mutating func skipGroup() {
    var depth = 1
    while depth > 0, !hasFailed {
      let tag = self.tag()
      switch tag & 7 {
      case 3: depth += 1
      case 4: depth -= 1
      default: tag == 0 ? fail() : skip(tag)
      }
    }
  }

  /// The bytes of a stretch of the payload.
  @inline(__always)
  func slice(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: base + range.lowerBound, count: range.count)
  }

  /// A reader of a stretch of the same payload.
  @inline(__always)
  func sub(_ range: Range<Int>) -> WireReader { WireReader(base, range) }
}

/// Tags as they stand on the wire: field number times 8 plus wire type.
///
/// Source: opentelemetry-proto, `trace.proto`, `common.proto`, `resource.proto`.
enum Tag {
  static func bytes(_ field: UInt64) -> UInt64 { field << 3 | 2 }
  static func varint(_ field: UInt64) -> UInt64 { field << 3 }
  static func fixed64(_ field: UInt64) -> UInt64 { field << 3 | 1 }
  static func fixed32(_ field: UInt64) -> UInt64 { field << 3 | 5 }
}
