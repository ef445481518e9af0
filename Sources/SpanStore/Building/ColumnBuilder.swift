import Telemetry

/// Gathers one column: rows in ascending order, values as they come, texts coded at once.
struct ColumnBuilder: ~Copyable {
  private let type: AttributeType
  /// Raw value of `type`; no record's once values are mixed.
  private var typeCode: UInt8
  private let isText: Bool
  /// Values so far.
  private(set) var count = 0
  /// The row of the last value; `UInt32.max` before the first.
  private(set) var lastRow = UInt32.max
  /// The rows that have a value, once a row had none.
  private var rows = GrowingBuffer<UInt32>()
  private var hasGaps = false
  /// Of texts.
  private var codes = GrowingBuffer<UInt32>()
  private var texts = TextCoder()
  /// Bits of integers, doubles and bools.
  private var bits = GrowingBuffer<UInt64>()
  /// Once values of several types, or arrays, have come.
  private var mixed: MixedBuilder?
  private var isMixed: Bool

  init(_ type: AttributeType) {
    self.type = type
    typeCode = type.rawValue
    isText = type == .text
    switch type {
    case .integer, .double, .bool, .text: isMixed = false
    case .empty, .bytes, .array, .map:
      isMixed = true
      typeCode = .max
      mixed = MixedBuilder()
    }
  }

  @inline(__always)
  mutating func append(
    _ row: UInt32, _ record: AttributeRecord, _ arena: UnsafeBufferPointer<UInt8>
  ) {
    if record.typeCode != typeCode { return appendMixed(row, record, arena) }
    note(row)
    if isText {
      codes.append(texts.code(arena.stretch(record.payload, record.length)))
    } else {
      bits.append(record.payload)
    }
  }

  @inline(__always)
  mutating func append(_ row: UInt32, text: UnsafeBufferPointer<UInt8>) {
    note(row)
    codes.append(texts.code(text))
  }

  @inline(__always)
  private mutating func note(_ row: UInt32) {
    if hasGaps || Int(row) != count { noteGap(row) }
    lastRow = row
    count &+= 1
  }

  private mutating func noteGap(_ row: UInt32) {
    if !hasGaps {
      hasGaps = true
      for earlier in 0..<UInt32(count) { rows.append(earlier) }
    }
    rows.append(row)
  }

  @inline(never)
  private mutating func appendMixed(
    _ row: UInt32, _ record: AttributeRecord, _ arena: UnsafeBufferPointer<UInt8>
  ) {
    if !isMixed { becomeMixed() }
    note(row)
    mixed?.append(record, arena)
  }

  private mutating func becomeMixed() {
    var builder = MixedBuilder()
    for code in codes.elements { builder.append(.text, bytes: texts[Int(code)]) }
    for value in bits.elements { builder.append(type, bits: value) }
    mixed = consume builder
    isMixed = true
    typeCode = .max
    codes = GrowingBuffer()
    bits = GrowingBuffer()
    texts = TextCoder()
  }

  /// The finished column over `rowCount` rows.
  func finish(count rowCount: Int) -> StoredColumn {
    if count == rowCount { return StoredColumn(presence: .all, values: values(nil)) }
    // Below an eighth, rows and values are smaller than bits and a value for each row.
    if count < rowCount / 8 {
      let packed =
        hasGaps ? PackedInts(packing: rows.elements) : PackedInts((0..<count).map(Int64.init))
      return StoredColumn(presence: .rows(packed, of: rowCount), values: values(nil))
    }
    var present = Bitmap(repeating: false, count: rowCount)
    if hasGaps {
      for row in rows.elements { present.insert(Int(row)) }
    } else {
      present.insert(0..<count)
    }
    return StoredColumn(presence: .bits(present), values: values(present))
  }

  /// All values, spread over the rows of `present` when it is given.
  private func values(_ present: Bitmap?) -> Column.Values {
    switch mixed {
    case .some(let mixed): .mixed(packed(mixed.codes, present), mixed.dictionary)
    case .none: plainValues(present)
    }
  }

  private func plainValues(_ present: Bitmap?) -> Column.Values {
    switch type {
    case .text: return .text(packed(codes, present), texts.dictionary())
    case .double:
      return .double(spread(bits.elements, present) { $0.map { Double(bitPattern: $0) } })
    case .bool:
      return .bool(
        spread(bits.elements, present) { values in
          var bitmap = Bitmap(repeating: false, count: values.count)
          for (index, value) in values.enumerated() where value != 0 { bitmap.insert(index) }
          return bitmap
        })
    default:
      return .integer(
        spread(bits.elements, present) { values in
          values.withMemoryRebound(to: Int64.self) { PackedInts($0) }
        })
    }
  }

  private func packed(
    _ codes: borrowing GrowingBuffer<UInt32>, _ present: Bitmap?
  ) -> PackedInts {
    spread(codes.elements, present) { PackedInts(packing: $0) }
  }

  /// Rows without a value get the first one, which widens no packing.
  private func spread<Value: BitwiseCopyable, Result>(
    _ values: UnsafeBufferPointer<Value>, _ present: Bitmap?,
    _ body: (UnsafeBufferPointer<Value>) -> Result
  ) -> Result {
    guard let present, let filler = values.first else { return body(values) }
    let dense = GrowingBuffer<Value>(repeating: filler, count: present.count)
    if hasGaps {
      for (index, row) in rows.elements.enumerated() { dense.base[Int(row)] = values[index] }
    } else {
      for (index, value) in values.enumerated() { dense.base[index] = value }
    }
    return body(dense.elements)
  }
}
