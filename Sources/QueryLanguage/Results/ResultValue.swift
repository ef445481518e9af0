package import Telemetry

/// A cell of a result.
package enum ResultValue: Hashable, Sendable {
  /// No value: the group *(none)*, or a calculation over nothing.
  case missing
  /// Also ids, in hex, and bytes, in base64.
  case text(String)
  case bool(Bool)
  case integer(Int64)
  case double(Double)
  /// Unix nanoseconds.
  case time(UInt64)
  /// An array or a map, as JSON.
  case json(String)

  /// Integers, doubles, and instants in Unix nanoseconds, past 2^53 rounded; nil for the rest.
  package var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .double(let value): value
    case .time(let value): Double(value)
    default: nil
    }
  }
}

extension ResultValue {
  /// An attribute's value as a cell; nil for one with nothing in it, which counts as missing.
  package init?(_ value: AttributeValue) {
    switch value {
    case .empty: return nil
    case .text(let text): self = .text(text)
    case .bool(let bool): self = .bool(bool)
    case .integer(let number): self = .integer(number)
    case .double(let number): self = .double(number)
    case .bytes(let bytes): self = .text(Base64.text(bytes))
    case .array, .map: self = .json(ValueJSON.text(value))
    }
  }

  /// As a query writes it; nil for no value.
  package var literal: Literal? {
    switch self {
    case .missing: nil
    case .text(let text): .text(text)
    case .bool(let value): .bool(value)
    case .integer(let value): .integer(value)
    case .double(let value): .double(value)
    case .time(let value): .time(value)
    case .json(let text): .json(text)
    }
  }
}
