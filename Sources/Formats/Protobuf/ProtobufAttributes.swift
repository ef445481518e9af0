import Telemetry

/// Reads `KeyValue` and `AnyValue` messages into a batch's attribute table.
///
/// The payload lies in the batch's arena from `arenaOffset` on, so texts are ranges of it.
struct ProtobufAttributes {
  let arenaOffset: UInt32
  /// Bytes of arena past which a message is given up: long keys over many nested maps would
  /// otherwise make gigabytes of dotted keys out of one request.
  let arenaLimit: Int

  /// Levels of nested maps that are flattened; what is deeper is kept as JSON.
  static let depthLimit = 64
  /// Levels that are read at all; what is deeper becomes an empty value. The collector's own limit is
  /// far above anything an SDK sends, but a hostile message may nest as deep as it is long.
  static let nestingLimit = 320

  /// A position of the payload as a range of the arena.
  @inline(__always)
  func range(_ bytes: Range<Int>) -> ByteRange {
    ByteRange(
      offset: arenaOffset &+ UInt32(truncatingIfNeeded: bytes.lowerBound),
      length: UInt32(truncatingIfNeeded: bytes.count))
  }

  /// Appends one `KeyValue`; false when it is no message.
  @inline(__always)
  func append(_ message: inout WireReader, to batch: inout SpanBatch) {
    var key = 0..<0
    var value = 0..<0
    while case let tag = message.tag(), tag != 0 {
      switch tag {
      case 0x0A: key = message.bytes()
      case 0x12: value = message.bytes()
      default: message.skip(tag)
      }
    }
    guard !message.hasFailed else { return }
    let name = UnsafeBufferPointer(start: message.base + key.lowerBound, count: key.count)
    var reader = message.sub(value)
    append(&reader, name, to: &batch)
    if reader.hasFailed { message.fail() }
  }

  /// Appends one `AnyValue` under a key: a lone string by the short way, all else by the long.
  @inline(__always)
  private func append(
    _ value: inout WireReader, _ name: UnsafeBufferPointer<UInt8>, to batch: inout SpanBatch
  ) {
    var probe = value
    if probe.tag() == 0x0A {
      let text = probe.bytes()
      if probe.offset == probe.end, !probe.hasFailed {
        let key = batch.key(name)
        batch.attributes.append(AttributeRecord(key: key, type: .text, bytes: range(text)))
        return
      }
    }
    var path = MapPath()
    appendOther(&value, name, &path, to: &batch)
  }

  private func appendOther(
    _ value: inout WireReader, _ name: UnsafeBufferPointer<UInt8>, _ path: inout MapPath,
    to batch: inout SpanBatch
  ) {
    let found = ProtobufJSON.read(&value)
    guard !value.hasFailed else { return }
    if case .map(let entries) = found, !entries.isEmpty, path.depth < Self.depthLimit {
      var message = value.sub(entries)
      appendMap(&message, name, &path, to: &batch)
      if message.hasFailed { value.fail() }
      return
    }
    let key = batch.key(name)
    var shape = path.shape()
    switch found {
    case .empty: batch.attributes.append(AttributeRecord(key: key, type: .empty, payload: 0))
    case .text(let bytes):
      batch.attributes.append(AttributeRecord(key: key, type: .text, bytes: range(bytes)))
    case .bytes(let bytes):
      batch.attributes.append(AttributeRecord(key: key, type: .bytes, bytes: range(bytes)))
    case .bool(let bool): batch.attributes.append(AttributeRecord(key: key, bool: bool))
    case .integer(let integer):
      batch.attributes.append(AttributeRecord(key: key, integer: integer))
    case .double(let double): batch.attributes.append(AttributeRecord(key: key, double: double))
    case .array, .map:
      var json = ProtobufJSON()
      var type = AttributeType.map
      if case .array = found { type = .array }
      batch.append(json: type, key) { json.write(found, &value, path.depth, to: &$0) }
      shape.types = json.types.notes
    }
    batch.add(shape)
  }

  /// Appends the entries of a map under dotted keys.
  private func appendMap(
    _ entries: inout WireReader, _ name: UnsafeBufferPointer<UInt8>, _ path: inout MapPath,
    to batch: inout SpanBatch
  ) {
    var dotted: [UInt8] = []
    path.open(name.count)
    defer { path.close() }
    while case let tag = entries.tag(), tag != 0 {
      guard tag == 0x0A else {
        entries.skip(tag)
        continue
      }
      var entry = entries.sub(entries.bytes())
      let pair = ProtobufJSON.keyValue(&entry)
      guard !entry.hasFailed else { return entries.fail() }
      dotted.removeAll(keepingCapacity: true)
      dotted.append(contentsOf: name)
      dotted.append(0x2E)
      dotted.append(
        contentsOf: UnsafeBufferPointer(
          start: entries.base + pair.key.lowerBound, count: pair.key.count))
      var value = entries.sub(pair.value)
      dotted.withUnsafeBufferPointer { appendOther(&value, $0, &path, to: &batch) }
      guard !value.hasFailed, batch.arena.count <= arenaLimit else { return entries.fail() }
    }
  }

  /// What an `AnyValue` holds, with the positions of nested content.
  enum Found {
    case empty
    case text(Range<Int>)
    case bool(Bool)
    case integer(Int64)
    case double(Double)
    case array(Range<Int>)
    case map(Range<Int>)
    case bytes(Range<Int>)
  }
}
