import Telemetry

/// `[{"Key":…,"Value":{"Type":…,"Value":…}}]`, as Go prints attributes.
enum GoAttributes {
  private static let depthLimit = 32

  static func append(_ list: TapeValue?, to batch: inout SpanBatch) -> RecordRange {
    let start = batch.attributes.count
    if let list, list.isArray {
      var elements = TapeElements(list)
      while elements.next() {
        guard let key = elements.value.member("Key"), let value = elements.value.member("Value")
        else { continue }
        var path = MapPath()
        append(key.text, value, &path, to: &batch)
      }
    }
    return RecordRange(
      start: UInt32(truncatingIfNeeded: start),
      count: UInt32(truncatingIfNeeded: batch.attributes.count - start))
  }

  /// The type decides, for `FLOAT64` 1.0 is printed as `1`.
  private static func append(
    _ name: UnsafeBufferPointer<UInt8>, _ typed: TapeValue, _ path: inout MapPath,
    to batch: inout SpanBatch
  ) {
    guard typed.isObject, let type = typed.member("Type"), let value = typed.member("Value") else {
      return PlainJSON.append(name, typed, &path, to: &batch)
    }
    if type.equals("FLOAT64") || type.equals("FLOAT32") {
      let key = batch.key(name)
      let double = value.double ?? OTLPNumbers.double(value.text) ?? .nan
      batch.attributes.append(AttributeRecord(key: key, double: double))
      return batch.add(path.shape())
    }
    if type.equals("BYTESLICE") { return appendBytes(name, value, &path, to: &batch) }
    if type.equals("MAP"), path.depth < depthLimit, value.isArray, value.count > 0 {
      return appendMap(name, value, &path, to: &batch)
    }
    if type.equals("SLICE") || type.equals("MAP") || type.equals("FLOAT64SLICE")
      || type.equals("ARRAY")
    {
      appendList(name, typed, to: &batch)
      return batch.add(path.shape())
    }
    if type.equals("EMPTY") || type.equals("INVALID") {
      let key = batch.key(name)
      batch.attributes.append(AttributeRecord(key: key, type: .empty, payload: 0))
      return batch.add(path.shape())
    }
    PlainJSON.append(name, value, &path, to: &batch)
  }

  private static func appendMap(
    _ name: UnsafeBufferPointer<UInt8>, _ list: TapeValue, _ path: inout MapPath,
    to batch: inout SpanBatch
  ) {
    path.open(name.count)
    defer { path.close() }
    var elements = TapeElements(list)
    while elements.next() {
      guard let key = elements.value.member("Key"), let value = elements.value.member("Value")
      else { continue }
      let dotted = Array(name) + [0x2E] + Array(key.text)
      dotted.withUnsafeBufferPointer { append($0, value, &path, to: &batch) }
    }
  }

  private static func appendBytes(
    _ name: UnsafeBufferPointer<UInt8>, _ value: TapeValue, _ path: inout MapPath,
    to batch: inout SpanBatch
  ) {
    guard let bytes = Base64.bytes(value.text) else {
      return PlainJSON.append(name, value, &path, to: &batch)
    }
    let key = batch.key(name)
    let range = bytes.withUnsafeBufferPointer { batch.append(bytes: $0) }
    batch.attributes.append(AttributeRecord(key: key, type: .bytes, bytes: range))
    batch.add(path.shape())
  }

  private static func appendList(
    _ name: UnsafeBufferPointer<UInt8>, _ typed: TapeValue, to batch: inout SpanBatch
  ) {
    let key = batch.key(name)
    let start = batch.arena.count
    write(typed, 0, to: &batch.arena)
    let range = ByteRange(
      offset: UInt32(truncatingIfNeeded: start),
      length: UInt32(truncatingIfNeeded: batch.arena.count - start))
    let isMap = typed.member("Type")?.equals("MAP") == true
    batch.attributes.append(AttributeRecord(key: key, type: isMap ? .map : .array, bytes: range))
  }

  /// A typed value as canonical JSON.
  private static func write(_ typed: TapeValue, _ depth: Int, to out: inout [UInt8]) {
    guard typed.isObject, let type = typed.member("Type"), let value = typed.member("Value"),
      depth < depthLimit
    else { return TapeJSON.write(typed, to: &out) }
    if type.equals("FLOAT64") {
      CanonicalJSON.double(value.double ?? .nan, to: &out)
    } else if type.equals("MAP"), value.isArray {
      writeMap(value, depth, to: &out)
    } else if value.isArray {
      writeArray(value, isDouble: type.equals("FLOAT64SLICE"), depth, to: &out)
    } else {
      TapeJSON.write(value, to: &out)
    }
  }

  private static func writeArray(
    _ list: TapeValue, isDouble: Bool, _ depth: Int, to out: inout [UInt8]
  ) {
    out.append(0x5B)
    var elements = TapeElements(list)
    var isFirst = true
    while elements.next() {
      if !isFirst { out.append(0x2C) }
      isFirst = false
      if isDouble, let double = elements.value.double {
        CanonicalJSON.double(double, to: &out)
      } else {
        write(elements.value, depth + 1, to: &out)
      }
    }
    out.append(0x5D)
  }

  private static func writeMap(_ list: TapeValue, _ depth: Int, to out: inout [UInt8]) {
    out.append(0x7B)
    var elements = TapeElements(list)
    var isFirst = true
    while elements.next() {
      guard let key = elements.value.member("Key"), let value = elements.value.member("Value")
      else { continue }
      if !isFirst { out.append(0x2C) }
      isFirst = false
      CanonicalJSON.quote(key.text, to: &out)
      out.append(0x3A)
      write(value, depth + 1, to: &out)
    }
    out.append(0x7D)
  }
}
