import QueryLanguage
import Telemetry

/// A value of a query, ready to be compared with many.
struct Operand: Sendable {
  /// Set for texts only.
  let text: [UInt8]?
  /// The number it is, or that the text spells.
  let number: Number?
  let bool: Bool?
  /// Exact nanoseconds, when it has a unit or is a whole number of milliseconds.
  private let nanoseconds: Int128?
  /// Unix nanoseconds of an instant.
  private let time: UInt64?
  /// A whole array or map, as compact JSON.
  let json: [UInt8]?
  /// The ids that the text spells, for comparing without making texts of ids.
  private let traceID: TraceID?
  private let spanID: UInt64?
  /// The text holds U+FFFD, which is what broken UTF-8 is shown as.
  private let isRepaired: Bool

  init(_ literal: Literal) {
    var ids: (trace: TraceID?, span: UInt64?)
    var spelt: Number?
    if case .text(let text) = literal {
      spelt = Number(text)
      if let id = TraceID(hex: text) {
        if id.hex == text { ids.trace = id }
        if SpanID(id.low).hex == text { ids.span = id.low }
      }
    }
    (traceID, spanID) = ids
    text = if case .text(let text) = literal { Array(text.utf8) } else { nil }
    isRepaired = if case .text(let text) = literal { text.utf8.contains(0xEF) } else { false }
    json = if case .json(let json) = literal { Array(json.utf8) } else { nil }
    bool = if case .bool(let value) = literal { value } else { nil }
    time = if case .time(let value) = literal { value } else { nil }
    switch literal {
    case .integer(let value): (number, nanoseconds) = (.integer(value), Int128(value) * 1_000_000)
    case .double(let value): (number, nanoseconds) = (.double(value), nil)
    case .duration(let value):
      (number, nanoseconds) = (.double(Double(value) / 1_000_000), Int128(value))
    case .time(let value):
      number = Int64(exactly: value).map { .integer($0) } ?? .double(Double(value))
      nanoseconds = nil
    case .text, .bool, .json: (number, nanoseconds) = (spelt, nil)
    }
  }

  /// Negative, zero or positive as `value` is less than, equal to or more than this; nil when the
  /// two cannot be compared.
  ///
  /// Texts compare with texts by their bytes, and with numbers by value when they spell one; true is
  /// more than false.
  func order(of value: Scalar) -> Int? {
    switch value {
    case .time(let count):
      if let time {
        count < time ? -1 : count == time ? 0 : 1
      } else {
        number.flatMap { value.number?.order(against: $0) }
      }
    case .integer, .double: number.flatMap { value.number?.order(against: $0) }
    case .milliseconds(let count):
      if let nanoseconds {
        Int128(count) < nanoseconds ? -1 : Int128(count) == nanoseconds ? 0 : 1
      } else {
        number.flatMap { value.number?.order(against: $0) }
      }
    case .bool(let own): bool.map { own == $0 ? 0 : own ? 1 : -1 }
    case .text(let bytes): order(ofText: bytes)
    case .bytes: value.withText { order(ofText: $0) }
    case .spanID, .traceID: text == nil ? nil : value.withText { order(ofText: $0) }
    case .json: nil
    }
  }

  private func order(ofText bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    if let text {
      if isRepaired, let order = order(ofRepaired: bytes, text) { return order }
      return text.withUnsafeBufferPointer { own in
        if ByteMatch.equal(bytes, text) { return 0 }
        return ByteMatch.precedes(bytes, own) ? -1 : 1
      }
    }
    guard let number else { return nil }
    return Number(bytes)?.order(against: number)
  }

  /// The order of a text with broken UTF-8 as it is shown; nil when it is whole.
  private func order(ofRepaired bytes: UnsafeBufferPointer<UInt8>, _ text: [UInt8]) -> Int? {
    guard String(validating: bytes, as: UTF8.self) == nil else { return nil }
    let shown = Array(String(decoding: bytes, as: UTF8.self).utf8)
    return shown == text ? 0 : shown.lexicographicallyPrecedes(text) ? -1 : 1
  }

  func equals(_ value: Scalar) -> Bool {
    switch value {
    case .traceID(let own): own == traceID
    case .spanID(let own): own == spanID
    default: order(of: value) == 0
    }
  }

  /// Whether a table shows the two as one value: of the same type, whole arrays, NaN with NaN.
  func isSame(_ value: Scalar) -> Bool {
    switch value {
    case .text, .bytes, .traceID, .spanID: text != nil && equals(value)
    case .json(let bytes):
      json.map { json in
        ByteMatch.equal(bytes, json)
          || String(decoding: bytes, as: UTF8.self).utf8.elementsEqual(json)
      } ?? false
    case .bool(let own): own == bool
    case .time: text == nil && equals(value)
    case .integer, .milliseconds: text == nil && equals(value)
    case .double(let own):
      if own.isNaN, text == nil, case .double(let other)? = number {
        other.isNaN
      } else {
        text == nil && equals(value)
      }
    }
  }
}
