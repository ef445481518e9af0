import Telemetry

/// What an `AnyValue` object holds; texts and lists stay on the tape.
enum OTLPJSONValue {
  case empty
  case text(UnsafeBufferPointer<UInt8>)
  case bool(Bool)
  case integer(Int64)
  case double(Double)
  /// Base64, not decoded yet.
  case bytes(UnsafeBufferPointer<UInt8>)
  /// The list of values.
  case array(TapeValue)
  /// The list of `KeyValue`s.
  case map(TapeValue)

  /// Reads an `AnyValue`. Of several members the last counts, as in every oneof; a member that
  /// is null counts as absent. A bare JSON value instead of an object is taken for what it is.
  @inline(__always)
  init(_ value: TapeValue?, _ fields: OTLPFieldTable) {
    self = .empty
    guard let value else { return }
    guard value.isObject else {
      self = Self.bare(value)
      return
    }
    var members = TapeFields(value)
    while members.next() {
      let inner = members.value
      guard !inner.isNull else { continue }
      switch fields.field(members.key) {
      case .string: if inner.isText { self = .text(inner.uncheckedText) }
      case .integer: self = Self.integer(inner)
      case .bool: self = Self.bool(inner)
      case .double: self = Self.double(inner)
      case .bytes: if inner.isText { self = .bytes(inner.uncheckedText) }
      case .array: self = .array(Self.list(inner, fields))
      case .map: self = .map(Self.list(inner, fields))
      default: break
      }
    }
  }

  /// `{"values": [...]}`, or the bare list that Rust 0.1 to 0.5 wrote. Anything else is a value
  /// without elements.
  private static func list(_ value: TapeValue, _ fields: OTLPFieldTable) -> TapeValue {
    guard value.isObject else { return value }
    var members = TapeFields(value)
    while members.next() {
      if fields.field(members.key) == .values { return members.value }
    }
    // An object of other members has no elements to step through.
    return value
  }

  private static func bare(_ value: TapeValue) -> OTLPJSONValue {
    switch value.kind {
    case .text: .text(value.uncheckedText)
    case .integer, .unsigned, .double: integer(value)
    case .yes: .bool(true)
    case .no: .bool(false)
    case .array: .array(value)
    case .object, .null: .empty
    }
  }

  /// A number of 64 bits as text or number; one that does not fit is a double, a text that is no
  /// number stays text.
  private static func integer(_ value: TapeValue) -> OTLPJSONValue {
    if value.isText {
      let text = value.uncheckedText
      return OTLPNumbers.integer(text).map { .integer($0) } ?? .text(text)
    }
    if let integer = value.integer { return .integer(integer) }
    return value.double.map { .double($0) } ?? .empty
  }

  private static func double(_ value: TapeValue) -> OTLPJSONValue {
    if value.isText {
      let text = value.uncheckedText
      return OTLPNumbers.double(text).map { .double($0) } ?? .text(text)
    }
    return value.double.map { .double($0) } ?? .empty
  }

  private static func bool(_ value: TapeValue) -> OTLPJSONValue {
    if let bool = value.bool { return .bool(bool) }
    if value.equals("true") { return .bool(true) }
    if value.equals("false") { return .bool(false) }
    return value.isText ? .text(value.uncheckedText) : .empty
  }
}

/// Writes nested values as canonical JSON.
struct OTLPJSONCanonical {
  let attributes: OTLPJSONAttributes

  func array(_ list: TapeValue, _ depth: Int, to out: inout [UInt8]) {
    out.append(0x5B)
    var isFirst = true
    var elements = TapeElements(list)
    while elements.next() {
      if !isFirst { out.append(0x2C) }
      isFirst = false
      write(elements.value, depth + 1, to: &out)
    }
    out.append(0x5D)
  }

  private func map(_ list: TapeValue, _ depth: Int, to out: inout [UInt8]) {
    out.append(0x7B)
    var isFirst = true
    var pairs = TapeElements(list)
    while pairs.next() {
      guard pairs.value.isObject else { continue }
      if !isFirst { out.append(0x2C) }
      isFirst = false
      let (key, value) = attributes.pair(pairs.value)
      CanonicalJSON.quote(key, to: &out)
      out.append(0x3A)
      write(value, depth + 1, to: &out)
    }
    out.append(0x7D)
  }

  private func write(_ value: TapeValue?, _ depth: Int, to out: inout [UInt8]) {
    switch OTLPJSONValue(value, attributes.fields) {
    case .empty: CanonicalJSON.null(to: &out)
    case .text(let text): CanonicalJSON.quote(text, to: &out)
    case .bool(let bool): CanonicalJSON.bool(bool, to: &out)
    case .integer(let integer): CanonicalJSON.integer(integer, to: &out)
    case .double(let double): CanonicalJSON.double(double, to: &out)
    case .bytes(let text):
      guard let bytes = Base64.bytes(text) else { return CanonicalJSON.quote(text, to: &out) }
      bytes.withUnsafeBufferPointer { CanonicalJSON.base64($0, to: &out) }
    case .array(let list):
      guard depth < ProtobufAttributes.depthLimit else { return CanonicalJSON.null(to: &out) }
      array(list, depth, to: &out)
    case .map(let list):
      guard depth < ProtobufAttributes.depthLimit else { return CanonicalJSON.null(to: &out) }
      map(list, depth, to: &out)
    }
  }
}
