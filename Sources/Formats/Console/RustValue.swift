import Telemetry

/// Values in the `Debug` form of Rust: `I64(5)`, `String(Owned("a"))`, `Array(Bool([true]))`.
enum RustValue {
  enum Kind: CaseIterable {
    case string, integer, double, bool, array

    fileprivate var opening: StaticString {
      switch self {
      case .string: "String("
      case .integer: "I64("
      case .double: "F64("
      case .bool: "Bool("
      case .array: "Array("
      }
    }

    /// The kind a text begins with.
    init?(_ text: UnsafeBufferPointer<UInt8>) {
      guard let kind = Self.allCases.first(where: { text.starts(with: $0.opening) }) else {
        return nil
      }
      self = kind
    }
  }

  static func append(
    _ name: UnsafeBufferPointer<UInt8>, _ kind: Kind, _ value: UnsafeBufferPointer<UInt8>,
    to batch: inout SpanBatch
  ) {
    let start = kind.opening.utf8CodeUnitCount
    let inner = value.part(start..<max(start, value.last == 0x29 ? value.count - 1 : value.count))
    switch kind {
    case .string: PrintedValue.append(text: text(inner), name, to: &batch)
    case .integer, .bool: PrintedValue.append(name, inner, to: &batch)
    case .double:
      let key = batch.key(name)
      let double = OTLPNumbers.double(inner) ?? .nan
      batch.attributes.append(AttributeRecord(key: key, double: double))
    case .array: appendArray(name, inner, to: &batch)
    }
  }

  /// The text in the quotes, unescaped.
  static func text(_ quoted: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    guard let first = quoted.firstIndex(of: 0x22), let last = quoted.lastIndex(of: 0x22),
      first < last
    else { return [] }
    return unescaped(quoted.part((first + 1)..<last))
  }

  /// `I64([1, 2])`, `String([Owned("a"), Static("b")])`, as JSON.
  private static func appendArray(
    _ name: UnsafeBufferPointer<UInt8>, _ inner: UnsafeBufferPointer<UInt8>,
    to batch: inout SpanBatch
  ) {
    let key = batch.key(name)
    let start = batch.arena.count
    let isDouble = inner.starts(with: "F64(")
    guard let opening = inner.firstIndex(of: 0x5B), let closing = inner.lastIndex(of: 0x5D) else {
      return PrintedValue.append(text: Array(inner), name, to: &batch)
    }
    batch.arena.append(0x5B)
    var offset = opening + 1
    var isFirst = true
    while let element = element(inner, &offset, closing) {
      if !isFirst { batch.arena.append(0x2C) }
      isFirst = false
      if element.first == 0x22 || element.contains(0x28) {
        text(element).withUnsafeBufferPointer { CanonicalJSON.quote($0, to: &batch.arena) }
      } else if isDouble {
        CanonicalJSON.double(OTLPNumbers.double(element) ?? .nan, to: &batch.arena)
      } else {
        batch.arena.append(contentsOf: element)
      }
    }
    batch.arena.append(0x5D)
    let range = ByteRange(
      offset: UInt32(truncatingIfNeeded: start),
      length: UInt32(truncatingIfNeeded: batch.arena.count - start))
    batch.attributes.append(AttributeRecord(key: key, type: .array, bytes: range))
  }

  /// The next element of a list; commas in quotes separate nothing.
  private static func element(
    _ list: UnsafeBufferPointer<UInt8>, _ offset: inout Int, _ end: Int
  ) -> UnsafeBufferPointer<UInt8>? {
    let start = offset
    var isQuoted = false
    while offset < end {
      let byte = list[offset]
      if byte == 0x5C {
        offset += 1
      } else if byte == 0x22 {
        isQuoted.toggle()
      } else if byte == 0x2C, !isQuoted {
        break
      }
      offset += 1
    }
    let element = list.part(min(start, end)..<min(offset, end)).trimmed
    offset += 1
    return element.isEmpty ? nil : element
  }

  /// `\n`, `\"`, `\u{1f41d}`
  private static func unescaped(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(text.count)
    var offset = 0
    while offset < text.count {
      guard text[offset] == 0x5C, offset + 1 < text.count else {
        out.append(text[offset])
        offset += 1
        continue
      }
      let next = text[offset + 1]
      offset += 2
      switch next {
      case 0x6E: out.append(0x0A)
      case 0x72: out.append(0x0D)
      case 0x74: out.append(0x09)
      case 0x30: out.append(0)
      case 0x75:
        var code: UInt32 = 0
        if offset < text.count, text[offset] == 0x7B { offset += 1 }
        while offset < text.count, let digit = HexDigits.value(text[offset]), code < 0x11_0000 {
          code = code << 4 | UInt32(digit)
          offset += 1
        }
        if offset < text.count, text[offset] == 0x7D { offset += 1 }
        out.append(contentsOf: String(Unicode.Scalar(code) ?? "\u{FFFD}").utf8)
      default: out.append(next)
      }
    }
    return out
  }
}

extension PrintedValue {
  /// Appends a text that was put together.
  static func append(
    text value: [UInt8], _ name: UnsafeBufferPointer<UInt8>, to batch: inout SpanBatch
  ) {
    value.withUnsafeBufferPointer { append(text: $0, name, to: &batch) }
  }
}
