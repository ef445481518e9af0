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
  /// No value of the specification, and none of the spellings of one.
  case unknown(TapeValue)

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
    var isOdd = false
    var members = TapeFields(value)
    while members.next() {
      let inner = members.value
      guard !inner.isNull else { continue }
      let found: OTLPJSONValue?
      switch fields.field(members.key) {
      case .string: found = inner.isText ? .text(inner.uncheckedText) : nil
      case .integer: found = Self.integer(inner)
      case .bool: found = Self.bool(inner)
      case .double: found = Self.double(inner)
      case .bytes: found = inner.isText ? .bytes(inner.uncheckedText) : nil
      case .array: found = .array(Self.list(inner, fields))
      case .map: found = .map(Self.list(inner, fields))
      default: found = nil
      }
      if let found { self = found } else { isOdd = true }
    }
    if isOdd { self = Self.odd(value, self, fields) }
  }

  /// An object with other members: `{"Value":{"StringValue":…}}` as Go prints a oneof, and
  /// `{"type":…,"value":…}`.
  @inline(never)
  private static func odd(
    _ value: TapeValue, _ found: OTLPJSONValue, _ fields: OTLPFieldTable
  ) -> OTLPJSONValue {
    var type: TapeValue?
    var inner: TapeValue?
    var members = TapeFields(value)
    while members.next() {
      switch fields.field(members.key) {
      case .value: inner = members.value
      case .type: type = members.value
      case .string, .integer, .bool, .double, .bytes, .array, .map:
        // protobuf.js names the member beside it; one that is not of its type is not read.
        if case .empty = found { return .unknown(value) }
        return found
      default: break
      }
    }
    if value.count == 1, inner == nil { return rust(value, fields) ?? .unknown(value) }
    guard let inner, value.count <= 2 else { return .unknown(value) }
    if let type, type.isText { return typed(inner, type.uncheckedText, fields) ?? .unknown(value) }
    guard value.count == 1 else { return .unknown(value) }
    return inner.isObject ? OTLPJSONValue(inner, fields) : bare(inner)
  }

  /// `{"I64":7}`, as Rust's serde prints the SDK's values.
  private static func rust(_ value: TapeValue, _ fields: OTLPFieldTable) -> OTLPJSONValue? {
    var members = TapeFields(value)
    guard members.next() else { return nil }
    let (type, inner) = (members.key, members.value)
    if type.equals("Array") {
      // The list stands behind the type of its elements.
      var lists = TapeFields(inner)
      return .array(lists.next() ? lists.value : inner)
    }
    let isKnown =
      type.equals("String") || type.equals("I64") || type.equals("F64") || type.equals("Bool")
    return isKnown ? typed(inner, type, fields) : nil
  }

  private static func typed(
    _ value: TapeValue, _ type: UnsafeBufferPointer<UInt8>, _ fields: OTLPFieldTable
  ) -> OTLPJSONValue? {
    switch String(decoding: type, as: UTF8.self).lowercased() {
    case "string", "str", "text": value.isText ? .text(value.uncheckedText) : bare(value)
    case "int", "int64", "int32", "integer", "long", "i64", "uint64", "uint32": integer(value)
    case "double", "float", "float64", "float32", "number", "f64": double(value)
    case "bool", "boolean": bool(value)
    case "bytes", "binary": value.isText ? .bytes(value.uncheckedText) : nil
    case "array", "list", "slice", "stringslice", "int64slice", "boolslice", "float64slice":
      .array(list(value, fields))
    case "map", "kvlist", "keyvaluelist": .map(list(value, fields))
    case "empty", "null", "invalid": .empty
    default: nil
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
    case .integer, .unsigned, .double: integer(value) ?? .empty
    case .yes: .bool(true)
    case .no: .bool(false)
    case .array: .array(value)
    case .null: .empty
    case .object: .unknown(value)
    }
  }

  /// A number of 64 bits as text or number; one that does not fit is a double, a text that is no
  /// number stays text.
  private static func integer(_ value: TapeValue) -> OTLPJSONValue? {
    if value.isText {
      let text = value.uncheckedText
      return (OTLPNumbers.integer(text) ?? OddNumber.integer(text)).map { .integer($0) }
        ?? .text(text)
    }
    if let integer = value.integer { return .integer(integer) }
    if let double = value.double { return .double(double) }
    return OTLPNumbers.unsigned(value).map { .integer(Int64(bitPattern: $0)) }
  }

  private static func double(_ value: TapeValue) -> OTLPJSONValue? {
    if value.isText {
      let text = value.uncheckedText
      return (OTLPNumbers.double(text) ?? OddNumber.double(text)).map { .double($0) }
        ?? .text(text)
    }
    return value.double.map { .double($0) }
  }

  private static func bool(_ value: TapeValue) -> OTLPJSONValue? {
    if let bool = value.bool { return .bool(bool) }
    if value.isText {
      let text = value.uncheckedText
      if text.isWord("true") { return .bool(true) }
      return text.isWord("false") ? .bool(false) : .text(text)
    }
    return value.integer == 0 ? .bool(false) : value.integer == 1 ? .bool(true) : nil
  }
}
