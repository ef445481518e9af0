import Telemetry

/// Codes values of any type: for columns that hold several, or arrays or bytes.
struct MixedBuilder: ~Copyable {
  private(set) var dictionary = ValueDictionary()
  private(set) var codes = GrowingBuffer<UInt32>()
  /// One for each type, by its raw value: values of different types are never equal.
  private var coders = GrowingBuffer<TypeCoder>()

  /// The values of one type: a number by its eight bytes.
  struct TypeCoder: ~Copyable {
    var texts = TextCoder()
    /// The code in the dictionary of each of them.
    var codes = GrowingBuffer<UInt32>()
  }

  init() {
    for _ in AttributeType.allCases { coders.append(TypeCoder()) }
  }

  mutating func append(_ record: AttributeRecord, _ arena: UnsafeBufferPointer<UInt8>) {
    switch record.type {
    case .empty, .integer, .double, .bool: append(record.type, bits: record.payload)
    case .text, .bytes, .array, .map:
      append(record.type, bytes: UnsafeBufferPointer(rebasing: arena[record.bytes.indices]))
    }
  }

  mutating func append(_ type: AttributeType, bits: UInt64) {
    let isNew = withUnsafeBytes(of: bits) { bytes in
      code(type, bytes.bindMemory(to: UInt8.self))
    }
    if isNew { dictionary.append(type, bits: bits) }
  }

  mutating func append(_ type: AttributeType, bytes: UnsafeBufferPointer<UInt8>) {
    if code(type, bytes) { dictionary.append(type, bytes: bytes) }
  }

  /// Appends the code of a value; true when the dictionary lacks it yet.
  private mutating func code(_ type: AttributeType, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let coder = coders.base + Int(type.rawValue)
    let own = Int(coder.pointee.texts.code(bytes))
    let isNew = own == coder.pointee.codes.count
    if isNew { coder.pointee.codes.append(UInt32(dictionary.count)) }
    codes.append(coder.pointee.codes.base[own])
    return isNew
  }

  mutating func append(_ value: AttributeValue) {
    switch value {
    case .empty: append(.empty, bits: 0)
    case .bool(let bool): append(.bool, bits: bool ? 1 : 0)
    case .integer(let integer): append(.integer, bits: UInt64(bitPattern: integer))
    case .double(let double): append(.double, bits: double.bitPattern)
    case .text(let text): append(.text, Array(text.utf8))
    case .bytes(let bytes): append(.bytes, bytes)
    case .array: append(.array, Array(ValueJSON.text(value).utf8))
    case .map: append(.map, Array(ValueJSON.text(value).utf8))
    }
  }

  private mutating func append(_ type: AttributeType, _ bytes: [UInt8]) {
    bytes.withUnsafeBufferPointer { append(type, bytes: $0) }
  }
}
