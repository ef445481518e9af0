/// One attribute value with its OTLP type, as an object.
///
/// For the edges only (a side panel, a query literal, a test). The data path uses
/// ``AttributeRecord`` and never makes one of these.
///
/// Source: opentelemetry-proto `common.proto`, *AnyValue*.
package indirect enum AttributeValue: Hashable, Sendable {
  /// An `AnyValue` with nothing in it.
  case empty
  case text(String)
  case bool(Bool)
  case integer(Int64)
  case double(Double)
  case bytes([UInt8])
  case array([AttributeValue])
  case map([Entry])

  /// A member of a map, or an attribute with its key. Keys may repeat: OTLP's lists forbid it, and
  /// senders do it.
  package struct Entry: Hashable, Sendable {
    package var key: String
    package var value: AttributeValue
    package init(_ key: String, _ value: AttributeValue) { (self.key, self.value) = (key, value) }
  }

  /// The type without the value, O(1).
  package var type: AttributeType {
    switch self {
    case .empty: .empty
    case .text: .text
    case .bool: .bool
    case .integer: .integer
    case .double: .double
    case .bytes: .bytes
    case .array: .array
    case .map: .map
    }
  }
}

/// The type of an attribute value.
package enum AttributeType: UInt8, CaseIterable, Sendable {
  /// An `AnyValue` with nothing in it.
  case empty = 0
  case text, bool, integer, double, bytes, array, map

  /// The name shown to people and in `fields --format json`.
  package var name: String {
    switch self {
    case .empty: "empty"
    case .text: "text"
    case .bool: "bool"
    case .integer: "integer"
    case .double: "double"
    case .bytes: "bytes"
    case .array: "array"
    case .map: "map"
    }
  }
}
