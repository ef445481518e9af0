package import Telemetry

/// A field's values over all rows of a segment.
package struct Column: Sendable {
  /// Values one after the other in the form that suits them all: codes into a dictionary for texts,
  /// `mixed` when the types differ and for arrays, maps and bytes.
  package enum Values: Sendable {
    case integer(PackedInts)
    case double([Double])
    case bool(Bitmap)
    /// For each value its code in the dictionary.
    case text(PackedInts, TextDictionary)
    /// For each value its code in the dictionary, whatever its type.
    case mixed(PackedInts, ValueDictionary)
  }

  /// Rows that have the field; nil: all. What the others hold in `values` means nothing.
  package let present: Bitmap?
  /// One for each row, those without the field included.
  package let values: Values

  package init(present: Bitmap?, values: Values) {
    (self.present, self.values) = (present, values)
  }

  package func hasValue(_ row: Int) -> Bool { present?[row] ?? true }

  /// The value of a row; nil when it has none.
  package func value(_ row: Int) -> AttributeValue? {
    guard hasValue(row) else { return nil }
    return switch values {
    case .integer(let values): .integer(values[row])
    case .double(let values): .double(values[row])
    case .bool(let values): .bool(values[row])
    case .text(let codes, let texts): .text(texts[Int(codes[row])])
    case .mixed(let codes, let values): values.value(Int(codes[row]))
    }
  }
}
