/// A cell of a result.
package enum ResultValue: Hashable, Sendable {
  /// No value: the group *(none)*, or a calculation over nothing.
  case missing
  case text(String)
  case bool(Bool)
  case integer(Int64)
  case double(Double)
  /// Unix nanoseconds.
  case time(UInt64)
  /// An array or a map, as JSON.
  case json(String)

  package var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .double(let value): value
    case .time(let value): Double(value)
    default: nil
    }
  }
}
