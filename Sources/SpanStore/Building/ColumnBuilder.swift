import Telemetry

/// Gathers one column: rows in ascending order, values as they come.
///
/// Text is coded as it arrives. The last text is remembered, for neighbouring spans often share it.
struct ColumnBuilder {
  private(set) var rows: [UInt32] = []
  private(set) var type: AttributeType
  /// Codes, or the bits of integers, doubles and bools.
  private var bits: [UInt64] = []
  private var texts = TextDictionary()
  private var slots: [UInt32] = []
  private var hashes: [UInt32] = []
  private var lastCode = -1
  /// Set once values of several types, or arrays, have come.
  private var mixed: MixedBuilder?

  init(_ type: AttributeType) {
    self.type = type
    switch type {
    case .integer, .double, .bool, .text: break
    case .empty, .bytes, .array, .map: mixed = MixedBuilder()
    }
  }

  var lastRow: UInt32? { rows.last }

  @inline(__always)
  mutating func append(
    _ row: UInt32, _ record: AttributeRecord, _ arena: UnsafeBufferPointer<UInt8>
  ) {
    rows.append(row)
    if mixed == nil, record.type != type { becomeMixed() }
    if mixed != nil {
      mixed?.append(record, arena)
      return
    }
    switch type {
    case .text:
      let range = record.bytes
      bits.append(
        UInt64(code(UnsafeBufferPointer(rebasing: arena[range.indices]))))
    default: bits.append(record.payload)
    }
  }

  mutating func append(_ row: UInt32, text: UnsafeBufferPointer<UInt8>) {
    rows.append(row)
    bits.append(UInt64(code(text)))
  }

  /// The code of a text, new or known.
  @inline(__always)
  private mutating func code(_ text: UnsafeBufferPointer<UInt8>) -> Int {
    if lastCode >= 0, isText(lastCode, text) { return lastCode }
    let hash = UInt32(truncatingIfNeeded: ByteHash.hash(text))
    if texts.count * 2 >= slots.count { grow() }
    let mask = slots.count - 1
    var place = Int(hash) & mask
    while true {
      let slot = slots[place]
      if slot == 0 { break }
      let code = Int(slot) - 1
      if hashes[code] == hash, isText(code, text) {
        lastCode = code
        return code
      }
      place = (place + 1) & mask
    }
    lastCode = texts.count
    texts.append(text)
    hashes.append(hash)
    slots[place] = UInt32(lastCode + 1)
    return lastCode
  }

  @inline(__always)
  private func isText(_ code: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let range = texts.range(code)
    guard range.count == text.count else { return false }
    return texts.bytes.withUnsafeBufferPointer { bytes in
      ByteHash.isEqual(UnsafeBufferPointer(rebasing: bytes[range]), text)
    }
  }

  private mutating func grow() {
    let size = max(16, slots.count * 2)
    slots = [UInt32](repeating: 0, count: size)
    for (code, hash) in hashes.enumerated() {
      var place = Int(hash) & (size - 1)
      while slots[place] != 0 { place = (place + 1) & (size - 1) }
      slots[place] = UInt32(code + 1)
    }
  }

  private mutating func becomeMixed() {
    var builder = MixedBuilder()
    for value in bits {
      if type == .text {
        texts.withBytes(Int(value)) { builder.append(.text, bytes: $0) }
      } else {
        builder.append(type, bits: value)
      }
    }
    mixed = builder
    bits = []
    texts = TextDictionary()
    hashes = []
    slots = []
  }

  /// The finished column over `count` rows.
  func finish(count: Int) -> StoredColumn {
    let isFull = rows.count == count
    // Below an eighth, the values of the rows that have one are smaller than a dense column.
    let isCompact = !isFull && rows.count < count / 8
    var present: Bitmap?
    if !isFull {
      var bitmap = Bitmap(repeating: false, count: count)
      for row in rows { bitmap.insert(Int(row)) }
      present = bitmap
    }
    let all = mixed?.codes ?? bits
    let filler = all.first ?? 0
    let values = isFull || isCompact ? all : spread(all, filler, count)
    return StoredColumn(present: present, isCompact: isCompact, values: pack(values))
  }

  private func spread(_ values: [UInt64], _ filler: UInt64, _ count: Int) -> [UInt64] {
    var dense = [UInt64](repeating: filler, count: count)
    for (place, row) in rows.enumerated() { dense[Int(row)] = values[place] }
    return dense
  }

  private func pack(_ values: [UInt64]) -> Column.Values {
    if let mixed { return .mixed(Self.packed(values), mixed.dictionary) }
    switch type {
    case .integer: return .integer(Self.packed(values))
    case .double: return .double(values.map { Double(bitPattern: $0) })
    case .bool:
      var bitmap = Bitmap(repeating: false, count: values.count)
      for (place, value) in values.enumerated() where value != 0 { bitmap.insert(place) }
      return .bool(bitmap)
    default: return .text(Self.packed(values), texts)
    }
  }

  private static func packed(_ values: [UInt64]) -> PackedInts {
    values.withUnsafeBytes { PackedInts($0.bindMemory(to: Int64.self)) }
  }
}

/// Codes values of any type.
struct MixedBuilder {
  private(set) var dictionary = ValueDictionary()
  private(set) var codes: [UInt64] = []
  private var known: [Key: Int] = [:]

  private struct Key: Hashable {
    var type: AttributeType
    var bits: UInt64
    var bytes: [UInt8]
  }

  mutating func append(_ record: AttributeRecord, _ arena: UnsafeBufferPointer<UInt8>) {
    switch record.type {
    case .empty, .integer, .double, .bool: append(record.type, bits: record.payload)
    case .text, .bytes, .array, .map:
      append(record.type, bytes: UnsafeBufferPointer(rebasing: arena[record.bytes.indices]))
    }
  }

  mutating func append(_ type: AttributeType, bits: UInt64) {
    let key = Key(type: type, bits: bits, bytes: [])
    if let code = known[key] { return codes.append(UInt64(code)) }
    known[key] = dictionary.count
    codes.append(UInt64(dictionary.count))
    dictionary.append(type, bits: bits)
  }

  mutating func append(_ type: AttributeType, bytes: UnsafeBufferPointer<UInt8>) {
    let key = Key(type: type, bits: 0, bytes: Array(bytes))
    if let code = known[key] { return codes.append(UInt64(code)) }
    known[key] = dictionary.count
    codes.append(UInt64(dictionary.count))
    dictionary.append(type, bytes: bytes)
  }
}
