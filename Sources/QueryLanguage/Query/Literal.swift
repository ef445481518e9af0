import Telemetry

/// A value written in a query.
package enum Literal: Hashable, Sendable {
  case text(String)
  case integer(Int64)
  /// NaN and infinities too: `NaN`, `Infinity`, `-Infinity`.
  case double(Double)
  case bool(Bool)
  /// A number with a unit, as nanoseconds: `1.5s`.
  case duration(nanoseconds: Int64)
  /// An instant beside a field or calculation of instants, Unix nanoseconds.
  case time(UInt64)
  /// A whole array or map: `[1,"a"]`.
  case json(String)

  /// Numbers, durations in milliseconds and instants in nanoseconds.
  package var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .double(let value): value
    case .duration(let nanoseconds): Double(nanoseconds) / 1_000_000
    case .time(let nanoseconds): Double(nanoseconds)
    case .text, .bool, .json: nil
    }
  }

  package static func == (a: Self, b: Self) -> Bool {
    switch (a, b) {
    case (.text(let a), .text(let b)): a.utf8.elementsEqual(b.utf8)
    case (.integer(let a), .integer(let b)): a == b
    // NaN is one value here, so that equal queries print alike and the reverse.
    case (.double(let a), .double(let b)): a == b || a.isNaN && b.isNaN
    case (.bool(let a), .bool(let b)): a == b
    case (.duration(let a), .duration(let b)): a == b
    case (.time(let a), .time(let b)): a == b
    case (.json(let a), .json(let b)): a.utf8.elementsEqual(b.utf8)
    default: false
    }
  }

  package func hash(into hasher: inout Hasher) {
    switch self {
    case .text(let text), .json(let text): hasher.combine(text)
    case .integer(let value): hasher.combine(value)
    case .double(let value): hasher.combine(value.isNaN ? .nan : value)
    case .bool(let value): hasher.combine(value)
    case .duration(let nanoseconds): hasher.combine(nanoseconds)
    case .time(let nanoseconds): hasher.combine(nanoseconds)
    }
  }
}

extension Literal {
  /// As a query writes it.
  package var text: String {
    switch self {
    case .text(let text): text.quoted(by: "\"")
    case .integer(let value): "\(value)"
    case .double(let value): NumberText.text(value)
    case .bool(let value): value ? "true" : "false"
    case .duration(let nanoseconds): DurationText.text(nanoseconds)
    case .time(let nanoseconds): InstantText.text(UnixNanos(nanoseconds))
    case .json(let text): text
    }
  }
}
