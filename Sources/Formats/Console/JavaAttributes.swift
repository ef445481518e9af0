import Telemetry

/// Attributes as Java prints them: `AttributesMap{data={k=v, l=[a, b]}, capacity=128, …}`, or
/// `{k="v", n=1}`. Texts of the first form are not escaped: a comma and what looks like a key end
/// one.
enum JavaAttributes {
  static func append(
    _ text: UnsafeBufferPointer<UInt8>, to batch: inout SpanBatch
  ) -> RecordRange {
    let start = batch.attributes.count
    if let inner = inner(text) { appendPairs(inner, to: &batch) }
    return RecordRange(
      start: UInt32(truncatingIfNeeded: start),
      count: UInt32(truncatingIfNeeded: batch.attributes.count - start))
  }

  private static func inner(
    _ text: UnsafeBufferPointer<UInt8>
  ) -> UnsafeBufferPointer<UInt8>? {
    guard let base = text.baseAddress, let open = text.firstIndex(of: 0x7B),
      let close = text.lastIndex(of: 0x7D), open < close
    else { return nil }
    guard text.starts(with: "AttributesMap{") else { return text.part((open + 1)..<close) }
    guard let data = ByteSearch.find("data={", in: base, from: 0, to: text.count) else {
      return nil
    }
    var end: Int?
    var from = data
    while let offset = ByteSearch.find("}, capacity=", in: base, from: from, to: text.count) {
      end = offset
      from = offset + 1
    }
    guard let end, data + 6 <= end else { return nil }
    return text.part((data + 6)..<end)
  }

  private static func appendPairs(
    _ text: UnsafeBufferPointer<UInt8>, to batch: inout SpanBatch
  ) {
    var offset = 0
    while let equals = keyEnd(text, offset) {
      let end = valueEnd(text, equals + 1)
      append(text.part(offset..<equals), text.part((equals + 1)..<end), to: &batch)
      offset = end + 2
    }
  }

  /// The equals sign behind a key that begins at `start`.
  private static func keyEnd(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int? {
    var offset = start
    while offset < text.count {
      let byte = text[offset]
      if byte == 0x3D { return offset > start ? offset : nil }
      let isName =
        (byte >= 0x30 && byte <= 0x39) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
        || byte == 0x2E || byte == 0x5F || byte == 0x2D || byte == 0x2F || byte == 0x3A
      if !isName { return nil }
      offset += 1
    }
    return nil
  }

  private static func valueEnd(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
    if start < text.count, text[start] == 0x22 {
      // In quotes: the quote that a comma or the end follows.
      var offset = start + 1
      while offset < text.count {
        let isEnd = offset + 1 == text.count || text[offset + 1] == 0x2C
        if text[offset] == 0x22, isEnd { return offset + 1 }
        offset += 1
      }
    }
    var offset = start
    while offset + 1 < text.count {
      if text[offset] == 0x2C, text[offset + 1] == 0x20, keyEnd(text, offset + 2) != nil {
        return offset
      }
      offset += 1
    }
    return text.count
  }

  private static func append(
    _ key: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>,
    to batch: inout SpanBatch
  ) {
    if value.count >= 2, value.first == 0x22, value.last == 0x22 {
      PrintedValue.append(text: value.part(1..<(value.count - 1)), key, to: &batch)
    } else {
      PrintedValue.append(key, value, to: &batch)
    }
  }
}
