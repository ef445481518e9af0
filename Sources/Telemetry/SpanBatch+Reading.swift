extension SpanBatch {
  /// A stretch of the arena as text, invalid UTF-8 repaired. For edges and tests.
  package func text(_ range: ByteRange) -> String {
    String(decoding: arena[range.indices], as: UTF8.self)
  }

  /// An attribute key as text, invalid UTF-8 repaired. For edges and tests.
  package func keyText(_ index: Int) -> String { text(keys[index]) }

  /// An attribute's value as an object. For edges and tests; arrays come back as parsed JSON.
  package func value(_ record: AttributeRecord) -> AttributeValue {
    switch record.type {
    case .empty: .empty
    case .text: .text(text(record.bytes))
    case .bool: .bool(record.bool)
    case .integer: .integer(record.integer)
    case .double: .double(record.double)
    case .bytes: .bytes(Array(arena[record.bytes.indices]))
    case .array, .map: ValueJSON.parse(arena[record.bytes.indices]) ?? .text(text(record.bytes))
    }
  }

  /// Keys and values of a stretch of the attribute table, in order, repeated keys included.
  ///
  /// - Complexity: O(attributes), with a text and mostly a value allocated for each. For edges.
  package func entries(_ range: RecordRange) -> [AttributeValue.Entry] {
    range.indices.map { index in
      AttributeValue.Entry(keyText(attributes[index].key), value(attributes[index]))
    }
  }
}
