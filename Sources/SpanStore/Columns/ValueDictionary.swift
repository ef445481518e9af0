package import Telemetry

/// The distinct values of a column that holds several types, or arrays or bytes.
package struct ValueDictionary: Sendable {
  /// By code.
  package private(set) var types: [AttributeType] = []
  /// Integers, doubles and bools by their bits; the others by their index in `texts`.
  private var bits: [UInt64] = []
  /// Text, bytes, and the JSON of arrays and maps.
  package private(set) var texts = TextDictionary()

  package init() {}

  package var count: Int { types.count }

  package func type(_ code: Int) -> AttributeType { types[code] }

  /// Adds an integer, a double, a bool or an empty value under the next code; equal ones are not
  /// looked for.
  package mutating func append(_ type: AttributeType, bits: UInt64) {
    types.append(type)
    self.bits.append(bits)
  }

  /// Adds a text, bytes, or the canonical JSON of an array or a map under the next code.
  package mutating func append(_ type: AttributeType, bytes: UnsafeBufferPointer<UInt8>) {
    types.append(type)
    bits.append(UInt64(texts.count))
    texts.append(bytes)
  }

  /// Bytes of an entry.
  package func length(_ code: Int) -> Int {
    switch types[code] {
    case .empty, .integer, .double, .bool: 8
    case .text, .bytes, .array, .map: texts.range(Int(bits[code])).count
    }
  }

  /// The value as an object: arrays and maps are parsed, texts copied. For edges.
  package func value(_ code: Int) -> AttributeValue {
    switch types[code] {
    case .empty: .empty
    case .integer: .integer(Int64(bitPattern: bits[code]))
    case .double: .double(Double(bitPattern: bits[code]))
    case .bool: .bool(bits[code] != 0)
    case .text: .text(texts[Int(bits[code])])
    case .bytes: .bytes(Array(texts.bytes[texts.range(Int(bits[code]))]))
    case .array, .map:
      ValueJSON.parse(texts.bytes[texts.range(Int(bits[code]))]) ?? .text(texts[Int(bits[code])])
    }
  }

  /// The value as an attribute; its bytes go into the batch.
  func record(_ code: Int, key: UInt32, _ batch: inout SpanBatch) -> AttributeRecord {
    switch types[code] {
    case .empty, .integer, .double, .bool:
      AttributeRecord(key: key, type: types[code], payload: bits[code])
    case .text, .bytes, .array, .map:
      AttributeRecord(
        key: key, type: types[code],
        bytes: texts.withBytes(Int(bits[code])) { batch.append(bytes: $0) })
    }
  }

  /// Heap bytes.
  package var byteCount: Int { types.count * 9 + texts.byteCount }
}
