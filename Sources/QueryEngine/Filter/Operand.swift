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
  let nanoseconds: Int128?
  /// The ids that the text spells, for comparing without making texts of ids.
  let traceID: TraceID?
  let spanID: UInt64?

  init(_ literal: Literal) {
    var ids: (trace: TraceID?, span: UInt64?)
    if case .text(let text) = literal, let id = TraceID(hex: text) {
      if id.hex == text { ids.trace = id }
      if SpanID(id.low).hex == text { ids.span = id.low }
    }
    (traceID, spanID) = ids
    switch literal {
    case .text(let text):
      self.text = Array(text.utf8)
      number = Number(text)
      (bool, nanoseconds) = (nil, nil)
    case .integer(let value):
      number = .integer(value)
      nanoseconds = Int128(value) * 1_000_000
      (text, bool) = (nil, nil)
    case .double(let value):
      number = .double(value)
      (text, bool, nanoseconds) = (nil, nil, nil)
    case .bool(let value):
      bool = value
      (text, number, nanoseconds) = (nil, nil, nil)
    case .duration(let value):
      number = .double(Double(value) / 1_000_000)
      nanoseconds = Int128(value)
      (text, bool) = (nil, nil)
    }
  }

  /// Negative, zero or positive as `value` is less than, equal to or more than this; nil when the
  /// two cannot be compared.
  ///
  /// Texts compare with texts by their bytes, and with numbers by value when they spell one.
  func order(of value: Scalar) -> Int? {
    switch value {
    case .integer, .double, .time: number.flatMap { value.number?.order(against: $0) }
    case .milliseconds(let count):
      if let nanoseconds {
        Int128(count) < nanoseconds ? -1 : Int128(count) == nanoseconds ? 0 : 1
      } else {
        number.flatMap { value.number?.order(against: $0) }
      }
    case .bool: nil
    case .text(let bytes): order(ofText: bytes)
    case .bytes: value.withText { order(ofText: $0) }
    case .spanID, .traceID: text == nil ? nil : value.withText { order(ofText: $0) }
    case .json: nil
    }
  }

  private func order(ofText bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    if let text {
      return text.withUnsafeBufferPointer { own in
        if ByteMatch.equal(bytes, text) { return 0 }
        return ByteMatch.precedes(bytes, own) ? -1 : 1
      }
    }
    guard let number else { return nil }
    return Number(bytes)?.order(against: number)
  }

  func equals(_ value: Scalar) -> Bool {
    switch value {
    case .bool(let own): own == bool
    case .traceID(let own): own == traceID
    case .spanID(let own): own == spanID
    default: order(of: value) == 0
    }
  }
}
