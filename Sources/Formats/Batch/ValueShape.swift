import Telemetry

/// What an attribute's record cannot say, as bytes of an ``AttributeDetail``.
struct ValueShape {
  /// Lengths of the keys of the maps around the value, outermost first, as they lie in its dotted
  /// key.
  var path: [UInt32] = []
  /// How many of these maps are those of the attribute before it.
  var shared = 0
  /// Texts of canonical JSON that stand for something else, by their number among its texts.
  var types: [TextType] = []
  /// Whether the text is JSON to be written as it is, since no value could be made of it.
  var isRaw = false

  struct TextType {
    var text: Int
    var type: Kind
  }

  /// What a text in canonical JSON stands for.
  enum Kind: UInt8 {
    case bytes, double, raw
  }

  var isEmpty: Bool { path.isEmpty && types.isEmpty && !isRaw }

  /// Whether something could not be read, here or deeper.
  var hasUnread: Bool { isRaw || types.contains { $0.type == .raw } }

  func write(to out: inout [UInt8]) {
    out.append(isRaw ? 1 : 0)
    Self.write(shared, to: &out)
    Self.write(path.count, to: &out)
    for length in path { Self.write(Int(length), to: &out) }
    Self.write(types.count, to: &out)
    for type in types {
      Self.write(type.text, to: &out)
      out.append(type.type.rawValue)
    }
  }

  init() {}

  /// Reads what ``write(to:)`` wrote.
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    var position = 1
    isRaw = bytes.first == 1
    shared = Self.read(bytes, &position)
    for _ in 0..<Self.read(bytes, &position) {
      path.append(UInt32(truncatingIfNeeded: Self.read(bytes, &position)))
    }
    for _ in 0..<Self.read(bytes, &position) {
      let text = Self.read(bytes, &position)
      guard position < bytes.count, let type = Kind(rawValue: bytes[position]) else { return }
      position += 1
      types.append(TextType(text: text, type: type))
    }
  }

  private static func write(_ number: Int, to out: inout [UInt8]) {
    var rest = UInt(bitPattern: number)
    while rest >= 0x80 {
      out.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    out.append(UInt8(rest))
  }

  private static func read(_ bytes: UnsafeBufferPointer<UInt8>, _ position: inout Int) -> Int {
    var number: UInt = 0
    var shift: UInt = 0
    while position < bytes.count, shift < 35 {
      let byte = bytes[position]
      position += 1
      number |= UInt(byte & 0x7F) << shift
      if byte < 0x80 { break }
      shift += 7
    }
    return Int(number)
  }
}

/// The maps around a value while maps are flattened.
struct MapPath {
  private var lengths: [UInt32] = []
  private var shared = 0
  /// Bytes of the dotted key up to and including the last map's point.
  private(set) var length = 0

  var depth: Int { lengths.count }

  /// Enters the map whose dotted key has so many bytes.
  mutating func open(_ key: Int) {
    lengths.append(UInt32(truncatingIfNeeded: key - length))
    length = key + 1
  }

  mutating func close() {
    length -= Int(lengths.removeLast()) + 1
    shared = min(shared, lengths.count)
  }

  /// The shape of the next value.
  mutating func shape() -> ValueShape {
    var shape = ValueShape()
    (shape.path, shape.shared) = (lengths, shared)
    shared = lengths.count
    return shape
  }
}

extension SpanBatch {
  /// Keeps the shape of the last attribute, unless there is nothing to say.
  mutating func add(_ shape: ValueShape) {
    guard !shape.isEmpty, !attributes.isEmpty else { return }
    let start = arena.count
    shape.write(to: &arena)
    let bytes = ByteRange(
      offset: UInt32(truncatingIfNeeded: start),
      length: UInt32(truncatingIfNeeded: arena.count - start))
    details.append(
      AttributeDetail(
        attribute: UInt32(truncatingIfNeeded: attributes.count - 1), bytes: bytes))
  }

  /// How many attributes from one on hold something that could not be read.
  func unreadValues(from attribute: Int) -> Int {
    var count = 0
    arena.withUnsafeBufferPointer { arena in
      for detail in details.reversed() {
        guard detail.attribute >= attribute else { break }
        let bytes = UnsafeBufferPointer(rebasing: arena[detail.bytes.indices])
        if ValueShape(bytes).hasUnread { count += 1 }
      }
    }
    return count
  }
}
