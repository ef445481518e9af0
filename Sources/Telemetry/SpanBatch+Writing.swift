extension SpanBatch {
  /// Adds attributes given as objects, maps flattened to dotted keys, and returns where they are.
  ///
  /// For edges, tests and made-up traffic; decoders append ``AttributeRecord``s themselves.
  package mutating func append(attributes entries: [AttributeValue.Entry]) -> RecordRange {
    let start = attributes.count
    for entry in entries { append(entry.value, key: entry.key) }
    return RecordRange(
      start: UInt32(truncatingIfNeeded: start),
      count: UInt32(truncatingIfNeeded: attributes.count - start))
  }

  private mutating func append(_ value: AttributeValue, key name: String) {
    if case .map(let entries) = value, !entries.isEmpty {
      for entry in entries { append(entry.value, key: name + "." + entry.key) }
      return
    }
    let key = key(name)
    switch value {
    case .empty:
      attributes.append(AttributeRecord(key: key, type: .empty, payload: 0))
    case .text(let text):
      attributes.append(AttributeRecord(key: key, type: .text, bytes: append(text: text)))
    case .bool(let bool):
      attributes.append(AttributeRecord(key: key, bool: bool))
    case .integer(let integer):
      attributes.append(AttributeRecord(key: key, integer: integer))
    case .double(let double):
      attributes.append(AttributeRecord(key: key, double: double))
    case .bytes(let bytes):
      let range = bytes.withUnsafeBufferPointer { append(bytes: $0) }
      attributes.append(AttributeRecord(key: key, type: .bytes, bytes: range))
    case .array, .map:
      let range = append(text: ValueJSON.text(value))
      attributes.append(
        AttributeRecord(key: key, type: value.type == .array ? .array : .map, bytes: range))
    }
  }
}
