/// Reads Thrift's binary and compact encodings, without objects and without traps: a failure is sticky
/// and hands out zeros.
///
/// Source: https://github.com/apache/thrift/tree/master/doc/specs
struct ThriftReader {
  enum Kind: Sendable {
    case stop, bool, byte, int16, int32, int64, double, text, list, map, object
  }

  let bytes: UnsafeBufferPointer<UInt8>
  private(set) var position = 0
  private(set) var hasFailed = false
  private let isCompact: Bool
  /// The value of a bool that the compact encoding puts into its field's type.
  private var heldBool: Bool?

  /// Levels of structs and lists that are stepped over.
  private static let depthLimit = 64

  init(_ bytes: UnsafeBufferPointer<UInt8>, isCompact: Bool) {
    (self.bytes, self.isCompact) = (bytes, isCompact)
  }

  mutating func fail() {
    hasFailed = true
    position = bytes.count
  }

  private mutating func byte() -> UInt8 {
    guard position < bytes.count else {
      fail()
      return 0
    }
    position += 1
    return bytes[position - 1]
  }

  private mutating func bigEndian(_ count: Int) -> UInt64 {
    guard bytes.count - position >= count else {
      fail()
      return 0
    }
    var value: UInt64 = 0
    for byte in bytes[position..<position + count] { value = value << 8 | UInt64(byte) }
    position += count
    return value
  }

  private mutating func varint() -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      let byte = self.byte()
      if shift < 64 { value |= UInt64(byte & 0x7F) << shift }
      if byte < 0x80 { return value }
    }
    fail()
    return 0
  }

  private mutating func zigzag() -> Int64 {
    let value = varint()
    return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }

  // MARK: fields

  /// The next field of a struct; `.stop` ends it.
  ///
  /// - Parameter last: the number of the field before; 0 at the start.
  mutating func field(after last: inout Int) -> Kind {
    let first = byte()
    guard isCompact else {
      guard first != 0, let kind = Self.binaryKind(first) else {
        if first != 0 { fail() }
        return .stop
      }
      last = Int(Int16(truncatingIfNeeded: bigEndian(2)))
      return kind
    }
    guard first & 15 != 0, let kind = Self.compactKind(first & 15) else {
      if first & 15 != 0 { fail() }
      return .stop
    }
    last = first >> 4 == 0 ? Int(truncatingIfNeeded: zigzag()) : last + Int(first >> 4)
    if kind == .bool { heldBool = first & 15 == 1 }
    return kind
  }

  /// The kind and number of a list's elements.
  mutating func list() -> (kind: Kind, count: Int) {
    let first = byte()
    let count: UInt64
    let kind: Kind?
    if isCompact {
      count = first >> 4 == 15 ? varint() : UInt64(first >> 4)
      kind = Self.compactKind(first & 15)
    } else {
      count = bigEndian(4)
      kind = Self.binaryKind(first)
    }
    // Every element takes a byte at least.
    guard let kind, count <= UInt64(bytes.count - position) else {
      fail()
      return (.stop, 0)
    }
    return (kind, Int(count))
  }

  // MARK: values

  mutating func integer(_ kind: Kind) -> Int64 {
    switch kind {
    case .byte: return Int64(Int8(bitPattern: byte()))
    case .int16:
      return isCompact ? zigzag() : Int64(Int16(truncatingIfNeeded: bigEndian(2)))
    case .int32:
      return isCompact ? zigzag() : Int64(Int32(truncatingIfNeeded: bigEndian(4)))
    case .int64: return isCompact ? zigzag() : Int64(bitPattern: bigEndian(8))
    case .bool: return bool() ? 1 : 0
    default:
      skip(kind)
      return 0
    }
  }

  mutating func double() -> Double {
    let bits = bigEndian(8)
    return Double(bitPattern: isCompact ? bits.byteSwapped : bits)
  }

  mutating func bool() -> Bool {
    if let held = heldBool {
      heldBool = nil
      return held
    }
    return byte() == 1
  }

  /// A text or bytes.
  mutating func text() -> UnsafeBufferPointer<UInt8> {
    let count = isCompact ? varint() : bigEndian(4)
    guard count <= UInt64(bytes.count - position), !hasFailed else {
      fail()
      return bytes.part(0..<0)
    }
    position += Int(count)
    return bytes.part((position - Int(count))..<position)
  }

  /// Steps over a value.
  mutating func skip(_ kind: Kind, _ depth: Int = 0) {
    guard depth < Self.depthLimit, !hasFailed else { return fail() }
    switch kind {
    case .stop: fail()
    case .bool: _ = bool()
    case .byte, .int16, .int32, .int64: _ = integer(kind)
    case .double: _ = double()
    case .text: _ = text()
    case .list:
      let list = list()
      for _ in 0..<list.count where !hasFailed { skip(list.kind, depth + 1) }
    case .map: skipMap(depth)
    case .object:
      var last = 0
      while true {
        let kind = field(after: &last)
        if kind == .stop { return }
        skip(kind, depth + 1)
      }
    }
  }

  private mutating func skipMap(_ depth: Int) {
    let count: UInt64
    let kinds: (Kind?, Kind?)
    if isCompact {
      count = varint()
      if count == 0 { return }
      let both = byte()
      kinds = (Self.compactKind(both >> 4), Self.compactKind(both & 15))
    } else {
      kinds = (Self.binaryKind(byte()), Self.binaryKind(byte()))
      count = bigEndian(4)
    }
    guard let key = kinds.0, let value = kinds.1, count <= UInt64(bytes.count - position) else {
      if count > 0 || hasFailed { fail() }
      return
    }
    for _ in 0..<count where !hasFailed {
      skip(key, depth + 1)
      skip(value, depth + 1)
    }
  }

  private static func binaryKind(_ type: UInt8) -> Kind? {
    switch type {
    case 2: .bool
    case 3: .byte
    case 4: .double
    case 6: .int16
    case 8: .int32
    case 10: .int64
    case 11: .text
    case 12: .object
    case 13: .map
    case 14, 15: .list
    default: nil
    }
  }

  private static func compactKind(_ type: UInt8) -> Kind? {
    switch type {
    case 1, 2: .bool
    case 3: .byte
    case 4: .int16
    case 5: .int32
    case 6: .int64
    case 7: .double
    case 8: .text
    case 9, 10: .list
    case 11: .map
    case 12: .object
    default: nil
    }
  }
}
